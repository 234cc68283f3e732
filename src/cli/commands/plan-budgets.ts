import type { Catalog } from "../../catalog/catalog.ts";
import { type TenantBudget, tenantBudgets } from "../../operations/onboarding/tenant-budgets.ts";
import type { StructurePlan } from "../../operations/planning/plan-report.ts";
import { structureToWrite } from "../../operations/planning/write-structure.ts";
import type { PlanSolvers } from "../../planning/pools/bound-pools.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import type { PlanCommandOptions } from "./plan-options.ts";
import type { Input } from "./read-input.ts";

/** More workloads take too long to plan again for this. */
const mostWorkloads = 300;

/** What tenants cost in the planned estate, where somebody says what one of them may cost. */
export function plannedBudgets(
  run: CommandRun,
  input: Input,
  planned: {
    readonly catalog: Catalog;
    readonly solvers: PlanSolvers;
    readonly plan: StructurePlan;
    readonly options: PlanCommandOptions;
  },
): readonly TenantBudget[] {
  const { catalog, solvers, plan, options } = planned;
  const { tenants, workloads } = input.estate;
  const hasBudget = tenants.some(({ budgetMonthly }) => budgetMonthly !== undefined);
  if (!hasBudget || plan.clusters.length === 0 || workloads.length > mostWorkloads) return [];
  const progress = createProgress(run);
  progress.report("sharing the planned bill among tenants");
  const { signal } = run.host;
  const structure = structureToWrite(input, catalog, { solvers, signal });
  const budgets = tenantBudgets(structure.planned, catalog, options.today ?? run.host.today());
  progress.clear();
  return budgets;
}
