import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { shorten } from "./wording.ts";

export const planNeedsFiles: DiagnosticRule<undefined> = {
  code: "EST-915",
  name: "plan-needs-files",
  severity: "error",
  message: () => "A plan cannot be written into standard input.",
  hint: () => "Name the file or folder that declares the estate.",
};

export const documentNotWritten: DiagnosticRule<{ readonly document: string; readonly reason: string }> = {
  code: "EST-916",
  name: "document-not-written",
  severity: "error",
  message: ({ document, reason }) => `${shorten(document)} cannot be written: ${reason}.`,
  hint: () => "Write the document in plain YAML, without anchors at the place that changes, and run it again.",
};

interface Unplaced {
  readonly workload: string;
  readonly pool: string;
  /** A clause without a full stop. */
  readonly reason: string;
  /** What to set, on one line of YAML; empty where nothing would help. */
  readonly values: string;
}

export const placementNotWritten: DiagnosticRule<Unplaced> = {
  code: "EST-917",
  name: "placement-not-written",
  severity: "warning",
  message: ({ workload, pool, reason }) =>
    `The manifests of ${shorten(workload)} do not bring its pods to pool ${pool}: ${reason}.`,
  hint: ({ values }) =>
    values === "" ? "Give it an Application document that names its clusters." : `Set in its pod template: ${values}`,
};

export const planFileNotReplaced: DiagnosticRule<{ readonly path: string; readonly reason: string }> = {
  code: "EST-918",
  name: "plan-file-not-replaced",
  severity: "error",
  message: ({ path, reason }) => `Nothing was written, because of ${shorten(path)}: ${reason}.`,
  hint: () => "Put the file right and run it again; --dry-run prints the changes without writing.",
};

export const planNotReached: DiagnosticRule<{ readonly differences: readonly string[] }> = {
  code: "EST-919",
  name: "plan-not-reached",
  severity: "warning",
  message: ({ differences }) => `The written estate is not yet the planned one: ${differences.join("; ")}.`,
  hint: () => "Run scantling plan on it: its steps say what is left.",
};

export const planWritingDiagnosticRules = [
  planNeedsFiles,
  documentNotWritten,
  placementNotWritten,
  planFileNotReplaced,
  planNotReached,
] as const;
