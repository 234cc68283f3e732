/** How to choose among nodes with the same best score: the first in the order of the nodes, or evenly by seed. */
export type TieBreak = { readonly kind: "first" } | { readonly kind: "seeded"; readonly seed: number };

/** Draws numbers from 0 (inclusive) to 1 (exclusive); the same seed gives the same numbers (mulberry32). */
export function seededDraws(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
