import type { Assumption } from "../../../estate/assumptions/assumption.ts";
import { assume } from "../../../estate/assumptions/assumption-rule.ts";
import { workbookAlerts } from "../../../estate/assumptions/slo-rules.ts";
import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import { alertCannotFire, conditionUnusable, guardNotWritten } from "../../../estate/diagnostics/slo-diagnostics.ts";
import type { BurnRateCondition } from "../../../estate/model/estate.ts";
import { shownRatio } from "../exact-ratio.ts";
import type { RuleObjective } from "../objectives/rule-objective.ts";
import { prometheusDuration } from "../prometheus-duration.ts";
import { type AlertOptions, burnRateRules, conditionRule, countsEvents } from "./alert-rules.ts";
import { type BurnRateAlert, cannotFire, usualAlerts } from "./burn-rate-alert.ts";
import { metadataRecordings, sliRecordings } from "./recording-rules.ts";
import type { RuleGroup } from "./rule-group.ts";

/** The rules of one objective, with the usual alerts that they hold. */
export interface ObjectiveRules {
  readonly groups: readonly RuleGroup[];
  /** Empty where an own alert policy takes their place. */
  readonly alerts: readonly BurnRateAlert[];
  readonly diagnostics: readonly Diagnostic[];
  readonly assumptions: readonly Assumption[];
}

/** Recordings, metadata and alerts of one objective, in groups named as Sloth names them. */
export function objectiveRules(objective: RuleObjective, options: AlertOptions): ObjectiveRules {
  const own = usableConditions(objective);
  const hasOwn = objective.alertConditions.length > 0;
  const usual = hasOwn ? { alerts: [], diagnostics: [] } : firingAlerts(objective);
  const windows = [
    ...usual.alerts.flatMap(({ longSeconds, shortSeconds }) => [longSeconds, shortSeconds]),
    ...own.conditions.map(({ lookbackSeconds }) => lookbackSeconds),
  ];
  const alertRules = [
    ...burnRateRules(objective, usual.alerts, options),
    ...own.conditions.map((condition) => conditionRule(objective, condition)),
  ];
  const suffix = `${objective.service}-${objective.name}`;
  const groups = [
    { name: `sloth-slo-sli-recordings-${suffix}`, rules: sliRecordings(objective, windows) },
    { name: `sloth-slo-meta-recordings-${suffix}`, rules: metadataRecordings(objective) },
    { name: `sloth-slo-alerts-${suffix}`, rules: alertRules },
  ];
  const unguarded = options.minimumErrors > 0 && usual.alerts.length > 0 && !countsEvents(objective);
  return {
    groups: groups.filter(({ rules }) => rules.length > 0),
    alerts: usual.alerts,
    diagnostics: [
      ...usual.diagnostics,
      ...own.diagnostics,
      ...(unguarded ? [diagnose(guardNotWritten, { slo: objective.slo })] : []),
    ],
    assumptions: hasOwn ? [] : [assume(workbookAlerts, `SLO/${objective.slo}`, { alerts: inWords(usual.alerts) })],
  };
}

/** The usual alerts that a total outage would at least fire; of the others a warning. */
export function firingAlerts(objective: Pick<RuleObjective, "slo" | "budget" | "windowSeconds">): {
  readonly alerts: readonly BurnRateAlert[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const alerts = usualAlerts(objective.windowSeconds);
  const dead = alerts.filter((alert) => cannotFire(alert, objective.budget));
  return {
    alerts: alerts.filter((alert) => !dead.includes(alert)),
    diagnostics: dead.map(({ factor, longSeconds }) =>
      diagnose(
        alertCannotFire,
        { slo: objective.slo, factor: shownRatio(factor), long: prometheusDuration(longSeconds) },
        { affects: [`SLO/${objective.slo}`] },
      ),
    ),
  };
}

function usableConditions(objective: RuleObjective): {
  readonly conditions: readonly BurnRateCondition[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const problems = objective.alertConditions.flatMap((condition) => {
    const problem = problemOf(condition, objective);
    return problem === undefined ? [] : [{ condition, problem }];
  });
  const refused = new Set(problems.map(({ condition }) => condition));
  return {
    conditions: objective.alertConditions.filter((condition) => !refused.has(condition)),
    diagnostics: problems.map(({ condition, problem }) =>
      diagnose(
        conditionUnusable,
        { slo: objective.slo, condition: condition.name, problem },
        { affects: [`SLO/${objective.slo}`] },
      ),
    ),
  };
}

function problemOf(condition: BurnRateCondition, { windowSeconds }: RuleObjective): string | undefined {
  const { operator, threshold, lookbackSeconds } = condition;
  if (operator === "lt" || operator === "lte") return "it would fire while the service is healthy";
  if (!(threshold > 0)) return "its threshold is not above 0";
  if (lookbackSeconds > windowSeconds) return "it looks back further than the window of the SLO";
  return undefined;
}

function inWords(alerts: readonly BurnRateAlert[]): string {
  return alerts
    .map((alert) => {
      const windows = `${prometheusDuration(alert.longSeconds)}/${prometheusDuration(alert.shortSeconds)}`;
      return `${alert.severity} ${windows} above ${shownRatio(alert.factor)}`;
    })
    .join(", ");
}
