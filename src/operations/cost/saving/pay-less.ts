import { type SolvedJourney, weighJourneys } from "../../../availability/improvements/solve-journeys.ts";
import { MINUTES_PER_MONTH } from "../../../availability/journey-figures.ts";
import type { Catalog } from "../../../catalog/catalog.ts";
import { assume } from "../../../estate/assumptions/assumption-rule.ts";
import { savingEffort, savingEfforts } from "../../../estate/assumptions/saving-rules.ts";
import { exactFigure, type Figure } from "../../../estate/figures/figure.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { MixedIntegerSolver } from "../../../finops/commitments/mix/mixed-integer-solver.ts";
import { invoiceOf } from "../../../finops/invoice/invoice.ts";
import { scopeOf } from "../../availability/rank-improvements.ts";
import type { Progress } from "../../ports.ts";
import type { MeasuredInput } from "../cost-allocation.ts";
import { rightSize } from "../rightsize.ts";
import { type Commitments, commitmentsFor } from "./commitments-for.ts";
import { dearBesideCommitments } from "./dear-beside-commitments.ts";
import { type SavedEstate, savedEstate, savedJourneys } from "./saved-estate.ts";
import type { SavingCandidate, SavingState } from "./saving-candidate.ts";
import { savingCandidates } from "./saving-candidates.ts";
import type { CostSavings, JourneyEffect, MeasureNotTaken, SavingMeasure, TakenMeasure } from "./savings-report.ts";

export interface PayLessOptions {
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string;
  readonly solver: MixedIntegerSolver;
  /** Absent: nothing is said of requests. */
  readonly usage?: MeasuredInput;
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

/** A measure on an estate, with what it comes to. */
interface Tried {
  readonly candidate: SavingCandidate;
  readonly state: SavingState;
  readonly after: SavedEstate;
}

/** Less than this is no money, and no downtime worth a word: minutes a month. */
const oneCent = 0.01;
const negligibleMinutes = 0.005;

/**
 * One ranked answer to how an estate costs less. Each measure is priced alone, by which they are ranked (requests come
 * first, as node sizes are advised for them), and then taken on the estate that those above it leave, placed and priced
 * anew: what two of them would both save counts once. Commitments come last, for what is left, since what is bought for
 * nodes that go is paid for nothing; a measure that they beat is left out.
 */
export async function payLess(estate: Estate, catalog: Catalog, options: PayLessOptions): Promise<CostSavings> {
  const { today, onProgress, signal } = options;
  const sizing = await rightSize(estate, catalog, options);
  const declared = savedEstate(estate, catalog, today, new Set());
  const { context } = declared.priced;
  const environments = new Set(estate.journeys.map(({ environment }) => environment));
  const economies = scopeOf(estate, catalog, environments, weighJourneys(estate, context.placement, catalog));
  const candidates = savingCandidates({ priced: declared.priced, catalog, sizing, economies });
  const alone = candidates
    .flatMap((candidate, index) => {
      signal?.throwIfAborted();
      onProgress?.(`measure ${index + 1} of ${candidates.length}`);
      const tried = take(candidate, { estate, stopped: new Set() }, declared, catalog, today);
      return tried === undefined || !isWorthIt(candidate, declared.bill - tried.after.bill) ? [] : [tried];
    })
    .toSorted(
      (left, right) =>
        Number(isFirst(right.candidate)) - Number(isFirst(left.candidate)) ||
        left.after.bill - right.after.bill ||
        (left.candidate.id < right.candidate.id ? -1 : 1),
    );
  const taking = takeWhatPays(alone, { estate, declared, catalog, options });
  onProgress?.("commitments for what is left");
  const commitments = commitmentsFor({ declared, left: taking.after, stopped: taking.state.stopped }, catalog, options);
  const measures = [...taking.taken, ...withCommitments(taking, commitments)];
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "CostSavings",
    estate: estate.name,
    currency: context.currency.code,
    pricesAsOf: catalog.pricesAsOf,
    bill: invoiceOf(declared.priced, "month").total,
    saving: savingFigure(measures, context.currency.code),
    measures,
    againstObjectives: taking.againstObjectives,
    overlapped: taking.overlapped,
    notEvaluated: notEvaluated(sizing.requestsMissing),
    partial: declared.priced.unpriced.length > 0,
    unpriced: declared.priced.unpriced,
    assumptions: [...sizing.assumptions, ...commitments.assumptions, assume(savingEffort, "Estate", undefined)],
    diagnostics: [...sizing.diagnostics, ...commitments.diagnostics],
  };
}

