import type { MonthOutlook } from "../forecast/monthly-outlook.ts";
import { normalProbability } from "../forecast/normal-distribution.ts";

/** A month held against a budget. */
export interface BudgetCrossing {
  readonly month: string;
  /** That the month costs more than the budget; undefined where only low and high are known. */
  readonly probability: number | undefined;
}

export interface BudgetOutlook {
  /** Budget of a month, in the estate's currency. */
  readonly monthly: number;
  /** Probability to pass it, for each month of the forecast. */
  readonly months: readonly BudgetCrossing[];
  /** First month that is more likely than not to pass it. */
  readonly crossing: BudgetCrossing | undefined;
  /** First month that passes it with at least 10 %, where that is earlier. */
  readonly warning: BudgetCrossing | undefined;
  /** Months of the history that passed it. */
  readonly passedBefore: readonly string[];
}

const possible = 0.1;

/** How a budget of a month stands against a forecast: P(cost > budget) with the calibrated deviation of each month. */
export function budgetOutlook(
  monthly: number,
  months: readonly MonthOutlook[],
  past: readonly { readonly month: string; readonly cost: number }[],
): BudgetOutlook {
  const probabilities = months.map((month) => probabilityAbove(monthly, month));
  const isLikely = (month: MonthOutlook, index: number) => {
    const probability = probabilities[index];
    return probability === undefined ? month.likely > monthly : probability >= 0.5;
  };
  const crossingIndex = months.findIndex(isLikely);
  const warningIndex = months.findIndex((month, index) => {
    const probability = probabilities[index];
    return probability === undefined ? month.high > monthly : probability >= possible;
  });
  const all = months.map(({ month }, index) => ({ month, probability: probabilities[index] }));
  return {
    monthly,
    months: all,
    crossing: all[crossingIndex],
    warning: warningIndex === crossingIndex ? undefined : all[warningIndex],
    passedBefore: past.filter(({ cost }) => cost > monthly).map(({ month }) => month),
  };
}

/** Certain where the whole range lies on one side; not known inside a range without a distribution. */
function probabilityAbove(budget: number, { likely, deviation, low, high, actual }: MonthOutlook): number | undefined {
  if (actual > budget) return 1;
  if (deviation === undefined) {
    if (low > budget) return 1;
    return high <= budget ? 0 : undefined;
  }
  if (deviation === 0) return likely > budget ? 1 : 0;
  return normalProbability((likely - budget) / deviation);
}
