import type { Finding, FindingSeverity } from "../../audit/finding.ts";
import { kustomizeComponents } from "../../audit/source-edits/kustomize-component.ts";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { fileNotReplaced, fixNeedsFiles, fixNotWritten } from "../../estate/diagnostics/audit-fix-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { joinSourcePath } from "../../estate/sources/source-path.ts";
import { type AuditRunOptions, audit, hasOpenFindings } from "../../operations/audit/audit.ts";
import { type AuditFix, fixAudit } from "../../operations/audit/audit-fix.ts";
import type { Audit } from "../../operations/audit/audit-report.ts";
import type { ReadEstate } from "../../operations/read-estate.ts";
import type { CommandRun } from "../command-host.ts";
import { note } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { auditFixText } from "../reporters/audit-fix-text.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { unifiedDiff } from "../reporters/unified-diff.ts";
import { counted } from "../reporters/words.ts";

export interface FixOptions {
  readonly fixAs?: "source" | "patch";
  /** Folder that patches go to. */
  readonly to?: string;
  readonly dryRun: boolean;
  readonly failOn: FindingSeverity | "none";
}

/** `scantling audit --fix`: writes fixes into the sources, or as a Kustomize component; then says what is left. */
export async function fixCommand(
  run: CommandRun,
  input: ReadEstate,
  auditing: AuditRunOptions,
  options: FixOptions,
): Promise<ExitCode> {
  const asPatch = options.fixAs === "patch";
  if (asPatch && options.to === undefined) {
    run.host.stderr.write("--fix-as patch needs a folder to write to.\n  hint: add --to FOLDER, such as --to fixes\n");
    return exitCode.cannot;
  }
  if (!asPatch && input.sources.texts.has("-")) return printProblems(run, input, [diagnose(fixNeedsFiles, {})]);
  const fix = fixAudit(input, defaultCatalog, auditing);
  const remaining = audit(fix.after, defaultCatalog, auditing);
  const replacements = asPatch ? componentFiles(input, fix, options.to ?? "") : sourceFiles(input, fix);
  if (options.dryRun) {
    run.host.stdout.write(replacements.map(({ path, before, after }) => unifiedDiff(path, before, after)).join(""));
    note(run, `Nothing was written: ${counted(replacements.length, "file")} would change.`);
    return exitCodeOf(remaining, options);
  }
  const kept = asPatch ? await writeNew(run, replacements) : await run.host.replaceFiles(replacements);
  if (kept.length > 0) {
    return printProblems(
      run,
      input,
      kept.map(({ path, reason }) => diagnose(fileNotReplaced, { path, reason })),
    );
  }
  printProblems(run, input, run.quiet ? [] : refusals(fix));
  run.host.stdout.write(
    auditFixText({ fix, remaining, replacements, asPatch }, { style: run.outputStyle, width: run.host.stdout.columns }),
  );
  return exitCodeOf(remaining, options);
}

/** A file as it is and as it becomes. */
interface FileChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string;
}

function sourceFiles({ sources }: ReadEstate, { texts }: AuditFix): readonly FileChange[] {
  return [...texts].map(([path, after]) => ({ path, before: sources.texts.get(path), after }));
}

function componentFiles(input: ReadEstate, fix: AuditFix, folder: string): readonly FileChange[] {
  const files = kustomizeComponents(input.estate, fix.after.estate);
  return [...files].map(([path, after]) => ({ path: joinSourcePath(folder, path), before: undefined, after }));
}

async function writeNew(run: CommandRun, files: readonly FileChange[]) {
  await run.host.writeFiles(new Map(files.map(({ path, after }) => [path, after])), { overwrite: true });
  return [];
}

/** Fixes that are not written, one line for each rule and reason. */
function refusals({ refused }: AuditFix): readonly Diagnostic[] {
  const groups = Map.groupBy(refused, ({ finding, reason }) => `${finding.rule}\n${reason}`);
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const subjects = [...new Set([first, ...others].map(({ finding }) => shortSubject(finding)))];
    return [diagnose(fixNotWritten, { rule: first.finding.rule, subjects, reason: first.reason })];
  });
}

function shortSubject({ subject, subjectLabel, environment }: Finding): string {
  return environment === undefined || subjectLabel === subject ? subject : `${subjectLabel} (${environment})`;
}

function printProblems(run: CommandRun, { sources }: ReadEstate, problems: readonly Diagnostic[]): ExitCode {
  if (problems.length > 0) run.host.stderr.write(`${diagnosticsText(problems, sources.texts, run.errorStyle)}\n\n`);
  return exitCode.cannot;
}

function exitCodeOf(remaining: Audit, { failOn }: FixOptions): ExitCode {
  if (remaining.diagnostics.some(({ severity }) => severity === "error")) return exitCode.findings;
  return failOn !== "none" && hasOpenFindings(remaining, failOn) ? exitCode.findings : exitCode.clean;
}
