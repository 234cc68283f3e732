import type { Assumption } from "../../../estate/assumptions/assumption.ts";
import type { SavingEffort, SavingKind } from "../../../estate/assumptions/saving-rules.ts";
import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import type { Figure } from "../../../estate/figures/figure.ts";
import type { Place } from "../../../estate/sources/place.ts";
import type { UnpricedItem } from "../../../finops/cost-report.ts";

/** What a measure does to a journey; minutes of an average month. */
export interface JourneyEffect {
  readonly journey: string;
  /** Positive: it is down more. */
  readonly moreMinutesPerMonth: number;
  /** With the measure; undefined without objective, or where something is missing. */
  readonly meetsObjective: boolean | undefined;
}

/** How a measure is made real. */
export type Realisation =
  /** A command of the command line, without `scantling` and without paths. */
  | { readonly kind: "command"; readonly words: readonly string[] }
  /** A change of a document or of a manifest. */
  | { readonly kind: "document"; readonly change: string };

/** One measure by which the estate costs less. */
export interface SavingMeasure {
  readonly id: string;
  readonly kind: SavingKind;
  /** As an order: `run 3 instead of 5 nodes in pool user of prod`. */
  readonly what: string;
  readonly because: string;
  readonly caveat: string | undefined;
  readonly place: Place | undefined;
  /** Off the declared bill of a month, were it the only measure; to the cent. */
  readonly alone: number;
  readonly asks: SavingEffort;
  readonly realise: Realisation;
  /** Journeys that change: those that miss their objective first, then the worst. */
  readonly journeys: readonly JourneyEffect[];
}

/** A measure as it is taken: on the estate that the measures above it leave. */
export interface TakenMeasure extends SavingMeasure {
  /** Off the bill of a month beside the measures above; to the cent. */
  readonly saved: number;
  /** With the measures above, together. */
  readonly cumulative: number;
  readonly billAfter: number;
}

/** A measure that is not counted, and why. */
export interface MeasureNotTaken extends SavingMeasure {
  readonly reason: string;
}

/** One ranked answer to "how do we pay less". Money a month. */
export interface CostSavings {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "CostSavings";
  readonly estate: string;
  readonly currency: string;
  readonly pricesAsOf: string;
  /** As declared. */
  readonly bill: Figure;
  /** Sum of what each measure saves beside those above it. */
  readonly saving: Figure;
  /** Requests, then by what each saves alone, then commitments; what each saves beside those above adds up to the whole. */
  readonly measures: readonly TakenMeasure[];
  /** Measures that would break an objective, or make a missed one worse: not counted. */
  readonly againstObjectives: readonly MeasureNotTaken[];
  /** Save something alone, and nothing beside the measures above them. */
  readonly overlapped: readonly MeasureNotTaken[];
  /** What was not looked at, and what it would need. */
  readonly notEvaluated: readonly { readonly what: string; readonly reason: string }[];
  readonly partial: boolean;
  readonly unpriced: readonly UnpricedItem[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}
