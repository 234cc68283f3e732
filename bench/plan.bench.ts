import { fileURLToPath } from "node:url";
import { readSources } from "../src/adapters/filesystem/read-sources.ts";
import { defaultCatalog } from "../src/catalog/default-catalog.ts";
import { loadEstate } from "../src/estate/load-estate.ts";
import { loadMixedIntegerSolver } from "../src/finops/commitments/mix/mixed-integer-solver.ts";
import { readSpreadDemands } from "../src/planning/journeys/read-spread-demands.ts";
import { defaultPolicy } from "../src/planning/plan-policy.ts";
import { planStructure } from "../src/planning/plan-structure.ts";
import { verifyStructure } from "../src/planning/verification/verify-structure.ts";
import { loadHighsSolver } from "../src/scheduling/packing/exact/highs-solver.ts";
import { placeWorkloads } from "../src/scheduling/place-workloads.ts";
import type { BenchResult } from "./bench-result.ts";
import { planEstateTexts } from "./plan-estate.ts";

/**
 * Structure plans of the example and of generated estates: seconds with proof and scheduling, gap of the first packing to the proven bound,
 * and of the plan that kube-scheduler agrees with. Fails when a plan does not schedule.
 */
export async function run(): Promise<BenchResult[]> {
  const solvers = { linear: await loadHighsSolver(), mixedInteger: await loadMixedIntegerSolver() };
  const nordwind = fileURLToPath(new URL("../examples/nordwind", import.meta.url));
  const cases = [
    { name: "nordwind", sources: await readSources([nordwind]) },
    ...[20, 100, 500].map((workloads) => ({
      name: `${workloads} workloads`,
      sources: { roots: ["."], texts: planEstateTexts(workloads), diagnostics: [] },
    })),
  ];
  return cases.flatMap(({ name: caseName, sources }): BenchResult[] => {
    const estate = loadEstate(sources);
    const start = performance.now();
    const spread = readSpreadDemands(estate, placeWorkloads(estate, defaultCatalog), defaultCatalog);
    const policy = { ...defaultPolicy, spread };
    const structure = planStructure(estate, defaultCatalog, { policy, solvers });
    const verified = verifyStructure(estate, structure, { catalog: defaultCatalog });
    const seconds = (performance.now() - start) / 1000;
    if (!verified.holds) throw new Error(`the plan of ${caseName} does not schedule`);
    const gap = (micros: number) => 100 * (micros / structure.lowerBoundMicros - 1);
    const name = { bench: "plan", case: caseName };
    return [
      { ...name, metric: "time", value: seconds, unit: "s" },
      { ...name, metric: "gap of the packing", value: gap(structure.hourlyMicros), unit: "%" },
      { ...name, metric: "gap of the plan", value: gap(verified.structure.hourlyMicros), unit: "%" },
    ];
  });
}
