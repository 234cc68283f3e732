import type { JourneyAvailability } from "../../availability/availability-report.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Figure } from "../../estate/figures/figure.ts";
import type { Answers } from "./answers.ts";
import type { SharpeningFact } from "./assessment.ts";
import { assumptionWeights } from "./assumption-weight.ts";
import { worstJourney } from "./headline.ts";

const factCount = 3;

/**
 * The facts that would sharpen the answer most: the assumptions that carry the largest share of the bill or of the
 * worst journey's downtime, one row a rule, largest first.
 */
export function sharpeningFacts(answers: Answers, assumptions: readonly Assumption[]): SharpeningFact[] {
  const cost = assumptionWeights(answers.cost.monthly);
  const worst = worstJourney(answers.availability.journeys, answers.environments);
  const downtime = worst === undefined ? new Map<string, number>() : downtimeWeights(worst);
  const rows = groupByRule(assumptions.filter(isReplaceable)).map(({ first, count }) => ({
    assumption: first,
    count,
    ofBill: cost.get(first.id) ?? 0,
    ofDowntime: downtime.get(first.id) ?? 0,
  }));
  return rows
    .filter((row) => row.ofBill + row.ofDowntime > 0)
    .sort((left, right) => right.ofBill + right.ofDowntime - (left.ofBill + left.ofDowntime) || compareIds(left, right))
    .slice(0, factCount)
    .map(({ assumption, count, ofBill, ofDowntime }) => ({
      sentence: `Write ${assumption.replaceBy}: ${sharesInWords(ofBill, ofDowntime, worst?.unavailability)} on the assumption "${assumption.value}"${count > 1 ? ` and ${count - 1} more like it` : ""}.`,
      replaceBy: assumption.replaceBy,
      assumption: assumption.id,
    }));
}

/**
 * Share of the journey's downtime that stands on each assumption: an event's assumptions carry the event's share.
 * A plain sum over the parts would not do here, since unavailabilities of joint events multiply.
 */
function downtimeWeights({ unavailability, importance }: JourneyAvailability): ReadonlyMap<string, number> {
  const figures = new Map(
    unavailability.reasons.flatMap((reason) =>
      reason.kind === "figure" ? [[reason.figure.id, reason.figure] as const] : [],
    ),
  );
  const prefix = unavailability.id.replace(/unavailability$/, "event/");
  const weights = new Map<string, number>();
  for (const { event, share } of importance) {
    const figure = figures.get(prefix + event);
    if (figure === undefined) continue;
    for (const [id, weight] of assumptionWeights(figure))
      weights.set(id, Math.min(1, (weights.get(id) ?? 0) + weight * share));
  }
  return weights;
}

/** Simplifications of the model say "nothing" here: no fact of the user's replaces them. */
function isReplaceable({ replaceBy }: Assumption): boolean {
  return !replaceBy.startsWith("nothing");
}

function groupByRule(assumptions: readonly Assumption[]): { readonly first: Assumption; readonly count: number }[] {
  const groups = new Map<string, { first: Assumption; count: number }>();
  for (const assumption of assumptions) {
    const group = groups.get(assumption.id);
    if (group === undefined) groups.set(assumption.id, { first: assumption, count: 1 });
    else group.count += 1;
  }
  return [...groups.values()];
}

function sharesInWords(ofBill: number, ofDowntime: number, unavailability: Figure | undefined): string {
  const shares = [
    ...(ofBill > 0 ? [`${percent(ofBill)} of the bill`] : []),
    ...(ofDowntime > 0 && unavailability !== undefined
      ? [`${percent(ofDowntime)} of the worst journey's downtime`]
      : []),
  ];
  return `${shares.join(" and ")} ${shares.length === 1 ? "stands" : "stand"}`;
}

function percent(share: number): string {
  return `${Math.max(1, Math.round(share * 100))}%`;
}

function compareIds(left: { readonly assumption: Assumption }, right: { readonly assumption: Assumption }): number {
  return left.assumption.id < right.assumption.id ? -1 : 1;
}
