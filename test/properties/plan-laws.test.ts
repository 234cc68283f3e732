import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { planEstateTexts } from "../../bench/plan-estate.ts";
import { defaultCatalog } from "../../src/catalog/default-catalog.ts";
import { loadEstate } from "../../src/estate/load-estate.ts";
import type { Estate } from "../../src/estate/model/estate.ts";
import { loadMixedIntegerSolver } from "../../src/finops/commitments/mix/mixed-integer-solver.ts";
import { defaultPolicy } from "../../src/planning/plan-policy.ts";
import { planStructure } from "../../src/planning/plan-structure.ts";
import type { PlanSolvers } from "../../src/planning/pools/bound-pools.ts";
import { verifyStructure } from "../../src/planning/verification/verify-structure.ts";
import { loadHighsSolver } from "../../src/scheduling/packing/exact/highs-solver.ts";
import { describeSharing } from "../../src/tenancy/tenancy-report.ts";

let solvers: PlanSolvers;

beforeAll(async () => {
  solvers = { linear: await loadHighsSolver(), mixedInteger: await loadMixedIntegerSolver() };
});

const structural: ReadonlySet<string> = new Set([
  "cluster",
  "controlPlane",
  "clusterScopedApi",
  "nodePool",
  "node",
  "kernel",
]);
/** Column generation stops within two thousandths of the relaxation. */
const tolerance = 0.998;

const generated = fc
  .record({ workloads: fc.integer({ min: 2, max: 10 }), seed: fc.integer({ min: 1, max: 1000 }) })
  .map(({ workloads, seed }) => loadEstate({ roots: ["."], texts: planEstateTexts(workloads, seed), diagnostics: [] }));

function plan(estate: Estate) {
  return planStructure(estate, defaultCatalog, { policy: defaultPolicy, solvers });
}

test("plans of generated estates schedule with every zone there and with each gone, share nothing unaccepted, and repeat", () => {
  fc.assert(
    fc.property(generated, (estate) => {
      const structure = plan(estate);
      const verified = verifyStructure(estate, structure, { catalog: defaultCatalog });
      expect(verified.holds).toBe(true);
      expect(structure.unplanned).toEqual([]);
      for (const { pending, zones } of verified.clusters) {
        expect(pending).toEqual([]);
        expect(zones.flatMap((zone) => zone.pending)).toEqual([]);
      }
      const unmet = describeSharing(verified.estate, defaultCatalog).pairs.flatMap(({ layers }) =>
        layers.filter(({ layer, met }) => met === false && structural.has(layer)),
      );
      expect(unmet).toEqual([]);
      expect(verified.structure.hourlyMicros).toBeGreaterThanOrEqual(structure.lowerBoundMicros);
      const again = verifyStructure(estate, plan(estate), { catalog: defaultCatalog });
      expect(again.structure.clusters.map(({ cluster }) => cluster)).toEqual(
        verified.structure.clusters.map(({ cluster }) => cluster),
      );
    }),
    { numRuns: 3, seed: 3 },
  );
});

test("a workload less, or a replica less, never raises the bound", () => {
  fc.assert(
    fc.property(generated, fc.nat(), (estate, pick) => {
      const whole = plan(estate).lowerBoundMicros;
      const at = pick % estate.workloads.length;
      const without = { ...estate, workloads: estate.workloads.toSpliced(at, 1) };
      expect(plan(without).lowerBoundMicros * tolerance).toBeLessThanOrEqual(whole);
      const fewer = {
        ...estate,
        workloads: estate.workloads.map((each, index) =>
          index === at
            ? { ...each, replicas: { ...each.replicas, minimum: Math.max(1, each.replicas.minimum - 1) } }
            : each,
        ),
      };
      expect(plan(fewer).lowerBoundMicros * tolerance).toBeLessThanOrEqual(whole);
    }),
    { numRuns: 4, seed: 9 },
  );
});
