import type { BearerForecast } from "../../../../src/operations/cost/cost-forecast-report.ts";
import type { Badge } from "../../lenses/look.ts";

/** How a bearer stands against its budget. */
export function budgetBadge({ budget, months }: BearerForecast): Badge {
  if (months.length === 0)
    return { symbol: "question", text: "not evaluable", tone: "plain", title: "Nothing could be forecast" };
  if (budget === undefined) return { symbol: "ring", text: "no budget", tone: "plain", title: "No budget is declared" };
  const { crossing, warning } = budget;
  if (crossing !== undefined) {
    const chance = chanceWords(crossing.probability);
    return {
      symbol: "cross",
      text: `passes in ${crossing.month}`,
      tone: "bad",
      title: `First month that is more likely than not to pass it${chance}`,
    };
  }
  if (warning !== undefined) {
    const chance = chanceWords(warning.probability);
    return {
      symbol: "alert",
      text: `may pass in ${warning.month}`,
      tone: "warn",
      title: `First month that may pass it${chance}`,
    };
  }
  return { symbol: "check", text: "within budget", tone: "good", title: "No month is likely to pass it" };
}

function chanceWords(probability: number | undefined): string {
  return probability === undefined ? "" : `: ${Math.round(100 * probability)}%`;
}

/** Worst first: passed, may be passed, within, none. */
export function byBudget(bearers: readonly BearerForecast[]): readonly BearerForecast[] {
  const rank = ({ budget }: BearerForecast) =>
    budget === undefined ? 3 : budget.crossing !== undefined ? 0 : budget.warning !== undefined ? 1 : 2;
  return bearers.toSorted((left, right) => rank(left) - rank(right) || likely(right) - likely(left));
}

function likely({ months }: BearerForecast): number {
  return months[0]?.likely ?? 0;
}
