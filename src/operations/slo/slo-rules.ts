import { stringify } from "yaml";
import { detectionTime, shownErrorRatios, singleErrorFiresBelow } from "../../availability/slo/alerts/detection.ts";
import { falseAlarmRate, halfOfBudget } from "../../availability/slo/alerts/false-alarms.ts";
import { numberOf, shownRatio } from "../../availability/slo/exact-ratio.ts";
import { percentText, type RuleObjective, ruleObjectives } from "../../availability/slo/objectives/rule-objective.ts";
import { prometheusDuration } from "../../availability/slo/prometheus-duration.ts";
import { type BurnRateAlert, thresholdOf } from "../../availability/slo/rules/burn-rate-alert.ts";
import type { RuleGroup } from "../../availability/slo/rules/rule-group.ts";
import { objectiveRules } from "../../availability/slo/rules/rule-groups.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { compareAssumptions } from "../../estate/assumptions/catalogue.ts";
import { healthyErrorRatio } from "../../estate/assumptions/slo-rules.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { quietTraffic } from "./slo-traffic.ts";

/** `prometheusRule` is the custom resource of the Prometheus operator, `file` what Prometheus itself reads. */
export type RuleForm = "prometheusRule" | "file";

export interface SloRulesOptions {
  readonly form: RuleForm;
  /** Seconds; empty for the windows that the objectives declare. */
  readonly windows: readonly number[];
  /** Errors that the long window must have room for before an alert may fire; 0 for no guard. */
  readonly minimumErrors: number;
  /** Of the service; undefined where that of the declared load is to be taken. */
  readonly requestsPerSecond?: number;
  /** What most likely takes a service down, in words, by the service that an SLO names. */
  readonly suspects?: ReadonlyMap<string, readonly string[]>;
}

/** What one alert does, to be read beside its rule. */
export interface SloAlertReport {
  readonly severity: "page" | "ticket";
  readonly speed: "quick" | "slow";
  readonly longWindow: string;
  readonly shortWindow: string;
  readonly factor: string;
  /** Error ratio above which it fires. */
  readonly threshold: number;
  readonly budgetShare: number;
  readonly detection: readonly {
    readonly errorRatio: number;
    readonly detectionSeconds?: number;
    readonly resetSeconds?: number;
  }[];
  /** With fewer requests in the long window, one error fires it. */
  readonly singleErrorFiresBelow: number;
  readonly falseAlarms?: {
    readonly requestsPerSecond: number;
    readonly healthyErrorRatio: number;
    readonly probability: number;
    readonly minutesPer30Days: number;
  };
}

export interface SloRulesObjective {
  readonly slo: string;
  readonly id: string;
  readonly service: string;
  readonly objective: string;
  readonly budget: string;
  readonly window: string;
  readonly method: RuleObjective["method"];
  readonly rules: number;
  readonly alerts: readonly SloAlertReport[];
}

