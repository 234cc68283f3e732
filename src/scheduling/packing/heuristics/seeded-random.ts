/** Numbers in [0, 1) that a seed fixes: the same seed gives the same numbers in every runtime. */
export type SeededRandom = () => number;

/** The generator "mulberry32": 32 bits of state, fit for searches, not for secrets. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
