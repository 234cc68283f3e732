import type { LatencyDistribution } from "../latency/latency-distribution.ts";
import type { QuorumLatencies } from "../staleness/wars.ts";
import table from "./published-fits.json" with { type: "json" };

interface ParetoWithTail {
  readonly share: number;
  readonly scale: number;
  readonly shape: number;
  readonly tailRate: number;
}

/** Fits of production systems that the published staleness figures rest on. */
export const publishedFits: ReadonlyMap<string, QuorumLatencies> = new Map(
  Object.entries(table.fits).map(([name, { write, others }]) => {
    const other = fitOf(others);
    return [name, { write: fitOf(write), acknowledge: other, read: other, reply: other }];
  }),
);

function fitOf({ share, scale, shape, tailRate }: ParetoWithTail): LatencyDistribution {
  return {
    kind: "mixture",
    parts: [
      { weight: share, distribution: { kind: "pareto", scale, shape } },
      { weight: 1 - share, distribution: { kind: "exponential", mean: 1 / tailRate } },
    ],
  };
}
