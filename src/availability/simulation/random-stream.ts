/**
 * Numbers from 0 (inclusive) to 1 (exclusive) for one purpose; the same seed and purpose give the same numbers. The
 * generator is sfc32, with 128 bits of state: many long streams beside one another do not meet, as they would in one of
 * 32 bits.
 */
export function randomStream(seed: number, purpose: string): () => number {
  let a = hashOf(purpose, 0x811c9dc5);
  let b = hashOf(purpose, 0x9e3779b9 ^ seed);
  let c = seed | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 15; round += 1) next();
  return next;
}

/** FNV-1a, then mixed: purposes that differ in one letter are far apart. */
function hashOf(text: string, start: number): number {
  let hash = start;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
