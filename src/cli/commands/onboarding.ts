import { defaultCatalog } from "../../catalog/default-catalog.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { planFileNotReplaced, planNeedsFiles } from "../../estate/diagnostics/plan-writing-diagnostics.ts";
import { isAbsoluteSourcePath, isUnder, joinSourcePath } from "../../estate/sources/source-path.ts";
import { onboard } from "../../operations/onboarding/onboard.ts";
import type { OnboardingRequest } from "../../operations/onboarding/onboarding-request.ts";
import { hasErrors } from "../../operations/read-estate.ts";
import type { CommandRun } from "../command-host.ts";
import { note } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { onboardingText } from "../reporters/onboarding-text.ts";
import { unifiedDiff } from "../reporters/unified-diff.ts";
import { counted } from "../reporters/words.ts";
import { type Input, readInput } from "./read-input.ts";

/** What every command that writes documents takes. */
export interface OnboardingOptions {
  readonly dryRun: boolean;
  /** `YYYY-MM-DD`; today when absent. */
  readonly today?: string;
}

/** Reads the estate that a document is to join; undefined, with the reason printed, where that cannot be. */
export async function readForOnboarding(run: CommandRun, path: string | undefined): Promise<Input | undefined> {
  const input = await readInput(run, path === undefined ? [] : [path]);
  if (input === undefined) return undefined;
  if (!input.sources.texts.has("-")) return input;
  print(run, input.sources.texts, [diagnose(planNeedsFiles, undefined)]);
  return undefined;
}

/** Writes what a request changes, unless something speaks against it, and says what it brings about. */
export async function onboardingCommand(
  run: CommandRun,
  input: Input,
  given: OnboardingRequest,
  { dryRun, paths, today = run.host.today() }: OnboardingOptions & { readonly paths: readonly string[] },
): Promise<ExitCode> {
  const request = await byOneMeasure(run, input, given);
  const read = await withManifests(run, input, request);
  const { charts, signal } = run.host;
  const result = await onboard(read, request, { catalog: defaultCatalog, today, charts, signal });
  const { files, effect, diagnostics } = result;
  const texts = new Map([...read.sources.texts, ...files.map(({ path, after }) => [path, after] as const)]);
  const shown = diagnostics.filter(({ severity }) => severity === "error" || (severity === "warning" && !run.quiet));
  print(run, texts, shown);
  if (effect === undefined || hasErrors(diagnostics)) {
    note(run, "Nothing was written.");
    return exitCode.cannot;
  }
  if (dryRun) {
    run.host.stdout.write(files.map(({ path, before, after }) => unifiedDiff(path, before, after)).join(""));
    note(run, `Nothing was written: ${counted(files.length, "file")} would change.`);
    return exitCode.clean;
  }
  const kept = await run.host.replaceFiles(files);
  if (kept.length > 0) {
    print(
      run,
      texts,
      kept.map((file) => diagnose(planFileNotReplaced, file)),
    );
    return exitCode.cannot;
  }
  run.host.stdout.write(
    onboardingText({ request, files, effect, paths }, { style: run.outputStyle, width: run.host.stdout.columns }),
  );
  return exitCode.clean;
}

/** Paths of manifests by the measure of the estate's own, whether they are seen from here or from its folder. */
async function byOneMeasure(
  { host }: CommandRun,
  { sources: { roots, texts } }: Input,
  request: OnboardingRequest,
): Promise<OnboardingRequest> {
  if (request.kind !== "addApplication") return request;
  const isKnown = (path: string) => [...texts.keys()].some((known) => isUnder(known, path));
  const seen = async (given: string): Promise<string> => {
    const path = besideRoots(given, roots, host.workingFolder);
    const inFolder = roots.map((root) => joinSourcePath(root, given)).find(isKnown);
    if (inFolder === undefined || isKnown(path)) return path;
    // What lies there as seen from here is meant, also where nothing of it was read yet.
    const { texts: outside } = await host.sources.read([path], { signal: host.signal });
    return outside.size > 0 ? path : inFolder;
  };
  const manifests = request.manifests.map(async (answer) => {
    const at = answer.indexOf("=") + 1;
    return answer.slice(0, at) + (await seen(answer.slice(at)));
  });
  return { ...request, manifests: await Promise.all(manifests) };
}

/** A path as those below one of the roots are written: absolute, or from the working folder over the root. */
function besideRoots(path: string, roots: readonly string[], workingFolder: string | undefined): string {
  if (workingFolder === undefined) return path;
  const target = joinSourcePath(workingFolder, path);
  for (const root of roots) {
    const place = joinSourcePath(workingFolder, root);
    if (isUnder(target, place)) return joinSourcePath(root, target.slice(place.length + 1) || ".");
  }
  if (roots.some((root) => isAbsoluteSourcePath(root))) return target;
  return path.startsWith(`${workingFolder}/`) ? path.slice(workingFolder.length + 1) : path;
}

/** Manifests of a new application may lie where nothing was read yet. */
async function withManifests(run: CommandRun, input: Input, request: OnboardingRequest): Promise<Input> {
  if (request.kind !== "addApplication") return input;
  const { texts } = input.sources;
  const paths = request.manifests
    .map((answer) => answer.slice(answer.indexOf("=") + 1))
    .filter(
      (path) => ![...texts.keys()].some((known) => known === path || known.startsWith(`${path.replace(/\/+$/, "")}/`)),
    );
  if (paths.length === 0) return input;
  const further = await run.host.sources.read(paths, { signal: run.host.signal });
  const sources = {
    ...input.sources,
    texts: new Map([...further.texts, ...texts]),
    diagnostics: [...input.sources.diagnostics, ...further.diagnostics],
  };
  return { ...input, sources };
}

function print(run: CommandRun, texts: ReadonlyMap<string, string>, problems: readonly Diagnostic[]): void {
  if (problems.length > 0) run.host.stderr.write(`${diagnosticsText(problems, texts, run.errorStyle)}\n\n`);
}
