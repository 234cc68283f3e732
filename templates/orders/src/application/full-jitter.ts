/** A random wait between zero and a cap that doubles with every attempt: those who collided do not meet again. */
export function fullJitter(attempt: number, baseMilliseconds: number, capMilliseconds: number): number {
  return Math.random() * Math.min(capMilliseconds, baseMilliseconds * 2 ** attempt);
}
