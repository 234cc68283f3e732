import type { BurnRateCondition } from "../../../estate/model/estate.ts";
import { decimalText, promqlNumber, ratioOfNumber, shownRatio } from "../exact-ratio.ts";
import { percentText, type RuleObjective } from "../objectives/rule-objective.ts";
import { prometheusDuration } from "../prometheus-duration.ts";
import { type BurnRateAlert, thresholdOf } from "./burn-rate-alert.ts";
import type { AlertingRule } from "./rule-group.ts";
import { errorRatioName, identityLabels, seriesNames, seriesOf } from "./series-names.ts";

const alertName = "ErrorBudgetBurn";
const operators = { lte: "<=", lt: "<", gte: ">=", gt: ">" } as const;

export interface AlertOptions {
  /** Errors that the long window must hold room for before an alert may fire; 0 writes no guard. */
  readonly minimumErrors: number;
  /** What most likely takes the service down, in words, the likeliest first. */
  readonly suspects: readonly string[];
}

/** One rule for pages and one for tickets, each with its quick and its slow windows. */
export function burnRateRules(
  objective: RuleObjective,
  alerts: readonly BurnRateAlert[],
  options: AlertOptions,
): readonly AlertingRule[] {
  return (["page", "ticket"] as const).flatMap((severity): readonly AlertingRule[] => {
    const terms = alerts.filter((alert) => alert.severity === severity);
    if (terms.length === 0) return [];
    return [
      {
        alert: alertName,
        expr: terms.map((alert) => bothWindows(objective, alert, options)).join("\nor\n"),
        labels: { ...identityLabels(objective), sloth_severity: severity },
        annotations: annotationsOf(objective, severity, terms, options.suspects),
      },
    ];
  });
}

function bothWindows(objective: RuleObjective, alert: BurnRateAlert, options: AlertOptions): string {
  const over = (seconds: number) => {
    const ratio = seriesOf(errorRatioName(prometheusDuration(seconds)), objective);
    const threshold = `(${factorText(alert)} * ${decimalText(objective.budget) ?? ""})`;
    return `max(${ratio} > ${threshold}) without (sloth_window)`;
  };
  const guard = trafficGuard(objective, alert, options.minimumErrors);
  const terms = [over(alert.shortSeconds), over(alert.longSeconds), ...(guard === undefined ? [] : [guard])];
  return `(\n    ${terms.join("\n    and\n    ")}\n)`;
}

function factorText({ factor }: BurnRateAlert): string {
  return promqlNumber(factor);
}

/**
 * Requests that the long window must hold: below errors / (factor x budget) so many single errors alone would fire.
 * Undefined where no guard is wanted, or events cannot be counted.
 */
function trafficGuard(objective: RuleObjective, alert: BurnRateAlert, errors: number): string | undefined {
  const { indicator, budget } = objective;
  if (errors <= 0 || !countsEvents(objective) || indicator.kind !== "events") return undefined;
  const { numerator, denominator } = thresholdOf(alert, budget);
  const least = (BigInt(errors) * denominator + numerator - 1n) / numerator;
  const perRecord = indicator.total.counts === "perSecond" ? 1 : 300;
  const window = prometheusDuration(alert.longSeconds);
  const total = `avg_over_time(${seriesOf(seriesNames.totalEvents, objective)}[${window}])`;
  return `${total} * ${alert.longSeconds / perRecord} >= ${least}`;
}

/** True where the total is a rate or an increase, so that events can be counted. */
export function countsEvents({ indicator, method }: RuleObjective): boolean {
  return method === "Occurrences" && indicator.kind === "events" && indicator.total.counts !== undefined;
}

/** Plain words for who is called: what happens, what is left, what to look at (slok/sloth#489 asks for them). */
function annotationsOf(
  objective: RuleObjective,
  severity: "page" | "ticket",
  alerts: readonly BurnRateAlert[],
  suspects: readonly string[],
): { readonly [name: string]: string } {
  const { service, name, budget, windowSeconds } = objective;
  const window = prometheusDuration(windowSeconds);
  const spent = alerts
    .map((alert) => `${shownRatio(alert.factor)} times over ${prometheusDuration(alert.longSeconds)}`)
    .join(" or ");
  return {
    title: `(${severity}) ${service} ${name} spends its error budget too fast.`,
    summary: `${service} ${name} fails more than ${percentText(budget)} allows: its budget of ${window} burns more than ${spent}.`,
    budget_left: firstValue(seriesOf(seriesNames.periodRemaining, objective), "humanizePercentage"),
    exhausted_in: firstValue(exhaustion(objective), "humanizeDuration"),
    ...(suspects.length === 0 ? {} : { suspects: suspects.join("; ") }),
  };
}

/** Seconds until the budget is gone at the rate of the last hour. */
function exhaustion(objective: RuleObjective): string {
  const left = seriesOf(seriesNames.periodRemaining, objective);
  const hour = seriesOf(errorRatioName("1h"), objective);
  const budget = decimalText(objective.budget) ?? "";
  return `clamp_min(${left}, 0) * ${objective.windowSeconds} / ignoring (sloth_window) (${hour} / ${budget})`;
}

function firstValue(query: string, format: string): string {
  return `{{ with query ${JSON.stringify(query)} }}{{ . | first | value | ${format} }}{{ end }}`;
}

/** The alerts that an objective's own policy asks for. */
export function conditionRule(objective: RuleObjective, condition: BurnRateCondition): AlertingRule {
  const { name, severity, operator, threshold, lookbackSeconds, alertAfterSeconds } = condition;
  const window = prometheusDuration(lookbackSeconds);
  const factor = decimalText(ratioOfNumber(threshold)) ?? String(threshold);
  const ratio = seriesOf(errorRatioName(window), objective);
  const budget = decimalText(objective.budget) ?? "";
  return {
    alert: alertName,
    expr: `max(${ratio} ${operators[operator]} (${factor} * ${budget})) without (sloth_window)`,
    ...(alertAfterSeconds === 0 ? {} : { for: prometheusDuration(alertAfterSeconds) }),
    labels: { ...identityLabels(objective), sloth_severity: severity ?? "ticket", slo_condition: name },
    annotations: {
      title: `(${severity ?? "ticket"}) ${objective.service} ${objective.name} spends its error budget too fast.`,
      summary: `${objective.service} ${objective.name} burns its budget ${factor} times too fast over ${window} (${name}).`,
    },
  };
}
