import { type Figure, likelyValue } from "../../estate/figures/figure.ts";

/**
 * How much of a figure stands on each assumption, as a share from 0 to 1: an assumption that the figure cites itself
 * carries all of it; one that a part cites carries that part's share of the sum of the parts.
 */
export function assumptionWeights(figure: Figure): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  addWeights(figure, 1, weights);
  return weights;
}

function addWeights(figure: Figure, share: number, weights: Map<string, number>): void {
  const parts = figure.reasons.flatMap((reason) => (reason.kind === "figure" ? [reason.figure] : []));
  for (const reason of figure.reasons) {
    if (reason.kind === "assumption")
      weights.set(reason.id, Math.min(1, Math.max(weights.get(reason.id) ?? 0, 0) + share));
  }
  const total = parts.reduce((sum, part) => sum + Math.abs(likelyValue(part) ?? 0), 0);
  if (total === 0) return;
  for (const part of parts) {
    const partShare = (share * Math.abs(likelyValue(part) ?? 0)) / total;
    // Below a thousandth of the headline nothing can sharpen it; large bills have ten thousands of lines.
    if (partShare > 1e-3) addWeights(part, partShare, weights);
  }
}
