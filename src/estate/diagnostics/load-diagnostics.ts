import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { shorten } from "./wording.ts";

export const seriesEmpty: DiagnosticRule<{ readonly source: string; readonly rows: number }> = {
  code: "EST-660",
  name: "series-empty",
  severity: "error",
  message: ({ source, rows }) =>
    `The load series ${shorten(source)} has ${rows === 0 ? "no row" : "one row"} that can be used: demand over time needs two.`,
  hint: () => "A series is CSV with a header, then a time and a value a row, such as 2026-11-01T00:00:00Z,42.",
};

export const seriesColumnMissing: DiagnosticRule<{
  readonly source: string;
  readonly column: string;
  readonly columns: readonly string[];
}> = {
  code: "EST-661",
  name: "series-column-missing",
  severity: "error",
  message: ({ source, column }) => `The load series ${shorten(source)} has no column "${shorten(column)}".`,
  hint: ({ columns }) => `Its header names ${shorten(columns.join(", "))}.`,
};

export const seriesRowsRefused: DiagnosticRule<{
  readonly source: string;
  readonly rows: number;
  readonly line: number;
}> = {
  code: "EST-662",
  name: "series-rows-refused",
  severity: "warning",
  message: ({ source, rows, line }) =>
    `${rows} row${rows === 1 ? "" : "s"} of the load series ${shorten(source)} ${rows === 1 ? "is" : "are"} left out, the first in line ${line}: the time cannot be read, or the value is no number from zero up.`,
  hint: () => "Times are instants such as 2026-11-01T00:00:00Z, or seconds; values are plain numbers.",
};

export const seriesUnordered: DiagnosticRule<{ readonly source: string; readonly rows: number }> = {
  code: "EST-663",
  name: "series-unordered",
  severity: "warning",
  message: ({ source, rows }) =>
    `In ${rows} place${rows === 1 ? "" : "s"} the times of the load series ${shorten(source)} go back: its rows were sorted by time.`,
  hint: () => "Sort the rows by time; if two series were joined, read them apart.",
};

export const seriesDuplicateTimes: DiagnosticRule<{ readonly source: string; readonly rows: number }> = {
  code: "EST-664",
  name: "series-duplicate-times",
  severity: "warning",
  message: ({ source, rows }) =>
    `${rows} row${rows === 1 ? "" : "s"} of the load series ${shorten(source)} ${rows === 1 ? "has" : "have"} the time of a later row, which counts instead.`,
  hint: () => "Keep one row for each time, or add them up first.",
};

export const seriesGaps: DiagnosticRule<{
  readonly source: string;
  readonly gaps: number;
  readonly filling: "hold" | "zero" | "interpolate";
}> = {
  code: "EST-665",
  name: "series-gaps",
  severity: "warning",
  message: ({ source, gaps, filling }) =>
    `The load series ${shorten(source)} has ${gaps} gap${gaps === 1 ? "" : "s"}, filled with ${fillings[filling]}.`,
  hint: () => "Say with gaps (hold, zero or interpolate) what a missing row means.",
};

const fillings = {
  hold: "the value before",
  zero: "zero",
  interpolate: "a line between the neighbours",
} as const;

export const seriesCut: DiagnosticRule<{ readonly source: string; readonly rows: number }> = {
  code: "EST-666",
  name: "series-cut",
  severity: "warning",
  message: ({ source, rows }) =>
    `The load series ${shorten(source)} is read up to ${rows.toLocaleString("en-US")} rows only; the rest is left out.`,
  hint: () => "Cut the file to the time that matters, or average it to minutes.",
};

export const seriesShorter: DiagnosticRule<{ readonly source: string; readonly days: number; readonly asked: number }> =
  {
    code: "EST-667",
    name: "series-shorter",
    severity: "warning",
    message: ({ source, days, asked }) =>
      `The load series ${shorten(source)} covers ${days} days, fewer than the ${asked} asked for: the simulation is that long.`,
    hint: () => "Ask for fewer days, or give a longer series.",
  };

export const simulationStopped: DiagnosticRule<{
  readonly strategy: string;
  readonly events: number;
  readonly hours: number;
}> = {
  code: "EST-668",
  name: "simulation-stopped",
  severity: "warning",
  message: ({ strategy, events, hours }) =>
    `The simulation of "${shorten(strategy)}" was stopped after ${events.toLocaleString("en-US")} events, at hour ${hours} of it; its figures are those up to there.`,
  hint: () => "Simulate fewer days, or raise the bound on events.",
};

export const simulatedPodsPending: DiagnosticRule<{ readonly cluster: string; readonly pods: readonly string[] }> = {
  code: "EST-669",
  name: "simulated-pods-pending",
  severity: "warning",
  message: ({ cluster, pods }) =>
    `On cluster ${shorten(cluster)} ${pods.length} pod${pods.length === 1 ? "" : "s"} of other workloads find${pods.length === 1 ? "s" : ""} no node at the beginning of the simulation, such as ${shorten(pods[0] ?? "")}.`,
  hint: () => "Ask scantling schedule why, and what would help.",
};

export const simulatedPriceMissing: DiagnosticRule<{ readonly what: string; readonly region: string }> = {
  code: "EST-670",
  name: "simulated-price-missing",
  severity: "warning",
  message: ({ what, region }) =>
    `The catalog has no price of ${shorten(what)} in ${shorten(region)}: what it costs is not evaluable in the simulation.`,
  hint: () => "Choose a region or size that is priced.",
};

export const simulatedNodesCut: DiagnosticRule<{
  readonly pool: string;
  readonly nodes: number;
  readonly maximum: number;
}> = {
  code: "EST-671",
  name: "simulated-nodes-cut",
  severity: "note",
  message: ({ pool, nodes, maximum }) =>
    `Pool ${shorten(pool)} may grow to ${maximum} nodes; the simulation lets it grow to ${nodes}.`,
};

export const scalingFieldRefused: DiagnosticRule<{ readonly object: string; readonly field: string }> = {
  code: "EST-672",
  name: "scaling-field-refused",
  severity: "warning",
  message: ({ object, field }) =>
    `${shorten(object)} scales by ${shorten(field)}, which the simulation cannot follow: it is left out.`,
  hint: () => "CPU utilisation, request rates, queue lengths and cron triggers are followed.",
};

export const strategyLeftOut: DiagnosticRule<{ readonly strategy: string; readonly reason: string }> = {
  code: "EST-673",
  name: "strategy-left-out",
  severity: "warning",
  message: ({ strategy, reason }) => `The strategy "${strategy}" is left out: ${shorten(reason)}.`,
  hint: ({ strategy }) =>
    strategy === "off-hours"
      ? "Declare the hours of the environment, such as Mon-Fri 07:00-19:00, or name one that has them with --environment."
      : "Choose a region that is priced, or leave the strategy away.",
};

/** Every problem of load series and their simulation, for the catalogue of diagnostics. */
export const loadDiagnosticRules = [
  seriesEmpty,
  seriesColumnMissing,
  seriesRowsRefused,
  seriesUnordered,
  seriesDuplicateTimes,
  seriesGaps,
  seriesCut,
  seriesShorter,
  simulationStopped,
  simulatedPodsPending,
  simulatedPriceMissing,
  simulatedNodesCut,
  scalingFieldRefused,
  strategyLeftOut,
] as const;
