import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { didYouMean, shorten } from "./wording.ts";

export const pricedSizeUnknown: DiagnosticRule<{
  readonly vmSize: string;
  /** Sizes of the catalog. */
  readonly candidates: readonly string[];
}> = {
  code: "EST-750",
  name: "priced-size-unknown",
  severity: "error",
  message: ({ vmSize }) => `The catalog knows no VM size "${shorten(vmSize)}", so it has no price.`,
  hint: ({ vmSize, candidates }) =>
    `${didYouMean(vmSize, candidates)} Sizes are written as Azure does, such as Standard_D4s_v5.`,
};

export const pricedRegionUnknown: DiagnosticRule<{ readonly region: string; readonly candidates: readonly string[] }> =
  {
    code: "EST-751",
    name: "priced-region-unknown",
    severity: "error",
    message: ({ region }) => `The catalog has no prices of virtual machines for region "${shorten(region)}".`,
    hint: ({ region, candidates }) => didYouMean(region, candidates),
  };

export const priceMissing: DiagnosticRule<{ readonly vmSize: string; readonly region: string }> = {
  code: "EST-752",
  name: "price-missing",
  severity: "warning",
  message: ({ vmSize, region }) => `No source of the catalog states a price of ${vmSize} in ${region}.`,
  hint: () => "The size may not be sold there: choose another region or size, or refresh the price catalog.",
};

/** Problems of samples are counted: one diagnostic a kind, with the first place. */
interface CountedSamples {
  readonly count: number;
  readonly first: string;
}

export const usageUnreadable: DiagnosticRule<CountedSamples & { readonly problem: string }> = {
  code: "EST-753",
  name: "usage-unreadable",
  severity: "error",
  message: ({ count, first, problem }) =>
    `${lines(count)} of the usage cannot be read and ${are(count)} left out, the first at ${shorten(first)}: ${shorten(problem)}.`,
  hint: () =>
    "Write CSV with a header, or one JSON object a line: time, namespace, pod or workload, cpuCores, memoryGiB.",
};

export const usageNotANumber: DiagnosticRule<CountedSamples> = {
  code: "EST-754",
  name: "usage-not-a-number",
  severity: "warning",
  message: ({ count, first }) =>
    `${samples(count)} ${have(count)} a usage that is no number (such as NaN), the first at ${shorten(first)}; the request counts there.`,
  hint: () => "Prometheus answers NaN where a rate has no points: leave such samples out of the export.",
};

export const usageNegative: DiagnosticRule<CountedSamples> = {
  code: "EST-755",
  name: "usage-negative",
  severity: "warning",
  message: ({ count, first }) =>
    `${samples(count)} ${have(count)} a negative usage, the first at ${shorten(first)}; the request counts there.`,
  hint: () => "A counter that restarted gives negative differences: export rate(), not differences.",
};

export const usageAboveCapacity: DiagnosticRule<CountedSamples> = {
  code: "EST-756",
  name: "usage-above-capacity",
  severity: "warning",
  message: ({ count, first }) =>
    `${samples(count)} ${have(count)} more usage than a node of the workload's pool has, the first at ${shorten(first)}; the request counts there.`,
  hint: () => "Check the units: cpuCores are cores, not millicores or percent; memoryGiB are GiB, not bytes.",
};

export const usageDuplicate: DiagnosticRule<CountedSamples> = {
  code: "EST-757",
  name: "usage-duplicate",
  severity: "warning",
  message: ({ count, first }) =>
    `${samples(count)} ${are(count)} there twice for the same pod and time, the first at ${shorten(first)}; the earlier one counts.`,
  hint: () => "Sum the containers of a pod before export, and drop the label of the scraping replica.",
};

export const usageOutOfOrder: DiagnosticRule<CountedSamples> = {
  code: "EST-758",
  name: "usage-out-of-order",
  severity: "warning",
  message: ({ count, first }) =>
    `${samples(count)} ${have(count)} a time before one that was read already, the first at ${shorten(first)}; they are left out.`,
  hint: () => "Sort the file by time: it is read as a stream, so that its length does not matter.",
};

export const usageGap: DiagnosticRule<{
  readonly gaps: number;
  readonly steps: number;
  readonly first: string;
}> = {
  code: "EST-759",
  name: "usage-gap",
  severity: "warning",
  message: ({ gaps, steps, first }) =>
    `The usage has ${gaps === 1 ? "a gap" : `${gaps} gaps`} of ${steps} ${steps === 1 ? "step" : "steps"} together, the first after ${shorten(first)}; requests count there.`,
  hint: () => "Give --step the sampling step if it is longer than the file's first two times suggest.",
};

export const usageOfNobody: DiagnosticRule<CountedSamples> = {
  code: "EST-760",
  name: "usage-of-nobody",
  severity: "warning",
  message: ({ count, first }) =>
    `${samples(count)} ${are(count)} of pods that no workload of the estate declares, or that several could be, such as ${shorten(first)}; they are left out.`,
  hint: () =>
    "Name the workload (Kind/name) and, where it runs in several clusters, cluster and environment in columns.",
};

export const usageScaledDown: DiagnosticRule<{ readonly steps: number; readonly capacity: string }> = {
  code: "EST-761",
  name: "usage-scaled-down",
  severity: "note",
  message: ({ steps, capacity }) =>
    `In ${steps} ${steps === 1 ? "step" : "steps"} requests and bursts together passed the ${shorten(capacity)}: charges are scaled down to it.`,
};

