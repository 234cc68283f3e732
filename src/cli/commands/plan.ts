import { loadMixedIntegerSolver } from "../../finops/commitments/mix/mixed-integer-solver.ts";
import { planWithStructure } from "../../operations/planning/plan.ts";
import { loadHighsSolver } from "../../scheduling/packing/exact/highs-solver.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { planDocument } from "../reporters/plan-document.ts";
import { budgetSection, responsibilitySection } from "../reporters/responsibility-section.ts";
import { printReport } from "./output.ts";
import type { PlanCommandOptions } from "./plan-options.ts";
import { writePlanCommand } from "./plan-write.ts";
import { priceCatalog } from "./price-catalog.ts";
import { readInput } from "./read-input.ts";

/** `scantling plan [PATH...]`: the structure that the estate should have. Exits 1 when demands contradict each other. */
export async function planCommand(
  run: CommandRun,
  paths: readonly string[],
  options: PlanCommandOptions,
): Promise<ExitCode> {
  const input = await readInput(run, paths);
  const catalog = input === undefined ? undefined : await priceCatalog(run, options);
  if (input === undefined || catalog === undefined) return exitCode.cannot;
  if (options.dryRun && !options.write) {
    run.host.stderr.write("--dry-run goes with --write: without it, nothing is written anyway.\n");
    return exitCode.cannot;
  }
  const solvers = { linear: await loadHighsSolver(), mixedInteger: await loadMixedIntegerSolver() };
  const progress = createProgress(run);
  const { maxClusters, budget } = options;
  const today = options.today ?? run.host.today();
  const { plan, recommended } = planWithStructure(input.estate, catalog, {
    today,
    solvers,
    alternatives: options.alternatives && (!options.write || options.outputFile !== undefined),
    limits: {
      ...(maxClusters === undefined ? {} : { clusters: maxClusters }),
      ...(budget === undefined ? {} : { monthlyBudget: budget }),
    },
    onProgress: progress.report,
    signal: run.host.signal,
  });
  progress.clear();
  const { verified } = recommended;
  if (options.write) return writePlanCommand(run, { input, catalog, verified, plan, paths, options });
  const shown = plan.diagnostics.filter(
    ({ severity }) => severity === "error" || (severity === "warning" && !run.quiet),
  );
  if (shown.length > 0) run.host.stderr.write(`${diagnosticsText(shown, input.sources.texts, run.errorStyle)}\n\n`);
  await printReport(
    run,
    {
      data: plan,
      document: () => [
        ...planDocument(plan, { paths, allSteps: options.allSteps || options.output === "markdown" }),
        ...budgetSection(plan.budgets, plan.currency),
        ...(plan.clusters.length === 0 ? [] : responsibilitySection(plan.responsibility, plan.currency)),
      ],
      everyRow: true,
    },
    options.output,
    options.outputFile,
  );
  if (plan.clusters.length === 0) return exitCode.cannot;
  return plan.contradiction === undefined ? input.exitCode : exitCode.findings;
}
