import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import { givenEstate, givenPool, givenWorkload } from "../../scheduling/testing/given-estate.ts";
import { type PricedEstate, priceEstate } from "../compute-cost.ts";
import { type Period, periods } from "../period.ts";
import { bareCluster, ephemeral, fixed, noTerms } from "../testing/given-cost.ts";
import { type AllocatedCost, allocateBy } from "./allocate-by.ts";
import { keyReader, parseAllocationFilter, parseAllocationKey } from "./allocation-key.ts";
import { shareCharges } from "./share-charges.ts";
import { parseSharingMethod } from "./sharing-method.ts";

function price(given: Partial<Estate>): PricedEstate {
  const estate = givenEstate(given);
  return priceEstate(estate, placeWorkloads(estate, defaultCatalog), defaultCatalog, { today: "2026-11-22" });
}

interface Asked {
  readonly by?: string;
  readonly idle?: string;
  readonly platform?: string;
  readonly filter?: string;
  readonly period?: Period;
}

function allocated(priced: PricedEstate, { by = "tenant", idle = "none", platform = "none", filter, period }: Asked) {
  const key = parseAllocationKey(by);
  const [shareIdle, sharePlatform] = [parseSharingMethod(idle), parseSharingMethod(platform)];
  const parsed = filter === undefined ? undefined : parseAllocationFilter(filter);
  if (key === undefined || "wrong" in shareIdle || "wrong" in sharePlatform) throw new Error("bad options");
  if (parsed !== undefined && "wrong" in parsed) throw new Error(parsed.wrong);
  const { shares } = shareCharges(priced.context, priced.charges);
  const choice = { by: key, shareIdle, sharePlatform, filter: parsed, period: period ?? "month" };
  return allocateBy(shares, choice, keyReader(priced.context.estate.workloads));
}

const total = (rows: readonly AllocatedCost[]) => rows.reduce((sum, row) => sum + Math.round(row.total * 10_000), 0);
const of = (rows: readonly AllocatedCost[], name: string) => rows.find((row) => row.name === name)?.total ?? 0;

/** 3 D4s_v5 in westeurope: USD 503.70 a month. */
const two = {
  clusters: [bareCluster()],
  workloads: [
    givenWorkload({ name: "a", tenant: "risk", cpu: 2000, memoryMiB: 1024 }),
    givenWorkload({ name: "b", tenant: "retail", cpu: 1000, memoryMiB: 1024 }),
  ],
};

describe("allocateBy", () => {
  test("rows of every key add up to the same bill", () => {
    const priced = price(two);
    for (const by of ["tenant", "application", "namespace", "workload", "environment", "cluster", "label:app"]) {
      expect(total(allocated(priced, { by }))).toBe(5_037_000);
    }
  });

  test("idle shared evenly gives each the same, weighted follows what each bears", () => {
    const rows = (idle: string) => allocated(price(two), { idle }).filter(({ part }) => part === "tenant");
    const [one, other] = rows("even");
    expect(Math.abs((one?.idleShare ?? 0) - (other?.idleShare ?? 0))).toBeLessThan(0.011);
    const weighted = rows("weighted");
    const shareOf = (name: string) => weighted.find((row) => row.name === name)?.idleShare ?? 0;
    expect(shareOf("risk")).toBeGreaterThan(shareOf("retail"));
    expect(allocated(price(two), { idle: "weighted" }).some(({ part }) => part === "idle")).toBe(false);
  });

  test("a fixed share leaves the rest where it was", () => {
    const rows = allocated(price(two), { platform: "fixed:risk=60,retail=10" });
    const overhead = allocated(price(two), {}).find(({ part }) => part === "systemOverhead")?.total ?? 0;
    expect(rows.find(({ part }) => part === "systemOverhead")?.total).toBeCloseTo(overhead * 0.3, 1);
    expect(rows.find(({ name }) => name === "risk")?.platformShare).toBeCloseTo(overhead * 0.6, 1);
  });

  test("a filter never inflates: what it keeps costs what it costs without it", () => {
    for (const how of ["none", "even", "weighted"]) {
      const all = allocated(price(two), { idle: how, platform: how });
      const kept = allocated(price(two), { idle: how, platform: how, filter: "tenant=risk" });
      expect(of(kept, "risk")).toBeCloseTo(of(all, "risk"), 1);
      expect(total(kept)).toBe(total(all));
      expect(kept.at(-1)?.part).toBe("filteredOut");
    }
  });
});

