import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterAll, describe, expect, test } from "vitest";
import type { CostReconciliation } from "../../src/operations/cost/cost-reconcile.ts";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

const day = ["--today", "2026-11-22"];
const nordwind = "examples/nordwind";
const folder = mkdtempSync(join(tmpdir(), "scantling-reconcile-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function givenFile(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function reconcile(file: string, ...options: readonly string[]): CostReconciliation {
  const run = runScantling([
    "cost",
    "reconcile",
    nordwind,
    ...day,
    "--against",
    file,
    ...options,
    "-o",
    "json",
    "--quiet",
  ]);
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: "" });
  const report = JSON.parse(run.stdout) as CostReconciliation;
  const schema = readFileSync(join(repositoryRoot, "schemas/cost-reconciliation.v1alpha1.json"), "utf8");
  const isValid = new Ajv({ strict: false }).compile(JSON.parse(schema) as object);
  expect(isValid(report), JSON.stringify(isValid.errors?.[0])).toBe(true);
  return report;
}

const scaleSet =
  "/subscriptions/1/resourceGroups/MC_platform_prod-weu_westeurope/providers/Microsoft.Compute/virtualMachineScaleSets/aks-sandbox-12345678-vmss";
const azureExport = `Date,MeterCategory,MeterSubCategory,MeterName,ResourceId,Quantity,UnitOfMeasure,CostInBillingCurrency,BillingCurrency,ChargeType,PricingModel
2026-11-01,Virtual Machines,Ddsv5 Series Windows,D8ds v5,${scaleSet},72,1 Hour,64.8,EUR,Usage,OnDemand
2026-11-01,Bandwidth,,Standard Data Transfer Out,${scaleSet},300,1 GB,14.1,EUR,Usage,OnDemand
2026-11-01,,,,,1,1,12.4,EUR,Tax,
`;

describe("scantling cost reconcile", () => {
  test("our own FOCUS file agrees to the cent", () => {
    const focus = runScantling(["cost", "bill", nordwind, ...day, "-o", "focus", "--quiet"]).stdout;
    const { totals, items } = reconcile(givenFile("focus.csv", focus));
    expect(totals).toMatchObject({ difference: 0, onlyBilled: 0, onlyDeclared: 0 });
    expect(items.length).toBeGreaterThan(40);
  });

  test("our own allocation, in the form of OpenCost, agrees", () => {
    const answer = runScantling([
      "cost",
      "allocate",
      nordwind,
      ...day,
      "--by",
      "namespace",
      "-o",
      "opencost",
      "--quiet",
    ]);
    const { totals, items } = reconcile(givenFile("allocation.json", answer.stdout), "--currency", "EUR");
    expect(Math.abs(totals.difference)).toBeLessThan(0.05);
    expect(items.every(({ match }) => match === "both")).toBe(true);
  });

  test("an Azure export is told apart by reason, at 100 columns", () => {
    const file = givenFile("azure.csv", azureExport);
    const { byReason } = reconcile(file);
    const reasons = byReason.map(({ reason }) => reason);
    for (const reason of ["windowsMeter", "egress", "tax", "notBilled"]) expect(reasons).toContain(reason);
    const { stdout } = runScantling(["cost", "reconcile", nordwind, ...day, "--against", file, "--quiet"]);
    for (const text of [
      "WHY THEY DIFFER",
      "Windows meter or licence",
      "prod-weu: nodes of sandbox",
      "DECLARED, NOT BILLED",
    ])
      expect(stdout).toContain(text);
    expect(stdout.split("\n").every((line) => line.length <= 100)).toBe(true);
  });

  test("--fail-on-difference decides the exit code, and a file that is no bill cannot be compared", () => {
    const file = givenFile("azure.csv", azureExport);
    const judged = [
      "cost",
      "reconcile",
      "examples/shop",
      ...day,
      "--against",
      file,
      "--quiet",
      "--fail-on-difference",
      "5%",
    ];
    expect(runScantling(judged).code).toBe(1);
    const wrong = runScantling([
      "cost",
      "reconcile",
      "examples/shop",
      "--against",
      givenFile("wrong.csv", "a,b\n1,2\n"),
    ]);
    expect(wrong).toMatchObject({ code: 2, stdout: "" });
    expect(wrong.stderr).toContain("EST-784");
    expect(
      runScantling(["cost", "reconcile", "examples/shop", "--against", join(folder, "gone.csv"), "--quiet"]).code,
    ).toBe(2);
  });
});

describe("scantling cost prices --refresh", () => {
  const row = {
    currencyCode: "USD",
    tierMinimumUnits: 0,
    retailPrice: 0.46,
    armRegionName: "westeurope",
    effectiveStartDate: "2026-11-01T00:00:00Z",
    meterName: "D4s v5",
    productName: "Virtual Machines Dsv5 Series",
    skuName: "D4s v5",
    serviceName: "Virtual Machines",
    unitOfMeasure: "1 Hour",
    type: "Consumption",
    armSkuName: "Standard_D4s_v5",
  };
  const refresh = (...rows: readonly object[]) =>
    runScantling(
      ["cost", "prices", "--refresh", "--from", "-", "--to", join(folder, "layers"), ...day, "-o", "json", "--quiet"],
      { input: JSON.stringify({ Items: rows, NextPageLink: null }) },
    );

  test("writes a dated layer once, which --prices lays over the prices that ship", () => {
    const windows = { ...row, productName: "Virtual Machines Dsv5 Series Windows", retailPrice: 0.7 };
    const { code, stdout } = refresh(row, windows);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: "PriceRefresh",
      taken: 1,
      dropped: [{ trap: "windows", count: 1 }],
    });
    const layer = join(folder, "layers/azure-prices-2026-11-22.json");
    const asked = ["cost", "prices", "D4s_v5", "--region", "westeurope", "-o", "json"];
    const answer = (...options: readonly string[]) =>
      JSON.parse(runScantling([...asked, ...options]).stdout) as { payAsYouGo: { value: number; asOf: string } };
    expect(answer("--prices", layer).payAsYouGo).toMatchObject({ value: 0.46, asOf: "2026-11-22" });
    expect(answer().payAsYouGo.value).toBe(0.23);
    const again = refresh(row);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain("Left alone");
    const broken = givenFile("broken.json", "{}");
    expect(runScantling([...asked, "--prices", broken])).toMatchObject({ code: 2, stdout: "" });
  });

  test("writes nothing when two rows price one size differently", () => {
    const { code, stderr } = refresh(row, { ...row, retailPrice: 0.47, productName: "Virtual Machines Dsv5 Srs" });
    expect(code).toBe(1);
    expect(stderr).toContain("EST-782");
  });
});
