import type { Diagram } from "./diagram.ts";
import { ONE, ZERO } from "./node-table.ts";

/**
 * Probability of every node of a diagram, one pass up: P(n) = q P(high) + (1 - q) P(low), from unavailabilities only,
 * so that no small number is the difference of two large ones.
 * @param leafProbabilities by leaf of the formula
 */
export function nodeProbabilities(diagram: Diagram, leafProbabilities: ArrayLike<number>): Float64Array {
  const { levels, highs, lows, size, order } = diagram;
  const probabilities = new Float64Array(size);
  probabilities[ONE] = 1;
  for (let node = 2; node < size; node += 1) {
    const q = leafProbabilities[order[levels[node] ?? 0] ?? 0] ?? 0;
    const high = probabilities[highs[node] ?? ZERO] ?? 0;
    const low = probabilities[lows[node] ?? ZERO] ?? 0;
    probabilities[node] = q * high + (1 - q) * low;
  }
  return probabilities;
}

/**
 * dP(root)/dq of every leaf, one pass down (reverse mode): R(root) = 1; each node gives q R to its high child and
 * (1 - q) R to its low one; a leaf's derivative is the sum of R (P(high) - P(low)) over its nodes.
 * @returns by leaf of the formula
 */
export function leafDerivatives(
  diagram: Diagram,
  leafProbabilities: ArrayLike<number>,
  probabilities: Float64Array,
): Float64Array {
  const { levels, highs, lows, size, order, root } = diagram;
  const derivatives = new Float64Array(leafProbabilities.length);
  const reach = new Float64Array(size);
  reach[root] = 1;
  for (let node = size - 1; node >= 2; node -= 1) {
    const reached = reach[node] ?? 0;
    if (reached === 0) continue;
    const leaf = order[levels[node] ?? 0] ?? 0;
    const q = leafProbabilities[leaf] ?? 0;
    const high = highs[node] ?? ZERO;
    const low = lows[node] ?? ZERO;
    derivatives[leaf] = (derivatives[leaf] ?? 0) + reached * ((probabilities[high] ?? 0) - (probabilities[low] ?? 0));
    reach[high] = (reach[high] ?? 0) + reached * q;
    reach[low] = (reach[low] ?? 0) + reached * (1 - q);
  }
  return derivatives;
}
