/** Customers of one sort: how many, and how likely each turns up. */
export interface CustomerGroup {
  readonly count: number;
  readonly showUp: number;
}

/** How many of the sold turn up, as far as a capacity cares. */
export interface ShowUps {
  readonly capacity: number;
  readonly sold: number;
  /** Chance of 0, 1, ... up to the capacity, and in the last place of any more. */
  readonly chances: Float64Array;
  readonly expectedBumped: number;
}

/** Chances of the show-ups: Poisson-binomial, by adding one customer after the other; binomial for one group. */
export function showUpsOf(groups: readonly CustomerGroup[], capacity: number): ShowUps {
  const chances = new Float64Array(capacity + 2);
  chances[0] = 1;
  return groups.reduce<ShowUps>(
    (before, { count, showUp }) => {
      let after = before;
      for (let customer = 0; customer < count; customer++) after = addCustomer(after, showUp);
      return after;
    },
    { capacity, sold: 0, chances, expectedBumped: 0 },
  );
}

/**
 * One more customer. Sums of products of chances: nothing cancels, so nothing is lost. Beyond the capacity only the sum
 * matters, so that the work grows with sales times capacity; one more is bumped with chance p P(S >= C).
 */
export function addCustomer({ capacity, sold, chances, expectedBumped }: ShowUps, showUp: number): ShowUps {
  const after = new Float64Array(chances.length);
  for (let shown = 0; shown <= capacity; shown++) {
    after[shown] = (chances[shown] ?? 0) * (1 - showUp) + (chances[shown - 1] ?? 0) * showUp;
  }
  const full = chances[capacity] ?? 0;
  const over = chances[capacity + 1] ?? 0;
  after[capacity + 1] = over + full * showUp;
  return { capacity, sold: sold + 1, chances: after, expectedBumped: expectedBumped + showUp * (full + over) };
}

/** What a capacity makes of the show-ups. */
export interface Turnout {
  /** Chance that more turn up than there is room for. */
  readonly overProbability: number;
  readonly expectedBumped: number;
  readonly expectedEmpty: number;
  readonly expectedServed: number;
}

export function turnoutOf({ capacity, chances, expectedBumped }: ShowUps): Turnout {
  const expectedServed = chances.reduce((sum, chance, shown) => sum + Math.min(shown, capacity) * chance, 0);
  const overProbability = chances[capacity + 1] ?? 0;
  return { overProbability, expectedBumped, expectedEmpty: capacity - expectedServed, expectedServed };
}

/** Chance that the next to turn up finds no room. */
export function allTaken({ capacity, chances }: ShowUps): number {
  return (chances[capacity] ?? 0) + (chances[capacity + 1] ?? 0);
}
