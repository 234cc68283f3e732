import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { shorten } from "./wording.ts";

/** Problems of rows are counted: one diagnostic a kind, with the first line. */
interface CountedRows {
  readonly source: string;
  readonly count: number;
  readonly firstLine: number;
}

const columns = "Write CSV with a header: time, pool, nodes, and cluster where pools of several clusters share a name.";

export const nodeHoursUnreadable: DiagnosticRule<CountedRows & { readonly problem: string }> = {
  code: "EST-764",
  name: "node-hours-unreadable",
  severity: "error",
  message: ({ source, count, firstLine, problem }) =>
    `${rows(count)} of ${shorten(source)} cannot be read and ${are(count)} left out, the first in line ${firstLine}: ${shorten(problem)}.`,
  hint: () => columns,
};

export const nodeHoursOfNoPool: DiagnosticRule<CountedRows & { readonly name: string }> = {
  code: "EST-765",
  name: "node-hours-of-no-pool",
  severity: "warning",
  message: ({ source, count, firstLine, name }) =>
    `${rows(count)} of ${shorten(source)} ${are(count)} of a pool that the estate does not have, has as spot, or has more than once, such as ${shorten(name)} in line ${firstLine}; they are left out.`,
  hint: () => columns,
};

export const nodeHoursRefused: DiagnosticRule<CountedRows> = {
  code: "EST-766",
  name: "node-hours-refused",
  severity: "warning",
  message: ({ source, count, firstLine }) =>
    `${rows(count)} of ${shorten(source)} ${count === 1 ? "has" : "have"} a number of nodes that is negative, not a number or above 100,000, the first in line ${firstLine}; they are left out.`,
  hint: () => "Export counts of nodes, or their averages over an hour; Prometheus answers NaN where it has no points.",
};

export const nodeHoursBeyond: DiagnosticRule<CountedRows & { readonly most: number }> = {
  code: "EST-773",
  name: "node-hours-beyond",
  severity: "warning",
  message: ({ source, count, firstLine, most }) =>
    `${shorten(source)} has more than ${most.toLocaleString("en-US")} usable rows: the ${rows(count)} from line ${firstLine} on ${are(count)} left out.`,
  hint: () => "Average over an hour before the export, or give a shorter time.",
};

export const nodeHoursUneven: DiagnosticRule<{
  readonly source: string;
  readonly duplicates: number;
  readonly gaps: number;
  readonly missing: number;
}> = {
  code: "EST-767",
  name: "node-hours-uneven",
  severity: "warning",
  message: ({ source, duplicates, gaps, missing }) =>
    `${shorten(source)} is uneven: ${counts([
      [duplicates, "row", "for a pool and time that were there already, of which the last counts"],
      [gaps, "gap", "between times, which count for nothing"],
      [missing, "time", "at which a pool has no row, where its last number goes on"],
    ])}.`,
  hint: () => "Export every pool at every step, sorted by time.",
};

export const mixNotProven: DiagnosticRule<{ readonly percent: number }> = {
  code: "EST-768",
  name: "mix-not-proven",
  severity: "note",
  message: ({ percent }) =>
    `Another mix could be cheaper by at most ${percent} %: demand has more states than are told apart when choosing, or plans of both terms meet, for which Azure's order is not free to choose.`,
};

export const nodeHoursEmpty: DiagnosticRule<{ readonly source: string }> = {
  code: "EST-769",
  name: "node-hours-empty",
  severity: "error",
  message: ({ source }) =>
    `${shorten(source)} has no usable row, or only one time: commitments are chosen for the declared nodes.`,
  hint: () => columns,
};

function counts(parts: readonly (readonly [count: number, noun: string, what: string])[]): string {
  return parts
    .filter(([count]) => count > 0)
    .map(([count, noun, what]) => `${count} ${noun}${count === 1 ? "" : "s"} ${what}`)
    .join("; ");
}

function rows(count: number): string {
  return `${count} ${count === 1 ? "row" : "rows"}`;
}

function are(count: number): string {
  return count === 1 ? "is" : "are";
}

export const commitmentDiagnosticRules = [
  nodeHoursUnreadable,
  nodeHoursOfNoPool,
  nodeHoursRefused,
  nodeHoursBeyond,
  nodeHoursUneven,
  mixNotProven,
  nodeHoursEmpty,
] as const;