/** What `scantling slo rules --to FOLDER -o json` prints. */
export interface SloRulesReport {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "SloRules";
  readonly objectives: readonly SloRulesObjective[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface SloRules {
  readonly report: SloRulesReport;
  /** YAML texts by file name, one an objective, in the order declared. */
  readonly files: ReadonlyMap<string, string>;
  /** All of them as one text for standard output. */
  readonly text: string;
}

/**
 * Prometheus rules of every SLO of the estate: error ratios, budget and burn-rate alerts, with series named as Sloth
 * names them; and what each alert does.
 */
export function sloRules(estate: Estate, options: SloRulesOptions): SloRules {
  const read = ruleObjectives(estate.serviceLevelObjectives, options.windows);
  const assumptions = [...read.assumptions];
  const diagnostics = [...read.diagnostics];
  const groups = new Map<RuleObjective, readonly RuleGroup[]>();
  const objectives = read.objectives.map((objective) => {
    const service = serviceOf(estate, objective);
    const rules = objectiveRules(objective, {
      minimumErrors: options.minimumErrors,
      suspects: options.suspects?.get(service) ?? [],
    });
    groups.set(objective, rules.groups);
    assumptions.push(...rules.assumptions);
    diagnostics.push(...rules.diagnostics);
    const traffic = trafficOf(estate, objective, service, options, assumptions);
    return reportObjective(objective, rules.groups, rules.alerts, traffic);
  });
  return {
    report: {
      apiVersion: "scantling/v1alpha1",
      kind: "SloRules",
      objectives,
      assumptions: assumptions.toSorted(compareAssumptions),
      diagnostics,
    },
    files: new Map(
      [...groups].map(([objective, list]) => [`${objective.id}.yaml`, ruleText(objective.id, list, options.form)]),
    ),
    text: wholeText([...groups], options.form),
  };
}

function serviceOf(estate: Estate, { slo }: RuleObjective): string {
  return estate.serviceLevelObjectives.find(({ name }) => name === slo)?.service ?? "";
}

interface Traffic {
  readonly requestsPerSecond: number;
  readonly healthyErrorRatio: number;
}

function trafficOf(
  estate: Estate,
  { slo, budget }: RuleObjective,
  service: string,
  options: SloRulesOptions,
  assumptions: Assumption[],
): Traffic | undefined {
  const quiet = options.requestsPerSecond === undefined ? quietTraffic(estate, service) : undefined;
  const requestsPerSecond = options.requestsPerSecond ?? quiet?.requestsPerSecond;
  if (requestsPerSecond === undefined) return undefined;
  const ratio = halfOfBudget(budget);
  assumptions.push(assume(healthyErrorRatio, `SLO/${slo}`, { ratio: String(ratio) }));
  if (quiet !== undefined) assumptions.push(quiet.assumption);
  return { requestsPerSecond, healthyErrorRatio: ratio };
}

function reportObjective(
  objective: RuleObjective,
  groups: readonly RuleGroup[],
  alerts: readonly BurnRateAlert[],
  traffic: Traffic | undefined,
): SloRulesObjective {
  return {
    slo: objective.slo,
    id: objective.id,
    service: objective.service,
    objective: percentText(objective.objective),
    budget: percentText(objective.budget),
    window: prometheusDuration(objective.windowSeconds),
    method: objective.method,
    rules: groups.reduce((sum, { rules }) => sum + rules.length, 0),
    alerts: alerts.map((alert) => reportAlert(alert, objective, traffic)),
  };
}

function reportAlert(alert: BurnRateAlert, { budget }: RuleObjective, traffic: Traffic | undefined): SloAlertReport {
  const detection = shownErrorRatios(budget).map((errorRatio) => {
    const { detectionSeconds, resetSeconds } = detectionTime(alert, budget, errorRatio, 0);
    return {
      errorRatio,
      ...(detectionSeconds === undefined ? {} : { detectionSeconds }),
      ...(resetSeconds === undefined ? {} : { resetSeconds }),
    };
  });
  const alarms =
    traffic === undefined
      ? undefined
      : falseAlarmRate(alert, budget, traffic.requestsPerSecond, traffic.healthyErrorRatio);
  return {
    severity: alert.severity,
    speed: alert.speed,
    longWindow: prometheusDuration(alert.longSeconds),
    shortWindow: prometheusDuration(alert.shortSeconds),
    factor: shownRatio(alert.factor),
    threshold: numberOf(thresholdOf(alert, budget)),
    budgetShare: numberOf(alert.budgetShare),
    detection,
    singleErrorFiresBelow: singleErrorFiresBelow(alert, budget),
    ...(traffic === undefined || alarms === undefined
      ? {}
      : {
          falseAlarms: {
            ...traffic,
            probability: alarms.probability,
            minutesPer30Days: alarms.minutesPer30Days,
          },
        }),
  };
}

function ruleText(id: string, groups: readonly RuleGroup[], form: RuleForm): string {
  if (form === "file") return yaml({ groups });
  const name = id
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]+/g, "-")
    .replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/g, "");
  return yaml({
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: name.slice(0, 253), labels: { "app.kubernetes.io/component": "slo" } },
    spec: { groups },
  });
}

/** A rule file is one document, custom resources are one each. */
function wholeText(all: readonly (readonly [RuleObjective, readonly RuleGroup[]])[], form: RuleForm): string {
  if (all.length === 0) return "";
  if (form === "file") return yaml({ groups: all.flatMap(([, groups]) => groups) });
  return all.map(([{ id }, groups]) => ruleText(id, groups, form)).join("---\n");
}

function yaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
