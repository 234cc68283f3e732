/** Customers of one sort: how many, and how likely each turns up. */
export interface CustomerGroup {
  readonly count: number;
  readonly showUp: number;
}

/** Chance of each number of show-ups: Poisson-binomial, by adding one customer after the other; binomial for one group. */
export function showUpDistribution(groups: readonly CustomerGroup[]): readonly number[] {
  return groups.reduce((before, { count, showUp }) => {
    let after = before;
    for (let customer = 0; customer < count; customer++) after = addCustomer(after, showUp);
    return after;
  }, certainlyNobody);
}

const certainlyNobody: readonly number[] = [1];

/** The distribution with one more customer. Sums of products of chances: nothing cancels, so nothing is lost. */
export function addCustomer(before: readonly number[], showUp: number): readonly number[] {
  const after = Array.from({ length: before.length + 1 }, () => 0);
  for (const [shown, chance] of before.entries()) {
    after[shown] = (after[shown] ?? 0) + chance * (1 - showUp);
    after[shown + 1] = (after[shown + 1] ?? 0) + chance * showUp;
  }
  return after;
}

/** What a capacity makes of the show-ups. */
export interface Turnout {
  /** Chance that more turn up than there is room for. */
  readonly overProbability: number;
  readonly expectedBumped: number;
  readonly expectedEmpty: number;
  readonly expectedServed: number;
}

export function turnoutOf(distribution: readonly number[], capacity: number): Turnout {
  let overProbability = 0;
  let expectedBumped = 0;
  let expectedServed = 0;
  for (const [shown, chance] of distribution.entries()) {
    if (shown > capacity) overProbability += chance;
    expectedBumped += Math.max(0, shown - capacity) * chance;
    expectedServed += Math.min(shown, capacity) * chance;
  }
  return { overProbability, expectedBumped, expectedEmpty: capacity - expectedServed, expectedServed };
}
