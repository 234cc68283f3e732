import { type CommittablePool, mergeStates, type NodeDemand } from "../demand/node-demand.ts";
import { type CommitmentOffers, type OwnedCommitments, usageOf } from "./commitment-mix.ts";

/** A demand in which pools that no price tells apart are one. */
export interface AlikePools {
  readonly demand: NodeDemand;
  /** Where a pool of the original demand went. */
  readonly indexOf: (pool: number) => number;
}

/** Prices a unit that agree to so many digits are the same: sizes of a group differ by the rounding of the price list. */
const digits = 5;

/**
 * Merges pools of one size-flexibility group and region whose units cost the same at pay as you go and under every plan:
 * their nodes count as nodes of the first, by ratio. Pools that may be spot stay apart.
 */
export function mergeAlikePools(
  demand: NodeDemand,
  { plans: owned }: OwnedCommitments,
  { plans: offered, spot }: CommitmentOffers,
): AlikePools {
  const apart = new Set(spot.map(({ pool }) => pool));
  const rates = [...owned, ...offered];
  const keyOf = (pool: CommittablePool, index: number) => {
    if (apart.has(index) || pool.payAsYouGo === undefined) return `apart ${index}`;
    const { payAsYouGo } = pool;
    const planned = rates.map(({ rateOf }) => Math.min(payAsYouGo, rateOf(usageOf(pool, 0))));
    const perUnit = [payAsYouGo, ...planned].map((price) => (price / pool.ratio).toPrecision(digits));
    return [pool.region, pool.group, ...perUnit].join("\n");
  };
  const positions = new Map<string, number>();
  const firsts: CommittablePool[] = [];
  const target = demand.pools.map((pool, index) => {
    const key = keyOf(pool, index);
    const known = positions.get(key);
    if (known !== undefined) return known;
    positions.set(key, firsts.length);
    firsts.push(pool);
    return firsts.length - 1;
  });
  const merged = (nodes: readonly number[]) => {
    const counts = firsts.map(() => 0);
    for (const [index, pool] of demand.pools.entries()) {
      const to = target[index] ?? 0;
      counts[to] = (counts[to] ?? 0) + ((nodes[index] ?? 0) * pool.ratio) / (firsts[to]?.ratio ?? 1);
    }
    return counts;
  };
  const years = demand.years.map((year) => ({
    ...year,
    states: mergeStates(year.states.map(({ hours, nodes }) => ({ hours, nodes: merged(nodes) }))),
  }));
  return { demand: { ...demand, pools: firsts, years }, indexOf: (pool) => target[pool] ?? pool };
}
