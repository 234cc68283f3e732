import { maximumNodeScore } from "../plugins.ts";

/** The nodes that are scored: slots in `slots[0..count)`. */
export interface FeasibleNodes {
  slots: Int32Array;
  count: number;
}

/** Arrays by slot that one evaluation after the other writes its scores to. */
export interface ScoreBuffers {
  /** Raw scores of whichever plugin is at work. */
  readonly raw: Float64Array;
  readonly spread: Int32Array;
  readonly affinity: Int32Array;
  readonly taints: Int32Array;
  readonly nodeAffinity: Int32Array;
  readonly total: Int32Array;
}

export function scoreBuffers(capacity: number): ScoreBuffers {
  return {
    raw: new Float64Array(capacity),
    spread: new Int32Array(capacity),
    affinity: new Int32Array(capacity),
    taints: new Int32Array(capacity),
    nodeAffinity: new Int32Array(capacity),
    total: new Int32Array(capacity),
  };
}

/** One plugin's normalised scores: alike for all nodes, or by slot (only the feasible nodes' are meant). */
export type ScoreColumn =
  | { readonly kind: "constant"; readonly score: number }
  | { readonly kind: "bySlot"; readonly scores: Int32Array | Uint8Array };

export function constantScore(score: number): ScoreColumn {
  return { kind: "constant", score };
}

/** `floor(100 * s / max)`, or 100 less that where little is good; nothing to divide by gives 0, or 100 for all. */
export function normalizeByMaximum(
  raw: Int32Array,
  feasible: FeasibleNodes,
  scores: Int32Array,
  fewIsBest: boolean,
): ScoreColumn {
  let maximum = 0;
  for (let index = 0; index < feasible.count; index += 1) {
    maximum = Math.max(maximum, raw[feasible.slots[index] ?? 0] ?? 0);
  }
  if (maximum === 0) return constantScore(fewIsBest ? maximumNodeScore : 0);
  for (let index = 0; index < feasible.count; index += 1) {
    const slot = feasible.slots[index] ?? 0;
    const share = Math.floor((maximumNodeScore * (raw[slot] ?? 0)) / maximum);
    scores[slot] = fewIsBest ? maximumNodeScore - share : share;
  }
  return { kind: "bySlot", scores };
}
