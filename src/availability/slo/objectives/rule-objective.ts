import type { Assumption } from "../../../estate/assumptions/assumption.ts";
import { assume } from "../../../estate/assumptions/assumption-rule.ts";
import { queryRangeReplaced, thresholdResolution } from "../../../estate/assumptions/slo-rules.ts";
import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import {
  calendarWindowRolls,
  indicatorMissing,
  indicatorUnusable,
  objectiveIdTaken,
  sliceMissing,
  targetLeavesNoBudget,
  windowUnusable,
} from "../../../estate/diagnostics/slo-diagnostics.ts";
import type { BurnRateCondition, ServiceLevelObjective } from "../../../estate/model/estate.ts";
import { complement, decimalText, type ExactRatio, exactRatio, ratioOfNumber, times } from "../exact-ratio.ts";
import { prometheusDuration } from "../prometheus-duration.ts";
import { type Indicator, readIndicator } from "./indicator.ts";

/** Seconds between two looks at a metric that is compared with a threshold, where no slice is declared. */
const defaultSliceSeconds = 60;

/** An objective of which rules can be made. */
export interface RuleObjective {
  /** `service-name`, the id that its series carry. */
  readonly id: string;
  readonly service: string;
  readonly name: string;
  /** Name of the declared objective. */
  readonly slo: string;
  /** Share of good events, between 0 and 1. */
  readonly objective: ExactRatio;
  /** 1 - objective. */
  readonly budget: ExactRatio;
  readonly windowSeconds: number;
  readonly method: ServiceLevelObjective["budgetingMethod"];
  readonly slice: { readonly seconds: number; readonly budget: ExactRatio | undefined } | undefined;
  readonly indicator: Indicator;
  readonly alertConditions: readonly BurnRateCondition[];
}

export interface RuleObjectives {
  readonly objectives: readonly RuleObjective[];
  readonly diagnostics: readonly Diagnostic[];
  readonly assumptions: readonly Assumption[];
}

/**
 * The objectives that rules can be made of, in the order declared. What is wrong with the others is a diagnostic.
 * @param windows seconds of the windows to take in the place of the declared ones; empty for the declared ones
 */
export function ruleObjectives(
  declared: readonly ServiceLevelObjective[],
  windows: readonly number[] = [],
): RuleObjectives {
  const diagnostics: Diagnostic[] = [];
  const assumptions: Assumption[] = [];
  const byId = new Map<string, RuleObjective>();
  for (const slo of declared) {
    const read = readObjective(slo, diagnostics, assumptions);
    if (read === undefined) continue;
    for (const objective of overWindows(read, windows)) {
      const context = { ...(slo.place === undefined ? {} : { place: slo.place }), affects: [`SLO/${slo.name}`] };
      const other = byId.get(objective.id);
      const window = prometheusDuration(objective.windowSeconds);
      if (other !== undefined) {
        diagnostics.push(diagnose(objectiveIdTaken, { slo: slo.name, id: objective.id, other: other.slo }, context));
      } else if (objective.windowSeconds < 7200) {
        diagnostics.push(diagnose(windowUnusable, { slo: slo.name, window }, context));
      } else {
        if (!slo.isRolling) diagnostics.push(diagnose(calendarWindowRolls, { slo: slo.name, window }, context));
        byId.set(objective.id, objective);
      }
    }
  }
  return { objectives: [...byId.values()], diagnostics, assumptions };
}

/** The objective for each window; several get the window into their name. */
function overWindows(objective: RuleObjective, windows: readonly number[]): readonly RuleObjective[] {
  if (windows.length === 0) return [objective];
  return windows.map((windowSeconds) => {
    const suffix = windows.length === 1 ? "" : `-${prometheusDuration(windowSeconds)}`;
    return {
      ...objective,
      windowSeconds,
      id: `${objective.id}${suffix}`,
      name: `${objective.name}${suffix}`,
    };
  });
}

function readObjective(
  slo: ServiceLevelObjective,
  diagnostics: Diagnostic[],
  assumptions: Assumption[],
): RuleObjective | undefined {
  const context = { ...(slo.place === undefined ? {} : { place: slo.place }), affects: [`SLO/${slo.name}`] };
  const budget = budgetOf(slo);
  if (budget === undefined) {
    const target = percentText(complement(ratioOfNumber(slo.unavailability)));
    diagnostics.push(diagnose(targetLeavesNoBudget, { slo: slo.name, target }, context));
    return undefined;
  }
  const indicator = readIndicator(slo);
  if (indicator === undefined) {
    diagnostics.push(diagnose(indicatorMissing, { slo: slo.name }, context));
    return undefined;
  }
  if ("problem" in indicator) {
    diagnostics.push(diagnose(indicatorUnusable, { slo: slo.name, ...indicator }, context));
    return undefined;
  }
  const slice = sliceOf(slo, indicator);
  if (slice === "missing") {
    diagnostics.push(diagnose(sliceMissing, { slo: slo.name, method: slo.budgetingMethod }, context));
    return undefined;
  }
  assumptions.push(...assumptionsOf(slo, indicator, slice));
  const service = slo.service.replaceAll("/", "-");
  const name = slo.name.replaceAll("/", "-");
  return {
    id: `${service}-${name}`,
    service,
    name,
    slo: slo.name,
    objective: complement(budget),
    budget,
    windowSeconds: Math.round(slo.windowDays * 86_400),
    method: slo.budgetingMethod,
    slice,
    indicator,
    alertConditions: slo.alertConditions,
  };
}

/** Share that may be bad; undefined where it is not between 0 and 1. */
export function budgetOf({ unavailability }: Pick<ServiceLevelObjective, "unavailability">): ExactRatio | undefined {
  return unavailability > 0 && unavailability < 1 ? ratioOfNumber(unavailability) : undefined;
}

/** `99.95%`, exact. */
export function percentText(ratio: ExactRatio): string {
  const percent = times(ratio, exactRatio(100n, 1n));
  return `${decimalText(percent) ?? ""}%`;
}

/** Threshold metrics are always counted by looks, ratios only where the budget is. */
function sliceOf(slo: ServiceLevelObjective, indicator: Indicator): RuleObjective["slice"] | "missing" {
  const { seconds, target } = slo.timeSlice ?? {};
  if (indicator.kind === "threshold") return { seconds: seconds ?? defaultSliceSeconds, budget: undefined };
  switch (slo.budgetingMethod) {
    case "Occurrences":
      return undefined;
    case "RatioTimeslices":
      return seconds === undefined ? "missing" : { seconds, budget: undefined };
    case "Timeslices":
      if (seconds === undefined || target === undefined) return "missing";
      return { seconds, budget: complement(ratioOfNumber(target)) };
  }
}

function assumptionsOf(
  slo: ServiceLevelObjective,
  indicator: Indicator,
  slice: RuleObjective["slice"],
): readonly Assumption[] {
  const subject = `SLO/${slo.name}`;
  if (indicator.kind === "threshold") {
    const isDeclared = slo.timeSlice?.seconds !== undefined;
    const step = prometheusDuration(slice?.seconds ?? defaultSliceSeconds);
    return isDeclared ? [] : [assume(thresholdResolution, subject, { step }, slo.place)];
  }
  const queries = indicator.kind === "events" ? [indicator.part, indicator.total] : [indicator.windowed];
  const range = queries.find((query) => query?.range !== undefined)?.range;
  return range === undefined ? [] : [assume(queryRangeReplaced, subject, { range }, slo.place)];
}
