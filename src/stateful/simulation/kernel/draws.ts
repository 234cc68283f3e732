/**
 * The n-th number of a stream that a seed fixes, in (0, 1), never 0 or 1. Without state: each operation draws from a
 * stream of its own, so that removing one leaves the draws of all others as they were.
 */
export function drawOf(seed: number, stream: number, position: number): number {
  let mixed = seed ^ Math.imul(stream + 1, 0x9e3779b1) ^ Math.imul(position + 1, 0x85ebca6b);
  // Two rounds of the finaliser of MurmurHash3.
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16) ^ stream, 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (((mixed ^ (mixed >>> 16)) >>> 0) + 0.5) / 2 ** 32;
}

/** Numbers of one stream, one after the other. */
export function drawsOf(seed: number, stream: number): () => number {
  let position = 0;
  return () => drawOf(seed, stream, position++);
}
