import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { nearestName } from "../../estate/diagnostics/nearest-name.ts";
import type { Figure } from "../../estate/figures/figure.ts";
import { formatFigure } from "../../estate/figures/format-figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { assess } from "../../operations/assess.ts";
import { adviceFigures, adviceThatHolds } from "../../operations/explanation/explain-advice.ts";
import { explainableCodes, explainCode } from "../../operations/explanation/explain-code.ts";
import { explainField, fieldNames } from "../../operations/explanation/explain-field.ts";
import { downtimeCostFigures, headlineFigures, indexFigures } from "../../operations/explanation/explain-figure.ts";
import type { CommandRun } from "../command-host.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { fieldText } from "../reporters/field-text.ts";
import { figureTree } from "../reporters/figure-tree.ts";
import { pairText } from "../reporters/pair-text.ts";
import { commandText } from "../reporters/printed-command.ts";
import { readInput } from "./read-input.ts";

export interface ExplainCommandOptions {
  /** The estate; the nearest `estate.yaml` when empty. */
  readonly in: readonly string[];
  readonly depth: number;
  readonly output: "text" | "json";
  readonly today?: string;
}

/**
 * `scantling explain [NAME]`: a field of the documents (`Cluster.spec.tier`), a figure by its id, or without a name
 * the list of figures.
 */
export async function explainCommand(
  run: CommandRun,
  name: string | undefined,
  options: ExplainCommandOptions,
): Promise<ExitCode> {
  const described = name === undefined ? undefined : describe(run, name);
  if (described !== undefined) {
    run.host.stdout.write(`${described}\n`);
    return exitCode.clean;
  }
  if (name !== undefined && options.in.length === 0 && (await run.host.findEstateFolder()) === undefined) {
    return unknownName(run, name, [], []);
  }
  const input = await readInput(run, options.in);
  if (input === undefined) return exitCode.cannot;
  const assessment = assess(input.estate, defaultCatalog, { today: options.today ?? run.host.today() });
  const costs = downtimeCostFigures(input.estate, assessment);
  if (name === undefined) {
    const figures = [...headlineFigures(assessment), ...costs].map(
      (figure) => `${figure.id}  ${run.outputStyle.dim(formatFigure(figure))}`,
    );
    run.host.stdout.write(`${figures.join("\n")}\n`);
    return input.exitCode;
  }
  const pair = assessment.structure.pairs.find(({ tenants }) => name === `structure/${tenants.join("+")}`);
  if (pair !== undefined) {
    run.host.stdout.write(`${pairText(pair, run.outputStyle)}\n`);
    return input.exitCode;
  }
  const figures = indexFigures(assessment, costs);
  const figure = figures.get(name) ?? (await figureOfAdvice(run, name, input.estate, options));
  if (figure === undefined) return unknownName(run, name, [...figures.keys()], options.in);
  printFigure(run, figure, options);
  return input.exitCode;
}

/** A figure of what `cost commit`, `cost rightsize` and `cost save` advise: each takes a while, so only what is asked for. */
async function figureOfAdvice(
  run: CommandRun,
  name: string,
  estate: Estate,
  options: ExplainCommandOptions,
): Promise<Figure | undefined> {
  const advice = adviceThatHolds(name);
  if (advice === undefined) return undefined;
  const { loadMixedIntegerSolver } = await import("../../finops/commitments/mix/mixed-integer-solver.ts");
  const figures = await adviceFigures(advice, estate, defaultCatalog, {
    today: options.today ?? run.host.today(),
    solver: await loadMixedIntegerSolver(),
    signal: run.host.signal,
  });
  return figures.get(name);
}

/** What needs no estate: fields of the documents, and codes of rules, assumptions and diagnostics. */
function describe(run: CommandRun, name: string): string | undefined {
  const field = explainField(name);
  if (field !== undefined) return fieldText(field, run.outputStyle);
  return explainCode(name)?.lines.join("\n");
}

function printFigure(run: CommandRun, figure: Figure, options: ExplainCommandOptions): void {
  const text =
    options.output === "json"
      ? JSON.stringify({ apiVersion: "scantling/v1alpha1", kind: "Explanation", figure }, undefined, 2)
      : figureTree(figure, { style: run.outputStyle, depth: options.depth, paths: options.in }).join("\n");
  run.host.stdout.write(`${text}\n`);
}

function unknownName(run: CommandRun, name: string, figures: readonly string[], paths: readonly string[]): ExitCode {
  const suggestion = nearestName(name, [...figures, ...fieldNames(), ...explainableCodes()]);
  run.host.stderr.write(
    `No figure, field or code is called "${name}".\n  hint: ${suggestion === undefined ? "" : `did you mean "${suggestion}"? `}"${commandText(["explain"], paths.length > 0 ? paths : ["PATH"])}" lists the figures of an estate\n`,
  );
  return exitCode.cannot;
}
