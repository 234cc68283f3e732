import { defaultCatalog } from "../../../src/catalog/default-catalog.ts";
import type { Estate } from "../../../src/estate/model/estate.ts";
import { loadMixedIntegerSolver } from "../../../src/finops/commitments/mix/mixed-integer-solver.ts";
import { planEstate } from "../../../src/operations/planning/plan.ts";
import type { StructurePlan } from "../../../src/operations/planning/plan-report.ts";
import type { Progress } from "../../../src/operations/ports.ts";
import { loadHighsSolver } from "../../../src/scheduling/packing/exact/highs-solver.ts";

/** The same plan as that of the command line; `today` is `YYYY-MM-DD`. */
export async function answerPlan(estate: Estate, today: string, onProgress: Progress): Promise<StructurePlan> {
  const solvers = { linear: await loadHighsSolver(), mixedInteger: await loadMixedIntegerSolver() };
  return planEstate(estate, defaultCatalog, { today, solvers, alternatives: true, onProgress });
}
