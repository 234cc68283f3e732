import { defaultCatalog } from "../src/catalog/default-catalog.ts";
import { loadEstate } from "../src/estate/load-estate.ts";
import { loadMixedIntegerSolver } from "../src/finops/commitments/mix/mixed-integer-solver.ts";
import { defaultPolicy } from "../src/planning/plan-policy.ts";
import { planStructure } from "../src/planning/plan-structure.ts";
import { verifyStructure } from "../src/planning/verification/verify-structure.ts";
import { loadHighsSolver } from "../src/scheduling/packing/exact/highs-solver.ts";
import type { BenchResult } from "./bench-result.ts";
import { planEstateTexts } from "./plan-estate.ts";

/**
 * Structure plans of generated estates: seconds with proof and scheduling, gap of the packing to the proven bound, and of
 * the nodes that kube-scheduler needs. Fails when a plan does not schedule.
 */
export async function run(): Promise<BenchResult[]> {
  const solvers = { linear: await loadHighsSolver(), mixedInteger: await loadMixedIntegerSolver() };
  return [20, 100, 500].flatMap((workloads): BenchResult[] => {
    const estate = loadEstate({ roots: ["."], texts: planEstateTexts(workloads), diagnostics: [] });
    const start = performance.now();
    const structure = planStructure(estate, defaultCatalog, { policy: defaultPolicy, solvers });
    const verified = verifyStructure(estate, structure, { catalog: defaultCatalog });
    const seconds = (performance.now() - start) / 1000;
    if (!verified.holds) throw new Error(`the plan of ${workloads} workloads does not schedule`);
    const gap = (micros: number) => 100 * (micros / structure.lowerBoundMicros - 1);
    const name = { bench: "plan", case: `${workloads} workloads` };
    return [
      { ...name, metric: "time", value: seconds, unit: "s" },
      { ...name, metric: "gap of the packing", value: gap(structure.hourlyMicros), unit: "%" },
      { ...name, metric: "gap with nodes for the scheduler", value: gap(verified.structure.hourlyMicros), unit: "%" },
    ];
  });
}
