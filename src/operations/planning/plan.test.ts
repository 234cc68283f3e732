import { beforeAll, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { loadMixedIntegerSolver } from "../../finops/commitments/mix/mixed-integer-solver.ts";
import type { PlanSolvers } from "../../planning/pools/bound-pools.ts";
import { loadHighsSolver } from "../../scheduling/packing/exact/highs-solver.ts";
import { givenCluster, givenEstate, givenTenant, givenWorkload } from "../../scheduling/testing/given-estate.ts";
import { planEstate } from "./plan.ts";
import { structurePlanSchemaMatches } from "./plan-schema.ts";

let solvers: PlanSolvers;

beforeAll(async () => {
  solvers = { linear: await loadHighsSolver(), mixedInteger: await loadMixedIntegerSolver() };
});

const estate = givenEstate({
  clusters: [givenCluster()],
  tenants: [
    givenTenant("platform"),
    givenTenant("retail", { accepts: { nodePool: "shared", kernel: "shared" } }),
    givenTenant("partner", { trust: "external", accepts: { nodePool: "separate" } }),
  ],
  workloads: [
    givenWorkload({ name: "web", tenant: "retail", replicas: 4, cpu: 500, memoryMiB: 512 }),
    givenWorkload({ name: "labels", namespace: "labels", tenant: "partner", replicas: 2, cpu: 250, memoryMiB: 256 }),
  ],
});

test("a tenant that wants nodes of its own gets them; what it refuses is priced and refused", () => {
  const plan = planEstate(estate, defaultCatalog, { today: "2026-11-22", solvers, alternatives: true });
  expect(structurePlanSchemaMatches).toBe(true);
  expect(plan.holds).toBe(true);
  const pools = plan.clusters.flatMap((cluster) => cluster.pools);
  expect(pools.filter(({ tenants }) => tenants.includes("partner")).map(({ tenants }) => tenants)).toEqual([
    ["partner"],
  ]);
  const partner = plan.decisions.find(({ subject }) => subject === "Tenant/partner");
  const shared = partner?.alternatives.find(({ what }) => what.includes("shared pool"));
  expect(shared?.verdict).toBe("refused");
  expect(shared?.difference).toBeLessThan(0);
  const dedicated = partner?.alternatives.find(({ what }) => what.startsWith("a cluster of its own"));
  expect(dedicated?.verdict).toBe("dearer");
  expect(plan.front.filter(({ isRecommended }) => isRecommended)).toHaveLength(1);
  expect(plan.front.filter(({ isRecommended }) => isRecommended).every(({ isOnFront }) => isOnFront)).toBe(true);
  expect(plan.front.filter(({ isPaidInAdvance }) => isPaidInAdvance).map(({ monthly }) => monthly)).toEqual([
    plan.comparison.planned.billCommitted,
  ]);
  const doubled = plan.sensitivity.find(({ premise }) => premise.startsWith("Twice"));
  expect(doubled?.difference).toBeGreaterThanOrEqual(0);
});

test("what the plan strands of commitments, what downtime costs and what moving costs stand beside the bill", () => {
  const reserved: typeof estate = {
    ...estate,
    commercial: {
      ...estate.commercial,
      reservations: [
        { vmSize: "Standard_E64ds_v5", region: "westeurope", quantity: 1, termYears: 1, until: undefined },
      ],
      operatorHourCost: 80,
    },
  };
  const options = { today: "2026-11-22", solvers, alternatives: false } as const;
  const { comparison, moving, bill, steps } = planEstate(reserved, defaultCatalog, options);
  const { declared, planned } = comparison;
  expect(planned.bill - declared.bill).toBeCloseTo(bill.difference, 2);
  expect(planned.unusedCommitments).toBeGreaterThan(100);
  expect(planned.billCommitted).toBeLessThanOrEqual(planned.bill);
  expect(declared.billCommitted).toBeLessThanOrEqual(declared.bill);
  expect(steps.length).toBeGreaterThan(0);
  expect(moving?.operatorCost).toBe((moving?.operatorHours ?? 0) * 80);
  expect(moving?.nodesTwice).toBeGreaterThan(0);
});

test("nothing to plan, and a budget below the cheapest plan, are said so", () => {
  const empty = planEstate({ ...estate, workloads: [] }, defaultCatalog, {
    today: "2026-11-22",
    solvers,
    alternatives: false,
  });
  expect(empty.diagnostics.map(({ code }) => code)).toEqual(["EST-903"]);
  const poor = planEstate(estate, defaultCatalog, {
    today: "2026-11-22",
    solvers,
    alternatives: false,
    limits: { monthlyBudget: 1 },
  });
  expect(poor.contradiction?.demands.map(({ demand }) => demand)).toContain("nodes and tiers cost at most 1 a month");
});

test("above 300 workloads the comparisons that are left out are said so", () => {
  const workloads = Array.from({ length: 301 }, (_, index) =>
    givenWorkload({ name: `web-${index}`, tenant: "retail", replicas: 1, cpu: 20, memoryMiB: 32 }),
  );
  const plan = planEstate({ ...estate, workloads }, defaultCatalog, {
    today: "2026-11-22",
    solvers,
    alternatives: true,
  });
  expect(plan.front).toEqual([]);
  expect(plan.diagnostics.map(({ code }) => code)).toContain("EST-905");
  expect(plan.proof.notCovered.length).toBeGreaterThan(0);
});
