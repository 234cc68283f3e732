import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { didYouMean, shorten } from "./wording.ts";

export const prometheusWarning: DiagnosticRule<{
  readonly server: string;
  readonly count: number;
  readonly first: string;
}> = {
  code: "EST-776",
  name: "prometheus-warning",
  severity: "warning",
  message: ({ server, count, first }) =>
    `${shorten(server)} answered ${count} ${count === 1 ? "query" : "queries"} in part or with a warning, the first: ${shorten(first)}.`,
  hint: () => "Usage may be missing: look at the stores and replicas behind the server, and ask again.",
};

export const prometheusSeriesMissing: DiagnosticRule<{
  readonly server: string;
  readonly metric: string;
  readonly instead: string;
}> = {
  code: "EST-777",
  name: "prometheus-series-missing",
  severity: "warning",
  message: ({ server, metric, instead }) => `${shorten(server)} has no series ${metric} in the window: ${instead}.`,
  hint: ({ metric }) =>
    metric.startsWith("kube_")
      ? "Scrape kube-state-metrics, and keep this series where a list of allowed ones filters."
      : "Scrape the cAdvisor of the kubelets, and keep this series where a list of allowed ones filters.",
};

export const prometheusClusterUnknown: DiagnosticRule<{
  readonly server: string;
  readonly label: string;
  readonly value: string;
  readonly candidates: readonly string[];
}> = {
  code: "EST-778",
  name: "prometheus-cluster-unknown",
  severity: "warning",
  message: ({ server, label, value }) =>
    `Series of ${shorten(server)} have ${shorten(label)}="${shorten(value)}", and no cluster is declared by that name, so their usage counts for nobody.`,
  hint: ({ value, candidates }) =>
    `${didYouMean(value, candidates)} Name the label that holds the declared name with --cluster-label.`,
};

export const priceSetCut: DiagnosticRule<{ readonly source: string; readonly rows: number }> = {
  code: "EST-779",
  name: "price-set-cut",
  severity: "warning",
  message: ({ source, rows }) =>
    `${shorten(source)} ends after ${rows.toLocaleString("en-US")} rows with a link to a further page, so prices may be missing.`,
  hint: () => "Download all pages: follow NextPageLink until it is empty, or leave --from out.",
};

export const priceSetUnreadable: DiagnosticRule<{
  readonly source: string;
  readonly count: number;
  readonly problem: string;
}> = {
  code: "EST-780",
  name: "price-set-unreadable",
  severity: "warning",
  message: ({ source, count, problem }) =>
    `${count} ${count === 1 ? "part" : "parts"} of ${shorten(source)} cannot be read and ${are(count)} left out: ${shorten(problem)}.`,
  hint: () => "Give rows of the Azure Retail Prices API: a JSON array, its pages, or one JSON object a line.",
};

export const priceRegionEmpty: DiagnosticRule<{ readonly source: string; readonly region: string }> = {
  code: "EST-781",
  name: "price-region-empty",
  severity: "error",
  message: ({ source, region }) =>
    region === ""
      ? `${shorten(source)} has no price of a VM size.`
      : `${shorten(source)} has no price of a VM size in ${shorten(region)}.`,
  hint: () => "Write regions as Azure does, such as westeurope; the list covers the public cloud only.",
};

export const priceCheckFailed: DiagnosticRule<{ readonly count: number; readonly first: string }> = {
  code: "EST-782",
  name: "price-check-failed",
  severity: "error",
  message: ({ count, first }) =>
    `${count} ${count === 1 ? "price fails a check" : "prices fail checks"}, so nothing is written; the first: ${shorten(first)}.`,
  hint: () => "Look at the rows; --without-failed writes the layer without them, and what ships stands for them.",
};

export const priceLayerUnreadable: DiagnosticRule<{ readonly file: string; readonly problem: string }> = {
  code: "EST-783",
  name: "price-layer-unreadable",
  severity: "error",
  message: ({ file, problem }) => `${shorten(file)} is no price layer: ${shorten(problem)}.`,
  hint: () => "Name a file that scantling cost prices --refresh --to FOLDER has written.",
};

export const costFileUnreadable: DiagnosticRule<{ readonly file: string; readonly problem: string }> = {
  code: "EST-784",
  name: "cost-file-unreadable",
  severity: "error",
  message: ({ file, problem }) => `${shorten(file)} is no bill that can be compared: ${shorten(problem)}.`,
  hint: () =>
    "Give a FOCUS file (1.0 to 1.3), a cost export of Azure (actual or amortised) as CSV, or an answer of /allocation as JSON.",
};

export const costRowsUnreadable: DiagnosticRule<{
  readonly count: number;
  readonly first: string;
  readonly problem: string;
}> = {
  code: "EST-785",
  name: "cost-rows-unreadable",
  severity: "warning",
  message: ({ count, first, problem }) =>
    `${count} ${count === 1 ? "row" : "rows"} of the bill cannot be read and ${are(count)} left out, the first at ${shorten(first)}: ${shorten(problem)}.`,
  hint: () => "Export the file again: the totals are without these rows.",
};

export const costCurrencyUnknown: DiagnosticRule<{
  readonly currency: string;
  readonly amount: number;
  readonly estateCurrency: string;
}> = {
  code: "EST-786",
  name: "cost-currency-unknown",
  severity: "warning",
  message: ({ currency, amount, estateCurrency }) =>
    `${amount.toFixed(2)} ${shorten(currency)} of the bill cannot be said in ${estateCurrency} and ${are(1)} left out.`,
  hint: () => "Declare Estate.spec.exchangeRate, or export the bill in the estate's currency or in USD.",
};

export const costExportActual: DiagnosticRule<{ readonly amount: string }> = {
  code: "EST-787",
  name: "cost-export-actual",
  severity: "note",
  message: ({ amount }) =>
    `The bill holds commitments as purchases of ${amount} and what they cover at no cost: an amortised export compares them line by line.`,
};

export const costFileUndated: DiagnosticRule<{ readonly file: string }> = {
  code: "EST-788",
  name: "cost-file-undated",
  severity: "warning",
  message: ({ file }) => `No row of ${shorten(file)} has a date, so it is taken for a month of 730 hours.`,
  hint: () => "Export it with the column Date or ChargePeriodStart.",
};

function are(count: number): string {
  return count === 1 ? "is" : "are";
}

export const costSourceDiagnosticRules = [
  costFileUnreadable,
  costRowsUnreadable,
  costCurrencyUnknown,
  costExportActual,
  costFileUndated,
  priceSetCut,
  priceSetUnreadable,
  priceRegionEmpty,
  priceCheckFailed,
  priceLayerUnreadable,
  prometheusWarning,
  prometheusSeriesMissing,
  prometheusClusterUnknown,
] as const;
