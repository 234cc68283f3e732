import type { LatencyDistribution } from "../latency/latency-distribution.ts";
import type { QuorumLatencies } from "./wars.ts";

const solidState = mixture(0.9122, pareto(0.235, 10), 1 / 1.66);
const disk = mixture(0.38, pareto(1.05, 1.51), 1 / 0.183);

function pareto(scale: number, shape: number): LatencyDistribution {
  return { kind: "pareto", scale, shape };
}

function mixture(weight: number, body: LatencyDistribution, tailMean: number): LatencyDistribution {
  return {
    kind: "mixture",
    parts: [
      { weight, distribution: body },
      { weight: 1 - weight, distribution: { kind: "exponential", mean: tailMean } },
    ],
  };
}

function sameFor(write: LatencyDistribution, others: LatencyDistribution): QuorumLatencies {
  return { write, acknowledge: others, read: others, reply: others };
}

/** Fits of production systems, of the paper on probabilistically bounded staleness (VLDB 2012, table 3). */
export const publishedFits: { readonly [name: string]: QuorumLatencies } = {
  "LNKD-SSD": sameFor(solidState, solidState),
  "LNKD-DISK": sameFor(disk, solidState),
  YMMR: sameFor(mixture(0.939, pareto(3, 3.35), 1 / 0.0028), mixture(0.982, pareto(1.5, 3.8), 1 / 0.0217)),
};