export const usageEmpty: DiagnosticRule<{ readonly source: string }> = {
  code: "EST-762",
  name: "usage-empty",
  severity: "warning",
  message: ({ source }) => `${shorten(source)} has no usable sample: everything is allocated by requests alone.`,
  hint: () => "The first line of a CSV is its header: time, namespace, pod or workload, cpuCores, memoryGiB.",
};

export const allocationNameUnknown: DiagnosticRule<{ readonly name: string; readonly candidates: readonly string[] }> =
  {
    code: "EST-763",
    name: "allocation-name-unknown",
    severity: "warning",
    message: ({ name }) => `Nobody is called "${shorten(name)}" in this allocation, so its share stays where it is.`,
    hint: ({ name, candidates }) => didYouMean(name, candidates),
  };

export const costHistoryUnusable: DiagnosticRule<{ readonly source: string; readonly problem: string }> = {
  code: "EST-790",
  name: "cost-history-unusable",
  severity: "error",
  message: ({ source, problem }) => `The cost history ${shorten(source)} cannot be used as it is: ${shorten(problem)}.`,
  hint: () =>
    "A history is CSV with a header: date,tenant,cost (and item, if known), FOCUS, or a cost export of Azure with a tag tenant.",
};

export const costHistoryRowsRefused: DiagnosticRule<{
  readonly source: string;
  readonly rows: number;
  readonly line: number;
  readonly problem: string;
}> = {
  code: "EST-791",
  name: "cost-history-rows-refused",
  severity: "warning",
  message: ({ source, rows, line, problem }) =>
    `${lines(rows)} of the cost history ${shorten(source)} ${are(rows)} left out, the first in line ${line}: ${shorten(problem)}.`,
  hint: () => "Dates are written 2026-11-22, months 2026-11; costs are plain numbers in the currency of the bill.",
};

export const costHistoryDuplicates: DiagnosticRule<{
  readonly source: string;
  readonly rows: number;
  readonly line: number;
}> = {
  code: "EST-792",
  name: "cost-history-duplicates",
  severity: "warning",
  message: ({ source, rows, line }) =>
    `${lines(rows)} of the cost history ${shorten(source)} ${rows === 1 ? "repeats" : "repeat"} an earlier one, the first in line ${line}; each counts once.`,
  hint: () => "An export that is joined twice counts double: keep one copy of each day.",
};

export const costHistoryNegative: DiagnosticRule<{
  readonly source: string;
  readonly rows: number;
  readonly line: number;
}> = {
  code: "EST-793",
  name: "cost-history-negative",
  severity: "warning",
  message: ({ source, rows, line }) =>
    `${lines(rows)} of the cost history ${shorten(source)} ${rows === 1 ? "has" : "have"} a cost below zero, the first in line ${line}: taken off as a credit, and a period that is below zero as a whole counts as a gap.`,
  hint: () => "Book credits in the period that they are for, or leave them out of the history.",
};

export const costHistoryGaps: DiagnosticRule<{
  readonly source: string;
  readonly tenant: string;
  readonly periods: number;
  readonly step: "day" | "month";
  readonly first: string;
}> = {
  code: "EST-794",
  name: "cost-history-gaps",
  severity: "warning",
  message: ({ source, tenant, periods, step, first }) =>
    `The cost history ${shorten(source)} has no usable cost of ${shorten(tenant)} for ${periods} ${periods === 1 ? step : `${step}s`}, the first from ${first}: they are taken to lie between their neighbours.`,
  hint: () => "Write a row with cost 0 for a period that cost nothing.",
};

export const costHistoryTooShort: DiagnosticRule<{
  readonly tenant: string;
  readonly periods: number;
  readonly needed: number;
  readonly step: "day" | "month";
}> = {
  code: "EST-795",
  name: "cost-history-too-short",
  severity: "warning",
  message: ({ tenant, periods, needed, step }) =>
    `The history of ${shorten(tenant)} has ${periods} ${periods === 1 ? step : `${step}s`}, fewer than the ${needed} that a forecast needs: it is not evaluable.`,
  hint: () => "Give a longer history; three weeks tell the days of the week apart, two years the months.",
};

function samples(count: number): string {
  return `${count} ${count === 1 ? "sample" : "samples"}`;
}

function lines(count: number): string {
  return `${count} ${count === 1 ? "line" : "lines"}`;
}

function have(count: number): string {
  return count === 1 ? "has" : "have";
}

function are(count: number): string {
  return count === 1 ? "is" : "are";
}

/** Every problem that prices, usage and allocation can report, for the catalogue of diagnostics. */
export const finopsDiagnosticRules = [
  pricedSizeUnknown,
  pricedRegionUnknown,
  priceMissing,
  usageUnreadable,
  usageNotANumber,
  usageNegative,
  usageAboveCapacity,
  usageDuplicate,
  usageOutOfOrder,
  usageGap,
  usageOfNobody,
  usageScaledDown,
  usageEmpty,
  allocationNameUnknown,
  costHistoryUnusable,
  costHistoryRowsRefused,
  costHistoryDuplicates,
  costHistoryNegative,
  costHistoryGaps,
  costHistoryTooShort,
] as const;
