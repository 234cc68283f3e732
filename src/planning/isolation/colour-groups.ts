/** Groups that conflict must not get the same colour. */
export interface Colouring {
  /** By group: 0, 1, … */
  readonly colours: readonly number[];
  readonly count: number;
  /** No colouring has fewer colours than this. */
  readonly lowerBound: number;
}

/** Steps of the search after which the best colouring so far stands. */
const mostSteps = 200_000;

/**
 * Fewest colours for a graph of conflicts: branch and bound from a greedy start (DSATUR), with a clique as the lower
 * bound. Exact while the search ends within its steps, which it does for the graphs of estates; otherwise the bound says
 * how far off it can be. `conflicts[i]` are the groups that group `i` conflicts with.
 */
export function colourGroups(conflicts: readonly ReadonlySet<number>[]): Colouring {
  const clique = greedyClique(conflicts);
  const best = { colours: dsatur(conflicts), isProven: true };
  let count = countOf(best.colours);
  let steps = 0;
  const assigned = conflicts.map(() => -1);
  const search = (used: number): void => {
    steps += 1;
    if (steps > mostSteps) {
      best.isProven = false;
      return;
    }
    const next = mostConstrained(assigned, conflicts);
    if (next === undefined) {
      count = used;
      best.colours = [...assigned];
      return;
    }
    for (let colour = 0; colour <= used && colour + 1 < count; colour += 1) {
      if (count <= clique.length || !best.isProven) return;
      if (!isFree(assigned, conflicts[next], colour)) continue;
      assigned[next] = colour;
      search(Math.max(used, colour + 1));
      assigned[next] = -1;
    }
  };
  if (count > clique.length) search(0);
  return { colours: best.colours, count, lowerBound: best.isProven ? count : clique.length };
}

/** Groups that all conflict with each other: as many colours are needed at the least. */
function greedyClique(conflicts: readonly ReadonlySet<number>[]): readonly number[] {
  const order = conflicts
    .map((set, group) => ({ group, degree: set.size }))
    .toSorted((left, right) => right.degree - left.degree || left.group - right.group);
  const clique: number[] = [];
  for (const { group } of order) {
    if (clique.every((member) => conflicts[group]?.has(member) === true)) clique.push(group);
  }
  return clique;
}

function dsatur(conflicts: readonly ReadonlySet<number>[]): readonly number[] {
  const colours = conflicts.map(() => -1);
  for (let group = mostConstrained(colours, conflicts); group !== undefined; ) {
    let colour = 0;
    while (!isFree(colours, conflicts[group], colour)) colour += 1;
    colours[group] = colour;
    group = mostConstrained(colours, conflicts);
  }
  return colours;
}

/** The group without a colour whose neighbours have the most colours; of equals the one with the most neighbours. */
function mostConstrained(colours: readonly number[], conflicts: readonly ReadonlySet<number>[]): number | undefined {
  let best: { group: number; saturation: number; degree: number } | undefined;
  for (const [group, neighbours] of conflicts.entries()) {
    if (colours[group] !== -1) continue;
    const seen = new Set([...neighbours].map((each) => colours[each]).filter((colour) => colour !== -1));
    const degree = neighbours.size;
    if (best === undefined || seen.size > best.saturation || (seen.size === best.saturation && degree > best.degree)) {
      best = { group, saturation: seen.size, degree };
    }
  }
  return best?.group;
}

function isFree(colours: readonly number[], neighbours: ReadonlySet<number> | undefined, colour: number): boolean {
  for (const each of neighbours ?? []) if (colours[each] === colour) return false;
  return true;
}

function countOf(colours: readonly number[]): number {
  return colours.reduce((most, colour) => Math.max(most, colour + 1), 0);
}
