import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { nearestName } from "../../estate/diagnostics/nearest-name.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { chaosPlan } from "../../operations/chaos/chaos-plan.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { chaosPlanDocument } from "../reporters/chaos-plan-document.ts";
import { listed } from "../reporters/words.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { readInput } from "./read-input.ts";
import { writeFilesInto } from "./write-files.ts";

export interface ChaosPlanCommandOptions {
  /** Id, or the end of one. */
  readonly journey?: string;
  readonly environment?: string;
  readonly limit: number;
  readonly to?: string;
  readonly force: boolean;
  readonly output: ReportFormat;
  readonly outputFile?: string;
}

/** `scantling chaos plan [PATH...]`. */
export async function chaosPlanCommand(
  run: CommandRun,
  paths: readonly string[],
  { journey: name, environment, limit, to, force, output, outputFile }: ChaosPlanCommandOptions,
): Promise<ExitCode> {
  const input = await readInput(run, paths);
  if (input === undefined) return exitCode.cannot;
  const problem = problemOf(input.estate, name, environment);
  if (problem !== undefined) {
    run.host.stderr.write(`${problem}\n`);
    return exitCode.cannot;
  }
  const journey = journeysNamed(input.estate, name, environment).at(-1);
  const progress = createProgress(run);
  const { plan, files } = chaosPlan(input.estate, defaultCatalog, {
    limit,
    ...(environment === undefined ? {} : { environment }),
    ...(journey === undefined ? {} : { journey }),
    onProgress: progress.report,
    signal: run.host.signal,
  });
  progress.clear();
  if (to !== undefined && !(await writeFilesInto(run, files, { to, force }))) return exitCode.cannot;
  await printReport(run, { data: plan, document: () => chaosPlanDocument(plan), everyRow: true }, output, outputFile);
  return input.exitCode;
}

/** Ids of the journeys that a name stands for, in the order of promotion of their environments; none without a name. */
function journeysNamed({ journeys, environments }: Estate, name: string | undefined, environment: string | undefined) {
  if (name === undefined) return [];
  const rank = new Map(environments.map((each, index) => [each.name, index]));
  return journeys
    .filter((each) => environment === undefined || each.environment === environment)
    .filter(({ id }) => id === name || id.endsWith(`/${name}`))
    .toSorted((left, right) => (rank.get(left.environment) ?? -1) - (rank.get(right.environment) ?? -1))
    .map(({ id }) => id);
}

function problemOf(estate: Estate, name: string | undefined, environment: string | undefined): string | undefined {
  const environments = estate.environments.map((each) => each.name);
  if (environment !== undefined && !environments.includes(environment))
    return `The estate has no environment "${environment}".\n  hint: it has ${listed(environments, 10)}`;
  if (estate.journeys.length === 0)
    return "The estate has no journey.\n  hint: declare one in an Application, under journeys";
  if (name === undefined || journeysNamed(estate, name, environment).length > 0) return undefined;
  const ids = estate.journeys.map(({ id }) => id);
  const near = nearestName(name, [...ids, ...estate.journeys.map((each) => each.name)]);
  return `There is no journey "${name}".\n  hint: ${near === undefined ? `there is ${listed(ids, 10)}` : `did you mean "${near}"?`}`;
}
