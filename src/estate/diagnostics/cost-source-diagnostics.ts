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

export const costSourceDiagnosticRules = [
  prometheusWarning,
  prometheusSeriesMissing,
  prometheusClusterUnknown,
] as const;
