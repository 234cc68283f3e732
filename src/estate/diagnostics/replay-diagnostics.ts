import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { shorten } from "./wording.ts";

export const traceColumnMissing: DiagnosticRule<{
  readonly file: string;
  readonly column: string;
  readonly accepted: string;
}> = {
  code: "EST-680",
  name: "trace-column-missing",
  severity: "error",
  message: ({ file, column }) => `${shorten(file)} has no column for the ${column}, so none of its rows can be used.`,
  hint: ({ accepted }) => `Name the column ${accepted} in the first row.`,
};

export const traceRowRefused: DiagnosticRule<{ readonly row: string; readonly problem: string }> = {
  code: "EST-681",
  name: "trace-row-refused",
  severity: "error",
  message: ({ row, problem }) => `${shorten(row)} is left out of the replay: ${problem}.`,
  hint: () => "Correct the row, or take it out of the file.",
};

export const failureTargetUnknown: DiagnosticRule<{
  readonly kind: string;
  readonly name: string;
  readonly near: string | undefined;
  readonly known: string;
}> = {
  code: "EST-682",
  name: "failure-target-unknown",
  severity: "error",
  message: ({ kind, name }) => `There is no ${kind} called "${shorten(name)}" to fail or upgrade.`,
  hint: ({ near, known }) => (near === undefined ? `There is ${known}.` : `Did you mean ${near}?`),
};

export const nothingToFail: DiagnosticRule<{ readonly cluster: string }> = {
  code: "EST-683",
  name: "nothing-to-fail",
  severity: "warning",
  message: ({ cluster }) => `${shorten(cluster)} has no node, so nothing can fail or be upgraded there.`,
  hint: () => "Declare node pools of a VM size that the catalog knows, or give nodes in the file.",
};

export const upgradeStopped: DiagnosticRule<{ readonly pool: string; readonly events: number }> = {
  code: "EST-684",
  name: "upgrade-stopped",
  severity: "warning",
  message: ({ pool, events }) =>
    `The upgrade of ${shorten(pool)} was stopped after ${events} events: its end is not evaluable.`,
  hint: () => "Priorities that evict one another again and again do this: look at the PriorityClasses of the pods.",
};

export const surgeUnreadable: DiagnosticRule<{ readonly pool: string; readonly value: string }> = {
  code: "EST-685",
  name: "surge-unreadable",
  severity: "error",
  message: ({ pool, value }) =>
    `The surge "${shorten(value)}" of ${shorten(pool)} is neither a number of nodes nor a percentage, so its upgrade is not evaluable.`,
  hint: () => 'Write maxSurge as 2 or as "33%".',
};

export const traceIncomplete: DiagnosticRule<{ readonly missing: string }> = {
  code: "EST-686",
  name: "trace-incomplete",
  severity: "error",
  message: ({ missing }) => `A cluster given as tables needs both files, and ${missing} is not given.`,
  hint: () => "Give --nodes FILE and --pods FILE together.",
};

/** Every problem that a replay of failures and upgrades can report, for the catalogue of diagnostics. */
export const replayDiagnosticRules = [
  traceColumnMissing,
  traceRowRefused,
  failureTargetUnknown,
  nothingToFail,
  upgradeStopped,
  surgeUnreadable,
  traceIncomplete,
] as const;
