import { exactFigure, type Figure, type FigureResult, likelyValue, type Reason } from "../../estate/figures/figure.ts";

/** Reasons that a sum names one by one; beyond, the smallest are counted. */
const mostNamed = 20;

/**
 * The sum of the figures of what is fixed in one place. A figure that stands twice (the same workload on two clusters)
 * counts once. Undefined where there is none; the figure itself where there is one.
 */
export function addFigures(figures: readonly (Figure | undefined)[]): Figure | undefined {
  const distinct = [...new Map(figures.flatMap((each) => (each === undefined ? [] : [[each.id, each]]))).values()];
  const [first] = distinct;
  if (first === undefined || distinct.length === 1) return first;
  const largest = distinct.toSorted((left, right) => (likelyValue(right) ?? 0) - (likelyValue(left) ?? 0));
  const named = largest.slice(0, mostNamed).map((figure): Reason => ({ kind: "figure", figure }));
  const text = `sum over ${distinct.length} places that one fix mends${distinct.length > mostNamed ? `, the largest ${mostNamed} below` : ""}`;
  const reasons: readonly Reason[] = [{ kind: "formula", text }, ...named];
  const sum = exactFigure(`${first.id}/and-${distinct.length - 1}-more`, first.label, first.unit, 0, reasons);
  return { ...sum, result: addResults(distinct.map(({ result }) => result)) };
}

function addResults(results: readonly FigureResult[]): FigureResult {
  const ends = results.map((result) => {
    if (result.kind === "exact") return { low: result.value, likely: result.value, high: result.value };
    return result.kind === "range" ? result : { low: 0, likely: 0, high: 0 };
  });
  const sum = (of: (end: (typeof ends)[number]) => number) =>
    Math.round(ends.reduce((total, end) => total + of(end), 0) * 1e6) / 1e6;
  const [low, likely, high] = [sum((end) => end.low), sum((end) => end.likely), sum((end) => end.high)];
  return low === high ? { kind: "exact", value: likely } : { kind: "range", low, likely, high };
}
