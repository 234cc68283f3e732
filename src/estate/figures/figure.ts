import type { Place } from "../sources/place.ts";

/**
 * What is known of a number.
 * `exact`: computed without approximation from its reasons; `range`: low, likely and high under stated assumptions;
 * `bounds`: certainly inside, by `method`; `interval`: simulated, with the share of runs inside it;
 * `notEvaluable`: inputs are missing, named one by one.
 */
export type FigureResult =
  | { readonly kind: "exact"; readonly value: number }
  | { readonly kind: "range"; readonly low: number; readonly likely: number; readonly high: number }
  | { readonly kind: "bounds"; readonly lower: number; readonly upper: number; readonly method: string }
  | {
      readonly kind: "interval";
      readonly lower: number;
      readonly median: number;
      readonly upper: number;
      readonly coverage: number;
    }
  | { readonly kind: "notEvaluable"; readonly missing: readonly string[] };

/** One thing a figure stands on. The union is closed; faces switch over it exhaustively. */
export type Reason =
  | { readonly kind: "formula"; readonly text: string; readonly source?: string }
  | {
      readonly kind: "fact";
      readonly name: string;
      readonly value: number | string;
      readonly unit?: string;
      readonly source: string;
      readonly asOf: string;
      readonly verified: boolean;
    }
  | {
      readonly kind: "declared";
      readonly name: string;
      readonly value: number | string;
      readonly unit?: string;
      readonly place?: Place;
    }
  | { readonly kind: "assumption"; readonly id: string; readonly text: string; readonly value?: string }
  | {
      readonly kind: "measurement";
      readonly name: string;
      readonly value: number | string;
      readonly unit?: string;
      readonly source: string;
      readonly window: string;
    }
  | { readonly kind: "figure"; readonly figure: Figure };

/** A number that explains itself: value, unit and the tree of reasons it stands on. */
export interface Figure {
  /** Stable path by which `scantling explain` finds it, such as `cost/monthly/total`. */
  readonly id: string;
  /** What it is, in words. */
  readonly label: string;
  /** Unit in words, such as `USD/month`, `minutes/month`, `nodes`, `ratio`. */
  readonly unit: string;
  readonly result: FigureResult;
  readonly reasons: readonly Reason[];
}

/** An exact figure. */
export function exactFigure(
  id: string,
  label: string,
  unit: string,
  value: number,
  reasons: readonly Reason[],
): Figure {
  return { id, label, unit, result: { kind: "exact", value }, reasons };
}

/** A figure that cannot be computed; `missing` names each absent input. */
export function notEvaluableFigure(
  id: string,
  label: string,
  unit: string,
  missing: readonly string[],
  reasons: readonly Reason[] = [],
): Figure {
  return { id, label, unit, result: { kind: "notEvaluable", missing }, reasons };
}

/** The single most useful number of a figure: exact value, likely value, median or midpoint; undefined when there is none. */
export function likelyValue(figure: Figure): number | undefined {
  const { result } = figure;
  switch (result.kind) {
    case "exact":
      return result.value;
    case "range":
      return result.likely;
    case "interval":
      return result.median;
    case "bounds":
      return (result.lower + result.upper) / 2;
    case "notEvaluable":
      return undefined;
  }
}