const arbitraryEstate = fc
  .record({
    workloads: fc.array(
      fc.record({
        cpu: fc.integer({ min: 0, max: 3500 }),
        memoryMiB: fc.integer({ min: 0, max: 12_000 }),
        replicas: fc.integer({ min: 1, max: 3 }),
        tenant: fc.constantFrom("retail", "risk", "platform", "unassigned"),
        namespace: fc.constantFrom("shop", "ledger", "kube-system"),
        podLabels: fc.constantFrom({}, { app: "web" }, { app: "api", team: "blue" }),
      }),
      { maxLength: 6 },
    ),
    nodes: fc.integer({ min: 0, max: 5 }),
    reserved: fc.integer({ min: 0, max: 6 }),
    committed: fc.double({ min: 0, max: 2, noNaN: true }),
  })
  .map(({ workloads, nodes, reserved, committed }) => ({
    clusters: [
      bareCluster({
        nodePools: [
          givenPool({ ...fixed(nodes), osDisk: ephemeral }),
          givenPool({ name: "memory", vmSize: "Standard_E4s_v5", ...fixed(2) }),
        ],
      }),
    ],
    commercial: {
      ...noTerms,
      reservations: [
        {
          vmSize: "Standard_D4s_v5",
          region: "westeurope",
          quantity: reserved,
          termYears: 3 as const,
          until: undefined,
        },
      ],
      savingsPlans: [{ hourlyCommitment: committed, termYears: 1 as const, until: undefined }],
    },
    workloads: workloads.map((workload, index) => givenWorkload({ ...workload, name: `w${index}` })),
  }));

test("the bill identity holds to the cent under random keys, shares, filters and periods", () => {
  fc.assert(
    fc.property(
      arbitraryEstate,
      fc.constantFrom("tenant", "namespace", "workload", "environment", "cluster", "label:app", "application"),
      fc.constantFrom("none", "even", "weighted", "fixed:retail=30,risk=20"),
      fc.constantFrom("none", "even", "weighted", "fixed:risk=100"),
      fc.constantFrom(undefined, "tenant=retail", "label:app=web,api;namespace=shop", "environment=nowhere"),
      fc.constantFrom(...periods),
      (given, by, idle, platform, filter, period) => {
        const priced = price(given);
        const bill = total(allocated(priced, { period }));
        const rows = allocated(priced, { by, idle, platform, period, ...(filter === undefined ? {} : { filter }) });
        expect(total(rows)).toBe(bill);
        for (const row of rows) {
          expect(Math.min(row.own, row.idleShare, row.platformShare)).toBeGreaterThanOrEqual(0);
          expect(Math.round((row.own + row.idleShare + row.platformShare) * 10_000)).toBe(
            Math.round(row.total * 10_000),
          );
        }
      },
    ),
    { numRuns: 150 },
  );
});

test("more commitment never raises the pay-as-you-go part", () => {
  fc.assert(
    fc.property(
      arbitraryEstate,
      fc.integer({ min: 1, max: 4 }),
      fc.double({ min: 0, max: 2, noNaN: true }),
      (given, more, money) => {
        const payAsYouGo = (estate: Partial<Estate>) =>
          price(estate)
            .charges.filter(({ line, tariff }) => line.category === "node" && tariff.purchase === "payAsYouGo")
            .reduce((sum, { likely }) => sum + likely, 0);
        const { commercial } = given;
        const grown = {
          ...given,
          commercial: {
            ...commercial,
            reservations: commercial.reservations.map((each) => ({ ...each, quantity: each.quantity + more })),
            savingsPlans: commercial.savingsPlans.map((each) => ({
              ...each,
              hourlyCommitment: each.hourlyCommitment + money,
            })),
          },
        };
        expect(payAsYouGo(grown)).toBeLessThanOrEqual(payAsYouGo(given) + 1e-6);
      },
    ),
    { numRuns: 80 },
  );
});
