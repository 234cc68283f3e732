import { listed } from "../../estate/diagnostics/wording.ts";
import { joinSourcePath, normalizeSourcePath } from "../../estate/sources/source-path.ts";
import type { AgentName } from "../../gitops/agent.ts";
import { agentNames } from "../../gitops/agent.ts";
import { type CloudTargetName, cloudTargetNames } from "../../gitops/cloud/cloud-target-name.ts";
import { type PackagingName, packagingNames } from "../../gitops/packaging.ts";
import { type RenderedRepository, type RenderOptions, renderRepository } from "../../operations/gitops/render.ts";
import type { RepositoryFolder } from "../../operations/gitops/repository-folder.ts";
import type { RepositoryReport } from "../../operations/gitops/repository-report.ts";
import { locateSource, type SourceLocation } from "../../operations/gitops/source-location.ts";
import { verifyCharts } from "../../operations/gitops/verify-charts.ts";
import { verifyCloud } from "../../operations/gitops/verify-cloud.ts";
import { verifyDelivery } from "../../operations/gitops/verify-delivery.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress, note } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { infrastructureSection } from "../reporters/infrastructure-section.ts";
import { renderDocument } from "../reporters/render-document.ts";
import { renderTerminal } from "../reporters/render-terminal.ts";
import { unifiedDiff } from "../reporters/unified-diff.ts";
import { createStyle } from "../terminal/style.ts";
import { printReport, printText, type ReportFormat } from "./output.ts";
import { type Input, readInput } from "./read-input.ts";

export interface RenderCommandOptions {
  readonly to: string;
  readonly packaging?: PackagingName;
  readonly agent?: AgentName;
  /** `none` leaves the cloud side out. */
  readonly cloud?: CloudTargetName | "none";
  readonly cluster?: readonly string[];
  readonly stage?: number;
  readonly repository: string;
  readonly branch: string;
  readonly dryRun: boolean;
  readonly diff: boolean;
  readonly force: boolean;
  readonly verify: boolean;
  readonly output: ReportFormat;
  readonly outputFile?: string;
}

/**
 * `scantling render [PATH...] --to FOLDER`. Exits 2 when something stands in the way and nothing was written; with
 * `--dry-run` and `--diff` nothing is written either, and 1 says that something would be.
 */
export async function renderCommand(
  run: CommandRun,
  paths: readonly string[],
  options: RenderCommandOptions,
): Promise<ExitCode> {
  const { openRepository } = run.host;
  if (openRepository === undefined) return exitCode.cannot;
  const input = await readInput(run, paths);
  if (input === undefined || !areKnownClusters(run, input, options.cluster)) return exitCode.cannot;
  const repository = await openRepository();
  const location = sourceLocation(run, input, options.to);
  if (location.diagnostics.length > 0) {
    run.host.stderr.write(`${diagnosticsText(location.diagnostics, input.sources.texts, run.errorStyle)}\n`);
    return exitCode.cannot;
  }
  const folder = await repository.read(options.to, run.host.signal);
  const chosen = renderOptions(input, options, location.folder);
  const rendered = renderRepository(input.estate, folder, chosen);
  const verified = options.verify
    ? await verifyAll(run, input, { rendered, repository, cloud: chosen.cloud })
    : undefined;
  const proofs = verified?.proofs ?? [];
  const writes = !(rendered.refused || options.dryRun || options.diff || options.verify);
  if (writes) await repository.apply(options.to, rendered.changes);
  const diagnostics = [...rendered.report.diagnostics, ...(verified?.diagnostics ?? [])];
  const report = { ...rendered.report, written: writes, proofs: [...rendered.report.proofs, ...proofs], diagnostics };
  printProblems(run, input, report);
  if (options.diff && options.output === "table")
    await printText(run, diffText(run, report, rendered), options.outputFile);
  else {
    const document = () => renderDocument(report, options.to);
    await printReport(run, { data: report, document, everyRow: true }, options.output, options.outputFile);
  }
  if (rendered.refused) {
    note(run, "Nothing was written.");
    return exitCode.cannot;
  }
  if (proofs.some(({ holds }) => !holds)) return exitCode.findings;
  return (options.diff || options.dryRun) && rendered.changes.length > 0 ? exitCode.findings : input.exitCode;
}

