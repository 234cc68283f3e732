import { weighedMicros } from "../pools/choose-pools.ts";
import { solutionOf, weighedNodesMicros, withCandidate, withNodesMore, withSolution } from "../pools/class-pools.ts";
import { demandSums, fewestNodes } from "../pools/demand-sums.ts";
import type { PlannedPods, SolvedPool } from "../pools/pool-problem.ts";
import type { PlannedCluster } from "../structure-plan.ts";
import type { Lack, Shortage } from "./cluster-trial.ts";
import { withOtherDeal } from "./other-deals.ts";
import { repairedDeal } from "./repaired-deal.ts";

/** The first workload that the scheduler leaves without room on the planned nodes; undefined where all is placed. */
type Probe = (planned: PlannedCluster) => Shortage | undefined;

/** What the scheduler says of a plan. */
interface Scheduling {
  readonly probe: Probe;
  readonly lacksOf: (planned: PlannedCluster) => readonly Lack[];
}

interface Search extends Scheduling {
  /** Plans that may still be scheduled: large clusters take longer for each. */
  trialsLeft: number;
}

/** Nodes that are added to pools, one at a time, until the scheduler places everything. */
const mostAdded = 40;
/** Workloads that are moved to another pool of their class before a node is added. */
const mostMoves = 12;
/** Pods that are scheduled in the search for a cheaper plan, over all its trials. */
const mostPodsScheduled = 400_000;
/** What is dearer than the best by so much may be so no more with other counts. */
const worthPolishing = 1.04;
/** What saves less than a quarter of a percent is no reason to exchange workloads. */
const lessByMending = 0.9975;
/** Pods that are scheduled to mend the drafts of one class. */
const mostPodsExchanged = 400_000;
const trialsOf = { fewest: 60, most: 700 } as const;

/**
 * The cheapest plan of a cluster that the scheduler agrees with, among those that are tried: each candidate of each class
 * with nodes added, or workloads moved between the pools of their class, until everything is placed; then fewer nodes and
 * other sizes for each pool of what was found. Every step is decided by the scheduler itself.
 */
export function settleCluster(start: PlannedCluster, { probe, lacksOf }: Scheduling): PlannedCluster {
  const pods = start.pools.flatMap((pool) => pool.pods).reduce((sum, { quantity }) => sum + quantity, 0);
  const trials = Math.min(trialsOf.most, Math.max(trialsOf.fewest, Math.floor(mostPodsScheduled / Math.max(1, pods))));
  const search: Search = { probe: remembered(probe), lacksOf, trialsLeft: trials };
  const first = settled(start, search, Number.POSITIVE_INFINITY);
  if (!first.holds) return first.planned;
  const best = mended(polished(otherCandidates(first.planned, search), search), search);
  const dealt = otherDeals(best, search);
  return dealt === best ? best : polished(dealt, search);
}

function exchangesOf({ pools }: PlannedCluster): number {
  const pods = pools.flatMap((pool) => pool.pods).reduce((sum, { quantity }) => sum + quantity, 0);
  return Math.floor(mostPodsExchanged / Math.max(1, pods));
}

/** Other counts as long as they find something. */
function polished(first: PlannedCluster, search: Search): PlannedCluster {
  let best = first;
  for (let last: PlannedCluster | undefined; last !== best && search.trialsLeft > 0; ) {
    last = best;
    best = otherCounts(best, search);
  }
  return best;
}

/** Drafts that cost less, mended by exchanges as long as there is time: the dearest of them first, which has most room. */
function mended(settledBest: PlannedCluster, search: Search): PlannedCluster {
  const exchanges = exchangesOf(settledBest);
  return [...settledBest.classes.entries()].reduce((first, [classIndex, { drafts }]) => {
    let best = first;
    let exchangesLeft = exchanges;
    const lacksOf = (planned: PlannedCluster) => {
      exchangesLeft -= 1;
      return search.lacksOf(planned);
    };
    for (const pools of drafts.toSorted((left, right) => weighedMicros(right) - weighedMicros(left))) {
      if (weighedMicros(pools) > weighedMicros(solutionOf(best, classIndex)) * lessByMending) continue;
      const trials = Math.min(exchangesLeft, Math.ceil(exchanges / 3));
      const repaired = repairedDeal(withSolution(best, classIndex, pools), classIndex, lacksOf, trials);
      if (repaired !== undefined && search.probe(repaired) === undefined) best = repaired;
    }
    return best;
  }, settledBest);
}

