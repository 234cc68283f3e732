import type { RuleObjective } from "../objectives/rule-objective.ts";

/** Names of the series, as dashboards for Sloth expect them. */
export const seriesNames = {
  objective: "slo:objective:ratio",
  errorBudget: "slo:error_budget:ratio",
  periodDays: "slo:time_period:days",
  currentBurnRate: "slo:current_burn_rate:ratio",
  periodBurnRate: "slo:period_burn_rate:ratio",
  periodRemaining: "slo:period_error_budget_remaining:ratio",
  info: "sloth_slo_info",
  /** Ours: what long windows are added up from. */
  badEvents: "slo:sli_bad_events:rate5m",
  totalEvents: "slo:sli_total_events:rate5m",
} as const;

/** `slo:sli_error:ratio_rate5m`. */
export function errorRatioName(window: string): string {
  return `slo:sli_error:ratio_rate${window}`;
}

/** Labels that every series and alert of an objective carries. */
export function identityLabels({ id, service, name }: RuleObjective): { readonly [name: string]: string } {
  return { sloth_id: id, sloth_service: service, sloth_slo: name };
}

/** A series of an objective: name and matchers of its identity. */
export function seriesOf(name: string, objective: RuleObjective): string {
  const matchers = Object.entries(identityLabels(objective)).map(([label, value]) => `${label}=${promqlText(value)}`);
  return `${name}{${matchers.join(", ")}}`;
}

/** A text in double quotes. */
function promqlText(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
