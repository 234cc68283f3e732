import type { CandidateChange } from "../../availability/improvements/candidate.ts";
import type { SolvedJourney } from "../../availability/improvements/solve-journeys.ts";
import { MINUTES_PER_MONTH } from "../../availability/journey-figures.ts";
import { exactFigure, type Figure, likelyValue, notEvaluableFigure, type Reason } from "../../estate/figures/figure.ts";
import type { Journey } from "../../estate/model/application.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Economy, Improvement, JourneyChange } from "./improvement.ts";
import { billChanges, type KnownBill, type TriedEstate, unknownPriceOf } from "./try-change.ts";

/** Less than this is not worth a word: minutes a month of all journeys together. */
export const negligibleMinutes = 0.005;
/** Less than this is no money. */
export const oneCent = 0.01;

/** What changes are compared with. */
export interface Comparison {
  readonly estate: Estate;
  readonly journeys: readonly Journey[];
  readonly labels: ReadonlyMap<string, string>;
  readonly before: TriedEstate;
}

/** A change that was made, with the two bills that may be set against one another. */
export interface TriedChange {
  readonly change: CandidateChange;
  readonly after: TriedEstate;
  readonly billBefore: KnownBill;
}

/** A change that makes journeys more available; none where it does not. */
export function improvementOf(comparison: Comparison, tried: TriedChange): readonly Improvement[] {
  const { change, after, billBefore } = tried;
  const journeys = journeyChanges(comparison, after);
  const minutesPerMonth = sum(journeys.map((each) => each.minutesPerMonth));
  const crowdedMinutesPerMonth = gainOf(comparison, after, ({ crowded }) => crowded && crowded * MINUTES_PER_MONTH);
  const upgradeMinutesPerMonth = gainOf(comparison, after, (journey) => journey.upgradeMinutesPerMonth);
  const helps = minutesPerMonth + (upgradeMinutesPerMonth ?? 0) > negligibleMinutes;
  // Constraints hold replicas where they happen to be: their worth is what could happen without them.
  const guards = minutesPerMonth > -negligibleMinutes && (crowdedMinutesPerMonth ?? 0) > negligibleMinutes;
  if (!helps && !guards) return [];
  const extraMonthlyCost = extraCost(comparison, tried);
  const extra = likelyValue(extraMonthlyCost);
  const monthlyValue = avoidedCost(comparison, after);
  const isPaid = extra !== undefined && extra >= oneCent;
  return [
    {
      ...identity(change),
      minutesPerMonth,
      ...(crowdedMinutesPerMonth === undefined ? {} : { crowdedMinutesPerMonth }),
      ...(upgradeMinutesPerMonth === undefined ? {} : { upgradeMinutesPerMonth }),
      journeys,
      ...(monthlyValue === undefined ? {} : { monthlyValue }),
      extraMonthlyCost,
      billChanges: billChanges(billBefore, after.bill),
      ...(change.operatorHoursMonthly === undefined ? {} : { operatorHoursMonthly: change.operatorHoursMonthly }),
      ...(isPaid && monthlyValue !== undefined ? { valuePerUnitOfMoney: monthlyValue / extra } : {}),
      ...(isPaid ? { minutesPerUnitOfMoney: minutesPerMonth / extra } : {}),
    },
  ];
}

/** A change that saves money, where every journey that it sets back has an objective and keeps it; none otherwise. */
export function economyOf(comparison: Comparison, tried: TriedChange): readonly Economy[] {
  const { change, after } = tried;
  const extra = likelyValue(extraCost(comparison, tried));
  if (extra === undefined || extra > -oneCent) return [];
  const journeys = journeyChanges(comparison, after);
  const isKept = ({ meetsObjective, minutesPerMonth }: JourneyChange) =>
    minutesPerMonth > -negligibleMinutes || meetsObjective === true;
  if (!journeys.every(isKept)) return [];
  const value = avoidedCost(comparison, after);
  return [
    {
      ...identity(change),
      monthlySaving: -extra,
      minutesPerMonth: -sum(journeys.map(({ minutesPerMonth }) => minutesPerMonth)),
      journeys,
      ...(value === undefined ? {} : { monthlyLoss: -value }),
    },
  ];
}