/** Workloads dealt anew by chance, class by class, with a share of the trials that are left for each. */
function otherDeals(first: PlannedCluster, search: Search): PlannedCluster {
  return [...first.classes.keys()].reduce((best, classIndex) => {
    const reserved = Math.floor(search.trialsLeft / 3);
    const holds = (changed: PlannedCluster) => {
      search.trialsLeft -= 1;
      return search.probe(changed) === undefined;
    };
    return withOtherDeal(best, classIndex, (changed) => search.trialsLeft > reserved && holds(changed)) ?? best;
  }, first);
}

/** Plans that are alike are scheduled once. */
function remembered(probe: Probe): Probe {
  const known = new Map<string, Shortage | undefined>();
  return (planned) => {
    const key = planned.pools
      .map(({ pool, pods }) => `${pool.vmSize} ${pool.minimumNodes} ${pods.map(({ id }) => id).join()}`)
      .join("\n");
    if (known.has(key)) {
      const found = known.get(key);
      const pool = planned.pools.find((each) => each.pool.name === found?.pool.pool.name);
      if (found === undefined || pool !== undefined)
        return found === undefined ? found : { ...found, pool: pool ?? found.pool };
    }
    const found = probe(planned);
    known.set(key, found);
    return found;
  };
}

/** Moves workloads and adds nodes until the scheduler places everything, or the price passes `most`. */
function settled(start: PlannedCluster, search: Search, most: number) {
  let planned = start;
  const moved = new Set<string>();
  let moves = 0;
  for (let added = 0; added <= mostAdded; ) {
    search.trialsLeft -= 1;
    const short = search.probe(planned);
    if (short === undefined) return { planned, holds: true };
    const eased = moves < mostMoves ? withMoved(planned, short, moved) : undefined;
    if (eased === undefined) added += 1;
    else moves += 1;
    planned = eased ?? withNodesMore(planned, short.pool);
    if (weighedNodesMicros(planned) >= most || (search.trialsLeft <= 0 && Number.isFinite(most))) break;
  }
  return { planned, holds: false };
}

/**
 * The workload that lacks room on another pool of its class where it was not yet: one that has room by its sums, or one that
 * has it once a workload of that pool comes back in its place.
 */
function withMoved(
  planned: PlannedCluster,
  { pool, workload }: Shortage,
  moved: Set<string>,
): PlannedCluster | undefined {
  const { classIndex, solved } = pool;
  const problem = planned.classes[classIndex]?.problem;
  const solution = solutionOf(planned, classIndex);
  if (problem === undefined || solution.length < 2 || solved.pods.length < 2) return undefined;
  const fits = (pods: readonly PlannedPods[], { size, nodes, added }: SolvedPool) =>
    fewestNodes(demandSums(pods, problem), size, problem.zones) <= nodes + added;
  const leaving = solved.pods.filter(({ id, quantity }) => (workload === undefined ? quantity > 0 : id === workload));
  for (const own of leaving.toSorted((left, right) => (left.size[0] ?? 0) - (right.size[0] ?? 0))) {
    for (const target of solution) {
      if (target === solved) continue;
      for (const back of [undefined, ...target.pods]) {
        const key = `${own.id} ${solution.indexOf(target)} ${back?.id ?? ""}`;
        const pods = [...target.pods.filter((each) => each !== back), own];
        const left = [...solved.pods.filter((each) => each !== own), ...(back === undefined ? [] : [back])];
        if (moved.has(key) || pods.length < 2 || !fits(pods, target) || !fits(left, solved)) continue;
        moved.add(key);
        moved.add(`${own.id} ${solution.indexOf(solved)} `);
        if (back !== undefined) moved.add(`${back.id} ${solution.indexOf(target)} `);
        const changed = solution.map((each): SolvedPool => {
          if (each === target) return { ...target, pods };
          return each === solved ? { ...solved, pods: left } : each;
        });
        return withSolution(planned, classIndex, changed);
      }
    }
  }
  return undefined;
}

