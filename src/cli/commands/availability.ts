import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { nearestName } from "../../estate/diagnostics/nearest-name.ts";
import type { Journey } from "../../estate/model/application.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { availabilityOf } from "../../operations/availability/availability.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { availabilityDocument } from "../reporters/availability-document.ts";
import { journeyDocument } from "../reporters/availability-journey-document.ts";
import { listed } from "../reporters/words.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { readInput } from "./read-input.ts";

export interface AvailabilityCommandOptions {
  readonly output: ReportFormat;
  readonly outputFile?: string;
  /** Id, or the end of one: `checkout`, `storefront/checkout`. */
  readonly journey?: string;
  readonly environment?: string;
  readonly changes: boolean;
  /** `YYYY-MM-DD`; today when absent. */
  readonly today?: string;
}

/** `scantling availability [PATH...]`: journeys worst first, and what one unit of money buys. */
export async function availabilityCommand(
  run: CommandRun,
  paths: readonly string[],
  options: AvailabilityCommandOptions,
): Promise<ExitCode> {
  const input = await readInput(run, paths);
  if (input === undefined) return exitCode.cannot;
  const { estate } = input;
  const journey = findJourney(estate, options);
  if (typeof journey === "string") {
    run.host.stderr.write(`${journey}\n`);
    return exitCode.cannot;
  }
  const progress = createProgress(run);
  const report = availabilityOf(estate, defaultCatalog, {
    today: options.today ?? run.host.today(),
    changes: options.changes,
    ...(options.environment === undefined ? {} : { environment: options.environment }),
    ...(journey === undefined ? {} : { journey: journey.id }),
    onProgress: progress.report,
    signal: run.host.signal,
  });
  progress.clear();
  const document = () => (journey === undefined ? availabilityDocument(report, paths) : journeyDocument(report, paths));
  await printReport(run, { data: report, document, everyRow: true }, options.output, options.outputFile);
  return input.exitCode;
}

/** The journey that is meant, the one of the last environment where a name stands for several; a text says what is wrong. */
function findJourney(estate: Estate, options: AvailabilityCommandOptions): Journey | string | undefined {
  const { journey: name, environment } = options;
  const environments = estate.environments.map((each) => each.name);
  if (environment !== undefined && !environments.includes(environment)) {
    return `The estate has no environment "${environment}".\n  hint: it has ${listed(environments, 10)}`;
  }
  if (name === undefined) return undefined;
  const known = estate.journeys.filter((each) => environment === undefined || each.environment === environment);
  const found = known
    .filter(({ id }) => id === name || id.endsWith(`/${name}`))
    .toSorted((left, right) => environments.indexOf(right.environment) - environments.indexOf(left.environment));
  const [first] = found;
  const applications = new Set(found.map(({ application }) => application));
  if (first !== undefined && applications.size === 1) return first;
  if (first !== undefined) {
    return `Several applications have a journey "${name}".\n  hint: name one of ${listed(
      found.map(({ id }) => id),
      10,
    )}`;
  }
  if (known.length === 0) return "The estate has no journey.\n  hint: declare one in an Application, under journeys";
  const ids = known.map(({ id }) => id);
  const suggestion = nearestName(name, [...ids, ...known.map((each) => each.name)]);
  const hint = suggestion === undefined ? `there is ${listed(ids, 10)}` : `did you mean "${suggestion}"?`;
  return `There is no journey "${name}".\n  hint: ${hint}`;
}