/** Where the source is, seen from the repository; standard input is nowhere. */
function sourceLocation(run: CommandRun, { sources }: Input, to: string): SourceLocation {
  const absolute = (path: string) => joinSourcePath(run.host.workingFolder ?? "/", normalizeSourcePath(path));
  return locateSource(sources.roots.filter((root) => root !== "-").map(absolute), absolute(to.replaceAll("\\", "/")));
}

function renderOptions(
  { estate, sources }: Input,
  options: RenderCommandOptions,
  sourceFolder: string | undefined,
): RenderOptions {
  const declared = cloudTargetNames.find((name) => name === estate.delivery.cloudTarget);
  const cloud = options.cloud === "none" ? undefined : (options.cloud ?? declared);
  return {
    packaging: options.packaging ?? packagingNames.find((name) => name === estate.delivery.packaging) ?? "kustomize",
    agent: options.agent ?? agentNames.find((name) => name === estate.delivery.agent) ?? "flux",
    ...(cloud === undefined ? {} : { cloud }),
    ...(options.stage === undefined ? {} : { stage: options.stage }),
    ...(options.cluster === undefined ? {} : { clusters: options.cluster }),
    source: { url: options.repository, branch: options.branch },
    documents: sources,
    ...(sourceFolder === undefined ? {} : { sourceFolder }),
    force: options.force,
  };
}

function areKnownClusters(run: CommandRun, { estate }: Input, asked: readonly string[] | undefined): boolean {
  const known = estate.clusters.map(({ name }) => name);
  const unknown = (asked ?? []).filter((name) => !known.includes(name));
  if (unknown.length === 0) return true;
  run.host.stderr.write(`No cluster is called ${listed(unknown)}.\n  hint: clusters are ${listed(known)}\n`);
  return false;
}

interface Verified {
  readonly rendered: RenderedRepository;
  readonly repository: RepositoryFolder;
  readonly cloud: CloudTargetName | undefined;
}

/** Every proof there is: delivery by both agents, charts as helm builds them, the cloud side as it reads back. */
async function verifyAll(run: CommandRun, { estate }: Input, { rendered: { units }, repository, cloud }: Verified) {
  const { report: onProgress, clear } = createProgress(run);
  const { charts: renderer, signal, parseHcl } = run.host;
  const charts = await verifyCharts(units, { charts: renderer, repository, onProgress, signal });
  onProgress("reading the cloud side back");
  const resources = await verifyCloud(estate, cloud, parseHcl);
  clear();
  return {
    proofs: [...verifyDelivery(estate, units), ...charts.proofs, ...resources.proofs],
    diagnostics: [...charts.diagnostics, ...resources.diagnostics],
  };
}

function printProblems(run: CommandRun, { sources }: Input, { diagnostics }: RepositoryReport): void {
  const shown = diagnostics.filter(({ severity }) => severity === "error" || (severity === "warning" && !run.quiet));
  if (shown.length > 0) run.host.stderr.write(`${diagnosticsText(shown, sources.texts, run.errorStyle)}\n\n`);
}

/** What changes of the infrastructure, then every file; the index of what was generated repeats these and is left out. */
function diffText(run: CommandRun, report: RepositoryReport, { changes }: RenderedRepository): string {
  const effects = renderTerminal(infrastructureSection(report), {
    width: run.host.stdout.columns,
    style: createStyle(false),
    maximumRows: Number.POSITIVE_INFINITY,
  });
  const files = changes
    .filter(({ path }) => !path.startsWith(".scantling/"))
    .map(({ path, before, after }) => unifiedDiff(path, before, after ?? ""));
  return [...(effects.trim() === "" ? [] : [effects, "\n"]), ...files].join("");
}