/** Node counts and sizes are advised for the proposed requests: these have to be there first. */
function isFirst({ kind }: SavingCandidate): boolean {
  return kind === "requests";
}

/** Lower requests may save nothing by themselves, and let the nodes below them go. */
function isWorthIt(candidate: SavingCandidate, saved: number): boolean {
  return isFirst(candidate) ? saved > -oneCent : saved >= oneCent;
}

/** What is not looked at, so that nobody takes silence for "there is nothing to save". */
function notEvaluated(requests: { readonly reason: string; readonly hint: string } | undefined) {
  return [
    ...(requests === undefined ? [] : [{ what: "Requests", reason: `${requests.reason}. ${requests.hint}` }]),
    {
      what: "Azure Hybrid Benefit",
      reason: "the documents of an estate do not say which licences you own",
    },
    {
      what: "Redundancy of services with a price of their own",
      reason: "what they would cost without is not declared",
    },
  ];
}

/** The measure on an estate; none where nothing is left to change, pods find no node or a price is missing. */
function take(
  candidate: SavingCandidate,
  before: SavingState,
  now: SavedEstate,
  catalog: Catalog,
  today: string,
): Tried | undefined {
  const state = candidate.take(before);
  if (state === undefined) return undefined;
  const after = savedEstate(state.estate, catalog, today, state.stopped);
  const known = new Set(now.priced.unpriced.map(({ id }) => id));
  const hasPrice = after.priced.unpriced.every(({ id }) => known.has(id));
  return hasPrice && after.waiting <= now.waiting ? { candidate, state, after } : undefined;
}

interface Taking {
  readonly taken: readonly TakenMeasure[];
  readonly againstObjectives: readonly MeasureNotTaken[];
  readonly overlapped: readonly MeasureNotTaken[];
  readonly state: SavingState;
  readonly after: SavedEstate;
}

interface TakingBasis {
  readonly estate: Estate;
  readonly declared: SavedEstate;
  readonly catalog: Catalog;
  readonly options: PayLessOptions;
}

/** Takes the measures, but for those that commitments in their place beat. */
function takeWhatPays(alone: readonly Tried[], basis: TakingBasis): Taking {
  const { estate, declared, catalog, options } = basis;
  const all = takeAll(alone, basis);
  const ids = new Set(all.taken.map(({ id }) => id));
  const candidates = alone.map(({ candidate }) => candidate).filter(({ id }) => ids.has(id));
  const dear = dearBesideCommitments(estate, candidates, catalog, options);
  if (dear.size === 0) return all;
  const isDear = ({ candidate }: Tried) => dear.has(candidate.id);
  const left = takeAll(
    alone.filter((each) => !isDear(each)),
    basis,
  );
  const beaten = alone.filter(isDear).map(({ candidate, after }) => ({
    ...measureOf(candidate, after, toCent(declared.bill - after.bill), []),
    reason: "with commitments in its place the bill is lower",
  }));
  return { ...left, overlapped: [...left.overlapped, ...beaten] };
}

