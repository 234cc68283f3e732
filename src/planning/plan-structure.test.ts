import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { defaultCatalog } from "../catalog/default-catalog.ts";
import type { Estate } from "../estate/model/estate.ts";
import type { Sharing } from "../estate/model/tenant.ts";
import { loadMixedIntegerSolver } from "../finops/commitments/mix/mixed-integer-solver.ts";
import { loadHighsSolver } from "../scheduling/packing/exact/highs-solver.ts";
import {
  givenCluster,
  givenEstate,
  givenPool,
  givenTenant,
  givenWorkload,
} from "../scheduling/testing/given-estate.ts";
import { describeSharing } from "../tenancy/tenancy-report.ts";
import { contradictingDemands } from "./demands.ts";
import { defaultPolicy } from "./plan-policy.ts";
import { planStructure } from "./plan-structure.ts";
import type { PlanSolvers } from "./pools/bound-pools.ts";
import { verifyStructure } from "./verification/verify-structure.ts";

let solvers: PlanSolvers;

beforeAll(async () => {
  solvers = { linear: await loadHighsSolver(), mixedInteger: await loadMixedIntegerSolver() };
});

const catalog = defaultCatalog;
const tenants = ["alpha", "beta", "gamma"] as const;
const layers = ["cluster", "nodePool", "kernel"] as const;
const structural: ReadonlySet<string> = new Set(layers);

interface GivenDemand {
  readonly pods: readonly { readonly cpu: number; readonly memory: number; readonly replicas: number }[];
  /** What the tenant wants for itself. */
  readonly separate: readonly (typeof layers)[number][];
}

const demands = fc.tuple(
  ...tenants.map(() =>
    fc.record({
      pods: fc.array(
        fc.record({
          cpu: fc.constantFrom(100, 250, 500, 1000, 2000),
          memory: fc.constantFrom(128, 512, 1024, 4096),
          replicas: fc.integer({ min: 1, max: 4 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      separate: fc.subarray([...layers], { maxLength: 2 }),
    }),
  ),
);

function estateOf(given: readonly GivenDemand[]): Estate {
  return givenEstate({
    clusters: [givenCluster({ nodePools: [givenPool({ maximumNodes: 100 })] })],
    tenants: [
      givenTenant("platform"),
      ...tenants.map((name, index) =>
        givenTenant(name, {
          namespaces: [name],
          accepts: Object.fromEntries(
            layers.map((layer): [string, Sharing] => [
              layer,
              given[index]?.separate.includes(layer) === true ? "separate" : "shared",
            ]),
          ),
        }),
      ),
    ],
    workloads: tenants.flatMap((tenant, index) =>
      (given[index]?.pods ?? []).map(({ cpu, memory, replicas }, number) =>
        givenWorkload({
          name: `w${number}`,
          namespace: tenant,
          tenant,
          replicas,
          cpu,
          memoryMiB: memory,
        }),
      ),
    ),
  });
}

const plan = (estate: Estate) => planStructure(estate, catalog, { policy: defaultPolicy, solvers });

test("every plan schedules, stands the loss of a zone, shares nothing unaccepted, and costs no less than its bound", () => {
  fc.assert(
    fc.property(demands, (given) => {
      const estate = estateOf(given);
      const structure = plan(estate);
      const {
        clusters,
        holds,
        estate: planned,
        structure: scheduled,
      } = verifyStructure(estate, structure, { catalog });
      expect(structure.unplanned).toEqual([]);
      expect(holds, JSON.stringify(clusters)).toBe(true);
      expect(clusters.flatMap(({ pending }) => pending)).toEqual([]);
      expect(planned.workloads).toHaveLength(estate.workloads.length);
      const unmet = describeSharing(planned, catalog).pairs.flatMap((pair) =>
        pair.layers.filter(({ layer, met }) => structural.has(layer) && met === false),
      );
      expect(unmet).toEqual([]);
      expect(structure.hourlyMicros).toBeGreaterThanOrEqual(structure.lowerBoundMicros);
      expect(scheduled.hourlyMicros).toBeGreaterThanOrEqual(structure.lowerBoundMicros);
    }),
    { numRuns: 7, seed: 7 },
  );
});

test("the bound never falls when a tenant tightens what it accepts", () => {
  fc.assert(
    fc.property(demands, fc.constantFrom(0, 1, 2), fc.constantFrom(...layers), (given, who, layer) => {
      const tighter = given.map((each, index) =>
        index === who ? { ...each, separate: [...new Set([...each.separate, layer])] } : each,
      );
      // Column generation stops within two thousandths of the relaxation.
      expect(plan(estateOf(tighter)).lowerBoundMicros).toBeGreaterThanOrEqual(
        plan(estateOf(given)).lowerBoundMicros * 0.998,
      );
    }),
    { numRuns: 5, seed: 11 },
  );
});

test("demands that cannot all hold are named, none too many, with what relaxing each would cost", () => {
  const estate = estateOf([
    { pods: [{ cpu: 500, memory: 512, replicas: 2 }], separate: ["cluster"] },
    { pods: [{ cpu: 500, memory: 512, replicas: 2 }], separate: [] },
    { pods: [{ cpu: 500, memory: 512, replicas: 2 }], separate: ["nodePool"] },
  ]);
  expect(contradictingDemands(estate, catalog, defaultPolicy, { clusters: 2 })).toBeUndefined();
  const found = contradictingDemands(estate, catalog, defaultPolicy, { clusters: 1 });
  expect(found?.demands.map(({ demand }) => demand)).toEqual(["alpha wants cluster separate", "at most 1 cluster"]);
  for (const { monthlyWithout } of found?.demands ?? []) expect(monthlyWithout).toBeGreaterThan(0);
});

test("a region of one zone cannot stand its loss: the pods are left out with the reason", () => {
  const estate = estateOf([{ pods: [{ cpu: 500, memory: 512, replicas: 2 }], separate: [] }]);
  const oneZone = { ...estate, regions: [{ name: "westeurope", zones: ["1"] }] };
  const { unplanned } = plan(oneZone);
  expect(unplanned.find(({ workload }) => workload.endsWith("/w0"))?.reason).toContain("the region has one zone");
  const found = contradictingDemands(oneZone, catalog, defaultPolicy, {});
  expect(found?.demands.map(({ demand }) => demand)).toEqual([expect.stringContaining("environment prod")]);
});