/** Other candidates of each class, as long as they may be cheaper; the class that is furthest from its packing first. */
function otherCandidates(first: PlannedCluster, search: Search): PlannedCluster {
  let best = first;
  const excess = ({ classes }: PlannedCluster, index: number) =>
    weighedMicros(solutionOf(first, index)) - Math.min(...(classes[index]?.candidates ?? []).map(weighedMicros));
  const order = [...first.classes.keys()].toSorted((left, right) => excess(first, right) - excess(first, left));
  for (const classIndex of order) {
    // Something is left for each, so that the ones after it are tried too.
    const reserved = Math.floor(search.trialsLeft / 8);
    const byPrice = [...(first.classes[classIndex]?.candidates ?? []).entries()].toSorted(
      ([, left], [, right]) => weighedMicros(left) - weighedMicros(right),
    );
    for (const [candidate, pools] of byPrice) {
      if (candidate === first.classes[classIndex]?.chosen) continue;
      if (weighedMicros(pools) >= weighedMicros(solutionOf(best, classIndex))) continue;
      if (search.trialsLeft <= reserved) break;
      const most = weighedNodesMicros(best) * worthPolishing;
      const other = settled(withCandidate(best, classIndex, candidate), search, most);
      if (!other.holds) continue;
      const polished = polishedClass(other.planned, classIndex, search);
      if (weighedNodesMicros(polished) < weighedNodesMicros(best)) best = polished;
    }
  }
  return best;
}

/** Each pool with fewer nodes, or with other sizes for its pods, the cheapest that the scheduler agrees with. */
function otherCounts(first: PlannedCluster, search: Search): PlannedCluster {
  return [...first.classes.keys()].reduce((best, classIndex) => polishedClass(best, classIndex, search), first);
}

function polishedClass(first: PlannedCluster, classIndex: number, search: Search): PlannedCluster {
  let best = first;
  for (const index of solutionOf(first, classIndex).keys()) {
    for (const changed of cheaperPools(best, classIndex, index)) {
      if (search.trialsLeft <= 0) return best;
      const other = settled(changed, search, weighedNodesMicros(changed) + 1);
      if (!other.holds) continue;
      best = other.planned;
      break;
    }
  }
  return best;
}

/** Plans with another size or count for one pool that cost less, the cheapest first, as far as sums allow them. */
function cheaperPools(planned: PlannedCluster, classIndex: number, index: number): readonly PlannedCluster[] {
  const problem = planned.classes[classIndex]?.problem;
  const solution = solutionOf(planned, classIndex);
  const pool = solution[index];
  if (problem === undefined || pool === undefined) return [];
  const now = (pool.nodes + pool.added) * pool.size.hourlyMicros;
  const sums = demandSums(pool.pods, problem);
  return problem.sizes
    .flatMap((size) => {
      const fewest = fewestNodes(sums, size, problem.zones);
      const most = Math.ceil(now / size.hourlyMicros) - 1;
      if (!Number.isFinite(fewest) || fewest > most) return [];
      return Array.from({ length: most - fewest + 1 }, (_, more) => ({ size, nodes: fewest + more }));
    })
    .toSorted((left, right) => left.nodes * left.size.hourlyMicros - right.nodes * right.size.hourlyMicros)
    .map(({ size, nodes }) =>
      withSolution(planned, classIndex, solution.with(index, { ...pool, size, nodes, added: 0 })),
    )
    .filter((changed) => weighedMicros(solutionOf(changed, classIndex)) < weighedMicros(solution));
}
