import { movingHours, movingOverlap } from "../../estate/assumptions/planning-rules.ts";
import { compensatedSum } from "../../estate/figures/money.ts";
import type { PlanStep } from "../../planning/steps/difference-steps.ts";

/** What the way from the declared structure to the planned one costs, once. */
export interface MovingCost {
  /** Days in which old and new nodes both run. */
  readonly overlapDays: number;
  /** What the new nodes cost in these days. */
  readonly nodesTwice: number;
  readonly operatorHours: number;
  /** undefined where nobody says what an hour costs. */
  readonly operatorCost: number | undefined;
  /** Months after which what is saved has paid for it; undefined where nothing is saved or an hour has no price. */
  readonly paybackMonths: number | undefined;
}

const daysPerMonth = 730 / 24;

/** The cost of the steps; `saved` is what the plan saves a month, its downtime counted. */
export function movingCost(
  steps: readonly PlanStep[],
  saved: number,
  operatorHourCost: number | undefined,
): MovingCost | undefined {
  if (steps.length === 0) return undefined;
  const { days: overlapDays } = movingOverlap;
  const added = compensatedSum(steps.map(({ monthly = 0 }) => Math.max(0, monthly)));
  const nodesTwice = cents((added * overlapDays) / daysPerMonth);
  const operatorHours = steps.reduce((sum, { kind }) => sum + movingHours.hours[kind], 0);
  const operatorCost = operatorHourCost === undefined ? undefined : cents(operatorHours * operatorHourCost);
  const paybackMonths =
    operatorCost === undefined || saved < 0.005 ? undefined : Number(((nodesTwice + operatorCost) / saved).toFixed(1));
  return { overlapDays, nodesTwice, operatorHours, operatorCost, paybackMonths };
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
