import { defaultCatalog } from "../../catalog/default-catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import {
  type TenancyReport,
  tenancyKernelReport,
  tenancyRbacReport,
  tenancyReport,
} from "../../operations/tenancy/tenancy.ts";
import type { CommandRun } from "../command-host.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { layersDocument, tenancyDocument } from "../reporters/tenancy-document.ts";
import { tenancyKernelDocument } from "../reporters/tenancy-kernel-document.ts";
import { tenancyRbacDocument } from "../reporters/tenancy-rbac-document.ts";
import { printReport, type Report, type ReportFormat } from "./output.ts";
import { readInput } from "./read-input.ts";

export interface TenancyCommandOptions {
  readonly output: ReportFormat;
  readonly outputFile?: string;
}

/** `scantling tenancy [PATH...]`: who shares what with whom; with `between`, layer by layer for two tenants. */
export async function tenancyCommand(
  run: CommandRun,
  paths: readonly string[],
  options: TenancyCommandOptions & { readonly between?: string },
): Promise<ExitCode> {
  const { between } = options;
  if (between === undefined) {
    return reportOn(run, paths, options, (estate) => {
      const report = tenancyReport(estate, defaultCatalog);
      return { data: report, document: () => tenancyDocument(report, paths), everyRow: true };
    });
  }
  const [left = "", right = "", ...more] = between.split(",").map((name) => name.trim());
  if (left === "" || right === "" || more.length > 0) {
    run.host.stderr.write(`--between takes two tenants.\n  hint: write it as --between shop,treasury\n`);
    return exitCode.cannot;
  }
  const input = await readInput(run, paths);
  if (input === undefined) return exitCode.cannot;
  const report = onlyPair(tenancyReport(input.estate, defaultCatalog), left, right);
  const [pair] = [...report.pairs, ...report.platform];
  if (pair === undefined) {
    const known = report.tenants.filter(({ clusters }) => clusters.length > 0).map(({ tenant }) => tenant);
    run.host.stderr.write(`No pair of ${left} and ${right} is compared.\n  hint: tenants are ${known.join(", ")}\n`);
    return exitCode.cannot;
  }
  await printReport(
    run,
    { data: report, document: () => layersDocument(pair), everyRow: true },
    options.output,
    options.outputFile,
  );
  return input.exitCode;
}

function onlyPair(report: TenancyReport, left: string, right: string): TenancyReport {
  const isAsked = ({ tenants }: TenancyReport["pairs"][number]) => tenants.includes(left) && tenants.includes(right);
  return { ...report, pairs: report.pairs.filter(isAsked), platform: report.platform.filter(isAsked) };
}

/** `scantling tenancy kernel [PATH...]`. */
export async function tenancyKernelCommand(
  run: CommandRun,
  paths: readonly string[],
  options: TenancyCommandOptions,
): Promise<ExitCode> {
  return reportOn(run, paths, options, (estate) => {
    const report = tenancyKernelReport(estate, defaultCatalog);
    return { data: report, document: () => tenancyKernelDocument(report), everyRow: true };
  });
}

/** `scantling tenancy rbac [PATH...]`. */
export async function tenancyRbacCommand(
  run: CommandRun,
  paths: readonly string[],
  options: TenancyCommandOptions,
): Promise<ExitCode> {
  return reportOn(run, paths, options, (estate) => {
    const report = tenancyRbacReport(estate);
    return { data: report, document: () => tenancyRbacDocument(report), everyRow: true };
  });
}

async function reportOn(
  run: CommandRun,
  paths: readonly string[],
  options: TenancyCommandOptions,
  report: (estate: Estate) => Report,
): Promise<ExitCode> {
  const input = await readInput(run, paths);
  if (input === undefined) return exitCode.cannot;
  await printReport(run, report(input.estate), options.output, options.outputFile);
  return input.exitCode;
}
