import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { shorten } from "./wording.ts";

interface Unwritten {
  /** Rule with its sub-verdict. */
  readonly rule: string;
  /** What the findings speak of. */
  readonly subjects: readonly string[];
  /** A clause without a full stop. */
  readonly reason: string;
}

export const fixNotWritten: DiagnosticRule<Unwritten> = {
  code: "EST-620",
  name: "fix-not-written",
  severity: "warning",
  message: ({ rule, subjects, reason }) =>
    `The fix of ${rule} for ${subjects.slice(0, 3).map(shorten).join(", ")}${subjects.length > 3 ? ` and ${subjects.length - 3} more` : ""} is not written: ${reason}.`,
  hint: ({ rule }) => `Change it by hand: "scantling audit PATH --rule ${rule}" says what.`,
};

export const fixNeedsFiles: DiagnosticRule<Record<never, never>> = {
  code: "EST-621",
  name: "fix-needs-files",
  severity: "error",
  message: () => "Standard input cannot be fixed.",
  hint: () => "Name the files or folders that hold the manifests, or write the fixes with --fix-as patch --to FOLDER.",
};

export const fileNotReplaced: DiagnosticRule<{ readonly path: string; readonly reason: string }> = {
  code: "EST-622",
  name: "file-not-replaced",
  severity: "error",
  message: ({ path, reason }) => `No fix was written, because of ${shorten(path)}: ${reason}.`,
  hint: () => "Put the file right and run it again; --dry-run prints the changes without writing.",
};

/** Every rule of fixes, for the catalogue. */
export const auditFixDiagnosticRules = [fixNotWritten, fixNeedsFiles, fileNotReplaced] as const;
