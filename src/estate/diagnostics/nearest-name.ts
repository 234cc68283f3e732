/**
 * The candidate that somebody who wrote `name` most likely meant; undefined when none is near. A difference in case
 * counts as none; otherwise up to a third of the letters may be inserted, deleted, replaced or swapped with the next.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length === 0 || name.length > 80) return undefined;
  const wanted = name.toLowerCase();
  const limit = Math.max(1, Math.floor(name.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const bound = Math.min(limit, bestDistance);
    if (candidate === name || Math.abs(candidate.length - name.length) > bound) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), bound + 1);
    if (distance > bound) continue;
    if (distance < bestDistance || best === undefined || candidate < best) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** True when two names differ, but for case, by no more than one letter inserted, deleted, replaced or swapped. */
export function isOneSlipFrom(name: string, other: string): boolean {
  return Math.abs(name.length - other.length) <= 1 && editDistance(name.toLowerCase(), other.toLowerCase(), 2) <= 1;
}

/** Optimal string alignment distance; stops counting at `limit`. */
function editDistance(one: string, other: string, limit: number): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      let cost = Math.min(
        (previous[column] ?? limit) + 1,
        (current[column - 1] ?? limit) + 1,
        (previous[column - 1] ?? limit) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (swapped) cost = Math.min(cost, (beforePrevious[column - 2] ?? limit) + 1);
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least >= limit) return limit;
    beforePrevious = previous;
    previous = current;
  }
  return previous[other.length] ?? limit;
}
