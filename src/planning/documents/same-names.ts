/** True when two lists without repetitions name the same, in whatever order. */
export function isSameSet(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name) => right.includes(name));
}
