import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import {
  givenCloudService,
  givenEstate,
  givenPool,
  givenService,
  givenWorkload,
} from "../../scheduling/testing/given-estate.ts";
import { keyReader } from "../allocation/allocation-key.ts";
import { shareCharges } from "../allocation/share-charges.ts";
import { priceEstate } from "../compute-cost.ts";
import { bareCluster, fixed, noTerms } from "../testing/given-cost.ts";
import { billingMonthOf } from "./billing-month.ts";
import {
  type FocusColumn,
  focusColumns,
  focusSource,
  serviceSubcategories,
  splitCostColumns,
} from "./focus-columns.ts";
import { focusCsv } from "./focus-csv.ts";
import { allocationAsFocus, billAsFocus, type FocusRow } from "./focus-rows.ts";

const estate = givenEstate({
  clusters: [
    bareCluster({
      tier: "Standard",
      nodePools: [givenPool(fixed(3)), givenPool({ name: "spot", spot: true, ...fixed(1) })],
    }),
  ],
  commercial: {
    ...noTerms,
    discounts: [{ service: "virtualMachines", ratio: 0.1 }],
    reservations: [
      { vmSize: "Standard_D4s_v5", region: "westeurope", quantity: 1, termYears: 3, until: undefined },
      { vmSize: "Standard_E8s_v5", region: "westeurope", quantity: 1, termYears: 3, until: undefined },
    ],
    savingsPlans: [{ hourlyCommitment: 0.1, termYears: 1, until: undefined }],
  },
  workloads: [givenWorkload({ name: 'w"eb, one', cpu: 1000, memoryMiB: 1024 })],
  services: [givenService("web", { type: "LoadBalancer" })],
  cloudServices: [
    givenCloudService("bus", "serviceBus", { tier: "Standard" }),
    givenCloudService("quoted", "other", { price: { monthlyCost: 12.5, source: "quote", asOf: "2026-11-01" } }),
  ],
});
const priced = priceEstate(estate, placeWorkloads(estate, defaultCatalog), defaultCatalog, { today: "2026-11-22" });
const month = billingMonthOf("2026-12-22");
const bill = billAsFocus(priced, month);
const { shares } = shareCharges(priced.context, priced.charges);
const split = allocationAsFocus(priced, shares, month, keyReader(estate.workloads));
const sum = (rows: readonly FocusRow[], column: string) =>
  rows.reduce((total, row) => total + (typeof row[column] === "number" ? row[column] : 0), 0);
const expected = priced.charges.reduce((total, { likely }) => total + likely, 0);

function textOf(value: FocusRow[string]): string {
  return typeof value === "string" ? value : "";
}

function faults(row: FocusRow, { name, featureLevel, nullable, type, allowedValues }: FocusColumn): string[] {
  const value = row[name];
  if (value === undefined) return nullable || featureLevel !== "mandatory" ? [] : [`${name} is null`];
  const typeOf = { String: "string", Decimal: "number", DateTime: "string", JSON: "object" }[type];
  if (typeof value !== typeOf) return [`${name} is a ${typeof value}`];
  if (type === "Decimal" && !Number.isFinite(value)) return [`${name} is not finite`];
  if (type === "DateTime" && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(textOf(value)))
    return [`${name} is no time`];
  if (allowedValues !== undefined && !allowedValues.some((each) => each === value)) return [`${name} is not allowed`];
  return [];
}

describe("the columns", () => {
  test("are the 57 of FOCUS 1.2 with their source and date, and those of split costs", () => {
    expect(focusColumns.length).toBe(57);
    expect(focusColumns.filter(({ featureLevel }) => featureLevel === "mandatory").length).toBe(21);
    expect(focusSource.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(splitCostColumns.map(({ name }) => name)).toContain("AllocatedMethodId");
  });

  test.each([
    ["bill", bill, focusColumns],
    ["allocation", split, [...focusColumns, ...splitCostColumns]],
  ])("of the %s have the values and types that FOCUS allows, and no others are written", (_what, rows, columns) => {
    expect(rows.length).toBeGreaterThan(8);
    expect(rows.flatMap((row) => columns.flatMap((column) => faults(row, column)))).toEqual([]);
    const names = new Set(columns.map(({ name }) => name));
    expect(rows.flatMap((row) => Object.keys(row).filter((name) => !names.has(name)))).toEqual([]);
    for (const row of rows) {
      expect(serviceSubcategories[textOf(row.ServiceCategory)]).toContain(row.ServiceSubcategory);
    }
  });
});

describe("the costs", () => {
  test.each([
    ["bill", bill],
    ["allocation", split],
  ])("billed and effective, of the %s add up to the bill", (_what, rows) => {
    expect(sum(rows, "EffectiveCost")).toBeCloseTo(expected, 6);
    expect(sum(rows, "BilledCost")).toBeCloseTo(expected, 6);
  });

  test("are price times quantity, and fall from list to contracted to effective", () => {
    for (const row of [...bill, ...split]) {
      for (const kind of ["List", "Contracted"] as const) {
        const unitPrice = row[`${kind}UnitPrice`];
        if (typeof unitPrice !== "number") continue;
        expect(row[`${kind}Cost`]).toBeCloseTo(unitPrice * Number(row.PricingQuantity), 6);
      }
      if (row.CommitmentDiscountStatus === "Unused" || row.ChargeCategory === "Purchase") continue;
      expect(Number(row.ContractedCost)).toBeLessThanOrEqual(Number(row.ListCost) + 1e-9);
      expect(Number(row.EffectiveCost)).toBeLessThanOrEqual(Number(row.ContractedCost) + 1e-9);
    }
  });

  test("of a commitment: its purchase is billed what its used and unused parts cost", () => {
    const ids = new Set(bill.flatMap(({ CommitmentDiscountId }) => CommitmentDiscountId ?? []));
    expect(ids.size).toBe(3);
    for (const id of ids) {
      const own = bill.filter(({ CommitmentDiscountId }) => CommitmentDiscountId === id);
      const purchases = own.filter(({ ChargeCategory }) => ChargeCategory === "Purchase");
      expect(sum(purchases, "BilledCost")).toBeCloseTo(sum(own, "EffectiveCost"), 9);
      expect(sum(purchases, "EffectiveCost")).toBe(0);
    }
  });
});

test("the CSV has a header, quotes what it must, and leaves nulls empty", () => {
  const lines = focusCsv(split, { split: true }).trimEnd().split("\n");
  expect(lines.length).toBe(split.length + 1);
  expect(lines[0]?.split(",")).toEqual([...focusColumns, ...splitCostColumns].map(({ name }) => name));
  expect(lines.join("\n")).toContain('w""eb, one');
  expect(lines.join("\n")).not.toMatch(/undefined|NaN|\[object/);
});

test("a month ends where the next one begins", () => {
  expect(month).toEqual({ start: "2026-12-01T00:00:00Z", end: "2027-01-01T00:00:00Z" });
});