/** Takes the measures one after another, in the order in which they stand. */
function takeAll(alone: readonly Tried[], { estate, declared, catalog, options }: TakingBasis): Taking {
  const { today, onProgress, signal } = options;
  const taken: TakenMeasure[] = [];
  const againstObjectives: MeasureNotTaken[] = [];
  const overlapped: MeasureNotTaken[] = [];
  let state: SavingState = { estate, stopped: new Set() };
  let now = declared;
  let journeys = savedJourneys(declared, catalog);
  for (const [index, first] of alone.entries()) {
    signal?.throwIfAborted();
    onProgress?.(`measure ${index + 1} of ${alone.length}, beside those above`);
    const { candidate } = first;
    const saved = toCent(declared.bill - first.after.bill);
    const tried = take(candidate, state, now, catalog, today);
    if (tried === undefined || !isWorthIt(candidate, now.bill - tried.after.bill)) {
      const reason = "the measures above save the same";
      overlapped.push({ ...measureOf(candidate, first.after, saved, []), reason });
      continue;
    }
    const solved = savedJourneys(tried.after, catalog);
    const effects = effectsOf(estate, journeys, solved);
    const measure = measureOf(candidate, tried.after, saved, effects);
    const broken = effects.filter(isBroken);
    if (broken.length > 0) {
      againstObjectives.push({
        ...measure,
        reason: `${broken.map(({ journey }) => journey).join(", ")} would miss it`,
      });
      continue;
    }
    taken.push({
      ...measure,
      saved: toCent(now.bill - tried.after.bill),
      cumulative: toCent(declared.bill - tried.after.bill),
      billAfter: tried.after.bill,
    });
    ({ state, after: now } = tried);
    journeys = solved;
  }
  return { taken, againstObjectives, overlapped, state, after: now };
}

/** What keeps a measure out of the sum: a journey that is down more and misses its objective with it. */
function isBroken({ meetsObjective, moreMinutesPerMonth }: JourneyEffect): boolean {
  return meetsObjective === false && moreMinutesPerMonth > negligibleMinutes;
}

function measureOf(
  { id, kind, because, caveat, place, what, realise }: SavingCandidate,
  after: SavedEstate,
  alone: number,
  journeys: readonly JourneyEffect[],
): SavingMeasure {
  return {
    id,
    kind,
    what: what(after),
    because,
    caveat,
    place,
    alone,
    asks: savingEfforts[kind],
    realise: realise(after),
    journeys,
  };
}

function effectsOf(
  { journeys }: Estate,
  before: ReadonlyMap<string, SolvedJourney>,
  after: ReadonlyMap<string, SolvedJourney>,
): readonly JourneyEffect[] {
  return journeys
    .flatMap(({ id, objectiveUnavailability: allowed }): readonly JourneyEffect[] => {
      const was = before.get(id)?.unavailability;
      const is = after.get(id);
      if (was === undefined || is?.unavailability === undefined) return [];
      const moreMinutesPerMonth = (is.unavailability - was) * MINUTES_PER_MONTH;
      if (Math.abs(moreMinutesPerMonth) < negligibleMinutes) return [];
      const isKnown = allowed !== undefined && is.missing.length === 0;
      return [{ journey: id, moreMinutesPerMonth, meetsObjective: isKnown ? is.unavailability <= allowed : undefined }];
    })
    .toSorted(
      (left, right) =>
        Number(isBroken(right)) - Number(isBroken(left)) ||
        right.moreMinutesPerMonth - left.moreMinutesPerMonth ||
        (left.journey < right.journey ? -1 : 1),
    );
}

/** The row of the commitments, where some pay. */
function withCommitments({ taken, after }: Taking, { measure, saved }: Commitments): readonly TakenMeasure[] {
  if (measure === undefined || saved < oneCent) return [];
  const before = taken.at(-1)?.cumulative ?? 0;
  return [{ ...measure, saved, cumulative: toCent(before + saved), billAfter: toCent(after.bill - saved) }];
}

function savingFigure(measures: readonly TakenMeasure[], currency: string): Figure {
  const unit = `${currency}/month`;
  const total = toCent(measures.reduce((sum, { saved }) => sum + saved, 0));
  return exactFigure("cost/save/saving", "What all measures take off the bill of a month", unit, total, [
    { kind: "formula", text: "sum of the measures, each priced on the estate that those above it leave" },
    ...measures.map(({ id, what, saved, billAfter }) => ({
      kind: "figure" as const,
      figure: exactFigure(`cost/save/${id}`, what, unit, saved, [
        { kind: "formula", text: `leaves a bill of ${billAfter.toFixed(2)} ${unit}` },
      ]),
    })),
  ]);
}

function toCent(amount: number): number {
  return Math.round(amount * 100) / 100 || 0;
}
