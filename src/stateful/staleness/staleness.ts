import { drawsOf } from "../simulation/kernel/draws.ts";
import { type Proportion, wilsonInterval } from "../statistics/proportion.ts";
import { exactStaleness } from "./closed-forms.ts";
import { type QuorumSizes, type ReplicaLatencies, simulateWars } from "./wars.ts";

/** Chance of a stale read at one time after the commit. */
interface StalenessPoint {
  readonly millisecondsAfterCommit: number;
  readonly stale: Proportion;
  /** Where a closed form exists. */
  readonly exact?: number;
}

export interface StalenessCurve {
  readonly sizes: QuorumSizes;
  /** True: any R and any W replicas have one in common, so that no read is stale. */
  readonly overlaps: boolean;
  readonly trials: number;
  readonly points: readonly StalenessPoint[];
  /** After how many milliseconds so large a share of reads sees the write. */
  readonly visibility: readonly { readonly share: number; readonly milliseconds: number }[];
  readonly readP99: number;
  readonly writeP99: number;
}

const visibilityShares = [0.99, 0.999, 0.9999];

/** Staleness over time since the commit, for one quorum, over the routes that writers and readers take. */
export function stalenessCurve(
  sizes: QuorumSizes,
  routes: readonly ReplicaLatencies[],
  { times, trials, seed }: { readonly times: readonly number[]; readonly trials: number; readonly seed: number },
): StalenessCurve {
  const { visibleAfter, readLatency, writeLatency } = simulateWars(sizes, routes, trials, drawsOf(seed, 0));
  const overlaps = sizes.read + sizes.write > sizes.replicas;
  return {
    sizes,
    overlaps,
    trials,
    points: times.map((millisecondsAfterCommit) => {
      const stale = countAbove(visibleAfter, millisecondsAfterCommit);
      const exact = exactStaleness(sizes, routes, millisecondsAfterCommit);
      return {
        millisecondsAfterCommit,
        stale: overlaps ? { share: 0, lower: 0, upper: 0 } : wilsonInterval(stale, trials),
        ...(exact === undefined ? {} : { exact }),
      };
    }),
    visibility: visibilityShares.map((share) => ({ share, milliseconds: quantile(visibleAfter, share) })),
    readP99: quantile(readLatency, 0.99),
    writeP99: quantile(writeLatency, 0.99),
  };
}

function countAbove(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return sorted.length - low;
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
