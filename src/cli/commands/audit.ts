import { parsePolicy } from "../../audit/pod-security/pod-security-policy.ts";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { auditRuleDefect, baselineUnreadable } from "../../estate/diagnostics/audit-diagnostics.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { nearestName } from "../../estate/diagnostics/nearest-name.ts";
import { type AuditRunOptions, audit, hasOpenFindings } from "../../operations/audit/audit.ts";
import { type AuditBaseline, baselineText, parseBaseline } from "../../operations/audit/audit-baseline.ts";
import type { PolicyForm } from "../../operations/audit/audit-policies.ts";
import type { Audit } from "../../operations/audit/audit-report.ts";
import { listAuditRules } from "../../operations/audit/audit-rule-list.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress, note } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { auditAnnotations } from "../reporters/audit-annotations.ts";
import { auditDocument } from "../reporters/audit-document.ts";
import { auditJunit } from "../reporters/audit-junit.ts";
import { auditSarif } from "../reporters/audit-sarif.ts";
import { auditText } from "../reporters/audit-text.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import type { FindingSort } from "../reporters/finding-terms.ts";
import { ruleListDocument } from "../reporters/rule-list-document.ts";
import { type RuleListLayout, ruleListText } from "../reporters/rule-list-text.ts";
import { counted } from "../reporters/words.ts";
import { createStyle } from "../terminal/style.ts";
import type { FixOptions } from "./audit-fix.ts";
import { printReport, printText, type ReportFormat } from "./output.ts";
import { type Input, readInput } from "./read-input.ts";

export interface AuditCommandOptions extends FixOptions {
  readonly fix: boolean;
  readonly policyAs?: PolicyForm;
  readonly output: ReportFormat | "sarif" | "junit" | "github";
  readonly outputFile?: string;
  readonly rule?: readonly string[];
  readonly podSecurity?: string;
  readonly profile?: string;
  readonly environment?: readonly string[];
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly includeNotEvaluable: boolean;
  readonly list: boolean;
  readonly sort: FindingSort;
  /** File of measured usage. */
  readonly usage?: string;
  /** `YYYY-MM-DD`; today when absent. */
  readonly today?: string;
}

/** `scantling audit [PATH...]`: what the manifests do not follow, worst first. */
export async function auditCommand(
  run: CommandRun,
  paths: readonly string[],
  options: AuditCommandOptions,
): Promise<ExitCode> {
  if (options.list) return printRules(run, options);
  const rules = expandRules(options.rule);
  if ("unknown" in rules) return refuse(run, "rule", rules.unknown, ruleNames());
  const podSecurity = options.podSecurity === undefined ? undefined : parsePolicy(options.podSecurity);
  if (options.podSecurity !== undefined && podSecurity === undefined) {
    return refuse(run, "Pod Security level", options.podSecurity, ["baseline", "restricted", "restricted@v1.33"]);
  }
  const baseline = options.baseline === undefined ? undefined : await readBaseline(run, options.baseline);
  if (baseline === "unreadable") return exitCode.cannot;
  const input = await readInput(run, paths);
  if (input === undefined) return exitCode.cannot;
  const environments = input.estate.environments.map(({ name }) => name);
  const unknown = options.environment?.find((name) => !environments.includes(name));
  if (unknown !== undefined) return refuse(run, "environment", unknown, environments);
  const auditing: AuditRunOptions = {
    today: options.today ?? run.host.today(),
    includeNotEvaluable: options.includeNotEvaluable,
    ...(rules.codes === undefined ? {} : { rules: rules.codes }),
    ...(podSecurity === undefined ? {} : { podSecurity }),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.environment === undefined ? {} : { environments: options.environment }),
    ...(baseline === undefined ? {} : { baseline }),
  };
  if (options.policyAs !== undefined) {
    const { policiesCommand } = await import("./audit-policies.ts");
    return policiesCommand(run, input, auditing, { ...options, form: options.policyAs });
  }
  if (options.fix || options.fixAs !== undefined) {
    const { fixCommand } = await import("./audit-fix.ts");
    return fixCommand(run, input, auditing, options);
  }
  const report = audit(input, defaultCatalog, { ...auditing, ...(await studyOf(run, input, options)) });
  printProblems(run, report, input);
  if (options.writeBaseline !== undefined) return writeBaseline(run, report, options.writeBaseline);
  await printAudit(run, paths, report, options);
  return exitCodeOf(report, input, options);
}

/**
 * The way to prices, usage and downtime. Where no cluster is declared there is nothing to price or to solve, and the
 * engines for it are not even loaded.
 */
async function studyOf(
  run: CommandRun,
  { estate }: Input,
  options: AuditCommandOptions,
): Promise<Pick<AuditRunOptions, "study" | "usageDiagnostics">> {
  const today = options.today ?? run.host.today();
  const { readChunks, signal } = run.host;
  const source = readChunks === undefined ? undefined : options.usage;
  if (source === undefined && estate.clusters.every(({ declared }) => declared === undefined)) return {};
  const { estateStudies } = await import("../../audit/studies/study-estate.ts");
  if (source === undefined || readChunks === undefined) return { study: estateStudies(today) };
  const { auditUsage } = await import("../../operations/audit/audit-usage.ts");
  const progress = createProgress(run);
  const measured = { source, chunks: readChunks(source, signal) };
  const usage = await auditUsage(estate, defaultCatalog, measured, { today, onProgress: progress.report, signal });
  progress.clear();
  return { study: estateStudies(today, usage), usageDiagnostics: usage.diagnostics };
}

