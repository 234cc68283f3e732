import { expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { plannedEstate } from "../../planning/estate/planned-estate.ts";
import { defaultPolicy } from "../../planning/plan-policy.ts";
import { planStructure } from "../../planning/plan-structure.ts";
import { PoolChoices } from "../../planning/pools/pool-choices.ts";
import { givenCluster, givenEstate, givenTenant, givenWorkload } from "../../scheduling/testing/given-estate.ts";
import { planDecisions } from "./plan-decisions.ts";

const hourCost = 100;

/** Two environments with a cluster each, and two tenants that are on both. */
function estateOf(operatorHourCost: number | undefined) {
  const both = ["prod", "dev"].flatMap((environment) =>
    ["retail", "partner"].map((tenant) =>
      givenWorkload({ name: "web", namespace: tenant, tenant, cluster: environment, environment, replicas: 2 }),
    ),
  );
  const shared = { accepts: { cluster: "shared", nodePool: "shared", node: "shared", kernel: "shared" } } as const;
  return givenEstate({
    environments: [
      { name: "prod", criticality: "high", hours: "always", timeZone: "UTC" },
      { name: "dev", criticality: "low", hours: "always", timeZone: "UTC" },
    ],
    clusters: ["prod", "dev"].map((name) => givenCluster({ name, environments: [name] })),
    tenants: [givenTenant("platform"), givenTenant("retail", shared), givenTenant("partner", shared)],
    workloads: both,
    commercial: { discounts: [], reservations: [], savingsPlans: [], operatorHourCost },
  });
}

function alternativesOf(operatorHourCost: number | undefined) {
  const estate = estateOf(operatorHourCost);
  const choices = new PoolChoices();
  const structure = planStructure(estate, defaultCatalog, { policy: defaultPolicy, solvers: undefined, choices });
  const planned = plannedEstate(estate, structure);
  const context = { estate, catalog: defaultCatalog, structure, choices, planned, today: "2026-11-22" };
  const decision = planDecisions(context).find(({ subject }) => subject === "Tenant/partner");
  return { structure, alternatives: decision?.alternatives ?? [] };
}

test("work is counted for each cluster more, and its price stands in every row that has hours and a price", () => {
  const [free, paid] = [alternativesOf(undefined), alternativesOf(hourCost)];
  expect(free.structure.clusters).toHaveLength(2);
  const hours = (start: string) => paid.alternatives.find(({ what }) => what.startsWith(start))?.operatorHours;
  expect(hours("a cluster of its own")).toBe(2 * 8);
  expect(hours("raw AKS run by the team, 2 clusters")).toBe(2 * 40);
  expect(hours("a node pool of its own")).toBe(0);
  const priced = paid.alternatives.filter(({ difference }) => difference !== undefined);
  expect(priced.filter(({ operatorHours }) => operatorHours > 0).length).toBeGreaterThanOrEqual(4);
  for (const { what, difference = 0, operatorHours } of priced) {
    const bill = free.alternatives.find((each) => each.what === what)?.difference ?? Number.NaN;
    expect(difference).toBeCloseTo(bill + operatorHours * hourCost, 2);
  }
});