function identity({ id, kind, what, because, caveat, place }: CandidateChange) {
  return {
    id,
    kind,
    what,
    because,
    ...(caveat === undefined ? {} : { caveat }),
    ...(place === undefined ? {} : { place }),
  };
}

function journeyChanges({ journeys, before, labels }: Comparison, after: TriedEstate): readonly JourneyChange[] {
  return journeys
    .flatMap(({ id, objectiveUnavailability: allowed }): readonly JourneyChange[] => {
      const was = before.journeys.get(id);
      const is = after.journeys.get(id);
      if (was?.unavailability === undefined || is?.unavailability === undefined) return [];
      const minutesPerMonth = (was.unavailability - is.unavailability) * MINUTES_PER_MONTH;
      if (minutesPerMonth === 0) return [];
      const isKnown = allowed !== undefined && is.missing.length === 0;
      return [
        {
          journey: id,
          label: labels.get(id) ?? id,
          before: was.unavailability,
          after: is.unavailability,
          minutesPerMonth,
          ...(isKnown ? { meetsObjective: is.unavailability <= allowed } : {}),
        },
      ];
    })
    .sort((left, right) => right.minutesPerMonth - left.minutesPerMonth || (left.journey < right.journey ? -1 : 1));
}

/** By how much a number of all journeys together falls; undefined where it was not computed with the change. */
function gainOf(
  { before }: Comparison,
  after: TriedEstate,
  numberOf: (journey: SolvedJourney) => number | undefined,
): number | undefined {
  const gains = [...before.journeys].flatMap(([id, journey]) => {
    const changed = after.journeys.get(id);
    const was = numberOf(journey);
    const is = changed && numberOf(changed);
    return was === undefined || is === undefined ? [] : [was - is];
  });
  return gains.length === 0 ? undefined : sum(gains);
}

/** Downtime avoided at the declared cost of a minute; undefined where no journey that changes declares one. */
function avoidedCost({ journeys, before }: Comparison, after: TriedEstate): number | undefined {
  const costs = journeys.flatMap(({ id, downtimeCostPerMinute: cost }) => {
    const was = before.journeys.get(id);
    const is = after.journeys.get(id);
    if (cost === undefined || was?.unavailability === undefined || is?.unavailability === undefined) return [];
    const upgrades =
      is.upgradeMinutesPerMonth === undefined ? 0 : (was.upgradeMinutesPerMonth ?? 0) - is.upgradeMinutesPerMonth;
    const minutes = (was.unavailability - is.unavailability) * MINUTES_PER_MONTH + upgrades;
    return minutes === 0 ? [] : [minutes * cost];
  });
  return costs.length === 0 ? undefined : sum(costs);
}

/** What the change adds to the bill, with the hours of people where the estate says what one costs. */
function extraCost({ estate }: Comparison, { change, after, billBefore }: TriedChange): Figure {
  const id = `availability/improvements/${change.id}/extra-monthly-cost`;
  const label = `added to the bill of a month by the change: ${change.what}`;
  const unit = `${estate.currency}/month`;
  const unknown = unknownPriceOf(change, billBefore, after.bill);
  if (unknown !== undefined) return notEvaluableFigure(id, label, unit, [unknown]);
  const hours = change.operatorHoursMonthly ?? 0;
  const hourCost = estate.commercial.operatorHourCost;
  const work = hours * (hourCost ?? 0);
  const value = after.bill.total - billBefore.total + work;
  const reasons: readonly Reason[] = [
    { kind: "formula", text: "likely bill with the change - likely bill as it is, at list prices less discounts" },
    exactReason(`${id}/before`, "bill as it is", unit, billBefore.total),
    exactReason(`${id}/after`, "bill with the change", unit, after.bill.total),
    ...(work === 0 ? [] : [exactReason(`${id}/work`, `${hours} h of people's work a month`, unit, work)]),
  ];
  return exactFigure(id, label, unit, Math.abs(value) < oneCent / 2 ? 0 : value, reasons);
}

function exactReason(id: string, label: string, unit: string, value: number): Reason {
  return { kind: "figure", figure: exactFigure(id, label, unit, value, []) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