async function printRules(run: CommandRun, { output, outputFile }: AuditCommandOptions): Promise<ExitCode> {
  const list = listAuditRules();
  if (output === "table") await printText(run, ruleListText(list, textLayout(run, outputFile)), outputFile);
  else {
    // The other formats are for findings.
    const format = output === "yaml" || output === "markdown" ? output : "json";
    await printReport(run, { data: list, document: () => ruleListDocument(list) }, format, outputFile);
  }
  return exitCode.clean;
}

function textLayout(run: CommandRun, outputFile: string | undefined): RuleListLayout {
  return {
    width: run.host.stdout.columns,
    style: outputFile === undefined ? run.outputStyle : createStyle(false),
  };
}

/** Rule ids, sub-verdicts and tables as they were asked for; a table stands for its rules. */
function expandRules(
  wanted: readonly string[] | undefined,
): { readonly codes: readonly string[] | undefined } | { readonly unknown: string } {
  if (wanted === undefined) return { codes: undefined };
  const ids = listAuditRules().rules.map(({ id }) => id);
  const codes: string[] = [];
  for (const name of wanted) {
    const matching = ids.filter((id) => id === name || id.startsWith(`${name}-`));
    const isPart = /^[A-Z]{3}-\d{3}\.\d+$/.test(name) && ids.includes(name.split(".", 1)[0] ?? "");
    if (matching.length === 0 && !isPart) return { unknown: name };
    codes.push(...(isPart ? [name] : matching));
  }
  return { codes };
}

function ruleNames(): readonly string[] {
  return listAuditRules().rules.map(({ id }) => id);
}

function refuse(run: CommandRun, what: string, name: string, candidates: readonly string[]): ExitCode {
  const nearest = nearestName(name, candidates);
  const list = what === "rule" ? '"scantling audit --list" prints them' : `one of ${candidates.join(", ")}`;
  run.host.stderr.write(
    `There is no ${what} "${name}".\n  hint: ${nearest === undefined ? "" : `did you mean "${nearest}"? `}${list}\n`,
  );
  return exitCode.cannot;
}

async function readBaseline(run: CommandRun, path: string): Promise<AuditBaseline | "unreadable"> {
  const sources = await run.host.sources.read([path], { signal: run.host.signal });
  const text = [...sources.texts.values()][0];
  const reading =
    text === undefined || sources.texts.size > 1
      ? { problem: diagnose(baselineUnreadable, { path, reason: "there is no such file" }) }
      : parseBaseline(text, path);
  if ("baseline" in reading) return reading.baseline;
  run.host.stderr.write(`${diagnosticsText([reading.problem], sources.texts, run.errorStyle)}\n`);
  return "unreadable";
}

/** What the audit itself found wrong; problems of the input were printed when it was read. */
function printProblems(run: CommandRun, { diagnostics }: Audit, { estate, sources }: Input): void {
  const own = diagnostics.filter(
    (diagnostic) =>
      !estate.diagnostics.includes(diagnostic) &&
      (diagnostic.severity === "error" || (diagnostic.severity === "warning" && !run.quiet)),
  );
  if (own.length > 0) run.host.stderr.write(`${diagnosticsText(own, sources.texts, run.errorStyle)}\n\n`);
}

async function writeBaseline(run: CommandRun, { findings }: Audit, path: string): Promise<ExitCode> {
  await run.host.writeFiles(new Map([[path, baselineText(findings)]]), { overwrite: true });
  const kept = findings.filter(
    ({ verdict, status }) => verdict === "fail" && (status === "open" || status === "baseline"),
  );
  note(run, `Wrote ${path}: ${counted(kept.length, "finding")} that no longer count with --baseline ${path}`);
  return exitCode.clean;
}

async function printAudit(
  run: CommandRun,
  paths: readonly string[],
  report: Audit,
  options: AuditCommandOptions,
): Promise<void> {
  const { output, outputFile, sort } = options;
  const folder = run.host.workingFolder;
  switch (output) {
    case "sarif":
      return printText(run, `${JSON.stringify(auditSarif(report, folder), undefined, 2)}\n`, outputFile);
    case "junit":
      return printText(run, auditJunit(report), outputFile);
    case "github":
      return printText(run, auditAnnotations(report, folder), outputFile);
    case "table": {
      const layout = { ...textLayout(run, outputFile), inFull: options.rule !== undefined, sort, paths };
      return printText(run, auditText(report, layout), outputFile);
    }
    case "json":
    case "yaml":
    case "markdown":
      return printReport(
        run,
        { data: report, document: () => auditDocument(report, { sort, paths }) },
        output,
        outputFile,
      );
  }
}

/** A defect of a rule comes first: what it hides must not look like a clean audit, nor like findings. */
function exitCodeOf(report: Audit, input: Input, { failOn }: AuditCommandOptions): ExitCode {
  const { diagnostics } = report;
  if (diagnostics.some(({ code }) => code === auditRuleDefect.code)) return exitCode.cannot;
  if (diagnostics.some(({ severity }) => severity === "error")) return exitCode.findings;
  if (failOn !== "none" && hasOpenFindings(report, failOn)) return exitCode.findings;
  return input.exitCode;
}
