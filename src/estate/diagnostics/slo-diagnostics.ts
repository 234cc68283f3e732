import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { shorten } from "./wording.ts";

interface Named {
  readonly slo: string;
}

export const targetLeavesNoBudget: DiagnosticRule<Named & { readonly target: string }> = {
  code: "EST-820",
  name: "target-leaves-no-budget",
  severity: "error",
  message: ({ slo, target }) =>
    `SLO ${shorten(slo)} asks for ${target}, of which no error budget can be made: its rules and its budget are not evaluable.`,
  hint: () => "Write a target above 0 and below 100 %, such as 0.999.",
};

export const indicatorMissing: DiagnosticRule<Named> = {
  code: "EST-821",
  name: "indicator-missing",
  severity: "error",
  message: ({ slo }) => `SLO ${shorten(slo)} has no indicator, so there is nothing to write rules for.`,
  hint: () => "Add spec.indicator with a ratioMetric; scantling slo propose writes one that fits the workloads.",
};

export const indicatorUnusable: DiagnosticRule<Named & { readonly problem: string; readonly remedy: string }> = {
  code: "EST-822",
  name: "indicator-unusable",
  severity: "error",
  message: ({ slo, problem }) => `The indicator of SLO ${shorten(slo)} cannot be made into rules: ${problem}.`,
  hint: ({ remedy }) => remedy,
};

export const objectiveIdTaken: DiagnosticRule<Named & { readonly id: string; readonly other: string }> = {
  code: "EST-823",
  name: "objective-id-taken",
  severity: "error",
  message: ({ slo, id, other }) =>
    `SLO ${shorten(slo)} would record under the id ${shorten(id)}, as ${shorten(other)} does already; it is left out.`,
  hint: () => "Give the two different names: the id is made of service and name.",
};

export const alertCannotFire: DiagnosticRule<Named & { readonly factor: string; readonly long: string }> = {
  code: "EST-824",
  name: "alert-cannot-fire",
  severity: "warning",
  message: ({ slo, factor, long }) =>
    `Even if every request fails, SLO ${shorten(slo)} does not burn ${factor} times its budget, so its ${long} alert could never fire and is left out.`,
  hint: () => "Nothing is lost; a stricter target would bring the alert back.",
};

export const windowUnusable: DiagnosticRule<Named & { readonly window: string }> = {
  code: "EST-825",
  name: "objective-window-unusable",
  severity: "error",
  message: ({ slo, window }) =>
    `The window of SLO ${shorten(slo)}, ${window}, is too short for burn-rate alerts: its rules are not evaluable.`,
  hint: () => "Use a window of at least 2 hours; 28d and 30d are usual.",
};

export const calendarWindowRolls: DiagnosticRule<Named & { readonly window: string }> = {
  code: "EST-826",
  name: "calendar-window-rolls",
  severity: "warning",
  message: ({ slo, window }) =>
    `The window of SLO ${shorten(slo)} follows the calendar, which rules cannot: they look at the last ${window}.`,
  hint: () => "Read the budget of the calendar period from scantling slo budget --series.",
};

export const sliceMissing: DiagnosticRule<Named & { readonly method: string }> = {
  code: "EST-827",
  name: "time-slice-missing",
  severity: "error",
  message: ({ slo, method }) =>
    `SLO ${shorten(slo)} counts its budget by ${method}, but does not say what a slice is: its rules are not evaluable.`,
  hint: () => "Add timeSliceWindow, such as 1m, and for Timeslices timeSliceTarget to the objective.",
};

export const conditionUnusable: DiagnosticRule<Named & { readonly condition: string; readonly problem: string }> = {
  code: "EST-828",
  name: "alert-condition-unusable",
  severity: "error",
  message: ({ slo, condition, problem }) =>
    `Alert condition ${shorten(condition)} of SLO ${shorten(slo)} is left out: ${problem}.`,
  hint: () => "Use op gt or gte, a threshold above 0 and a lookbackWindow no longer than the window of the SLO.",
};

export const seriesColumnMissing: DiagnosticRule<{
  readonly file: string;
  readonly column: string;
  readonly accepted: string;
}> = {
  code: "EST-830",
  name: "indicator-column-missing",
  severity: "error",
  message: ({ file, column }) => `${shorten(file)} has no column for the ${column}, so none of its rows can be used.`,
  hint: ({ accepted }) => `Name the column ${accepted} in the first row.`,
};

export const seriesRowRefused: DiagnosticRule<{
  readonly file: string;
  readonly line: number;
  readonly problem: string;
}> = {
  code: "EST-831",
  name: "series-row-refused",
  severity: "error",
  message: ({ file, line, problem }) => `Line ${line} of ${shorten(file)} is left out: ${problem}.`,
  hint: () => "Correct the row or take it out; a gap counts as no traffic.",
};

export const seriesRowsRefused: DiagnosticRule<{ readonly file: string; readonly rows: number }> = {
  code: "EST-832",
  name: "indicator-rows-refused",
  severity: "error",
  message: ({ file, rows }) => `${rows} more rows of ${shorten(file)} are left out for the same kinds of reasons.`,
  hint: () => "Mend the rows that are named first.",
};

export const seriesTooShort: DiagnosticRule<{
  readonly file: string;
  readonly covered: string;
  readonly window: string;
}> = {
  code: "EST-833",
  name: "series-too-short",
  severity: "warning",
  message: ({ file, covered, window }) =>
    `${shorten(file)} covers ${covered}, less than the window of ${window}: the budget is that of a whole ${window} of the same traffic.`,
  hint: ({ window }) => `Give a series of at least ${window}, or a shorter --window.`,
};

export const seriesTooCoarse: DiagnosticRule<{
  readonly file: string;
  readonly step: string;
  readonly alert: string;
}> = {
  code: "EST-834",
  name: "series-too-coarse",
  severity: "warning",
  message: ({ file, step, alert }) =>
    `The rows of ${shorten(file)} are ${step} apart, so the ${alert} alert is not evaluable on them.`,
  hint: () => "Export the series in steps of one minute.",
};

export const seriesEmpty: DiagnosticRule<{ readonly file: string }> = {
  code: "EST-835",
  name: "indicator-series-empty",
  severity: "error",
  message: ({ file }) => `${shorten(file)} holds no usable row, so there is nothing to simulate.`,
  hint: () => "Give a CSV file with the columns time, good and total, in order of time.",
};

export const guardNotWritten: DiagnosticRule<Named> = {
  code: "EST-836",
  name: "traffic-guard-not-written",
  severity: "warning",
  message: ({ slo }) =>
    `The alerts of SLO ${shorten(slo)} get no guard against little traffic: its indicator does not count events by rate or increase.`,
  hint: () => "Write good (or bad) and total with rate(...[{{.window}}]).",
};

/** Every problem of service level objectives, their rules and their series, for the catalogue of diagnostics. */
export const sloDiagnosticRules = [
  targetLeavesNoBudget,
  indicatorMissing,
  indicatorUnusable,
  objectiveIdTaken,
  alertCannotFire,
  windowUnusable,
  calendarWindowRolls,
  sliceMissing,
  conditionUnusable,
  seriesColumnMissing,
  seriesRowRefused,
  seriesRowsRefused,
  seriesTooShort,
  seriesTooCoarse,
  seriesEmpty,
  guardNotWritten,
] as const;
