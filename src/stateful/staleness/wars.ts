import { type LatencyDistribution, sampleLatency } from "../latency/latency-distribution.ts";

/** One-way delays of a quorum store: write request, its acknowledgement, read request, its answer. */
export interface QuorumLatencies {
  readonly write: LatencyDistribution;
  readonly acknowledge: LatencyDistribution;
  readonly read: LatencyDistribution;
  readonly reply: LatencyDistribution;
}

/** Delays to and from each of the N replicas. */
export type ReplicaLatencies = readonly QuorumLatencies[];

export interface QuorumSizes {
  /** N */
  readonly replicas: number;
  /** R */
  readonly read: number;
  /** W */
  readonly write: number;
}

/** What trials of the model gave, each list in rising order; milliseconds. */
export interface WarsTrials {
  /** How long after its commit a write is certain to be seen by the read of the trial. */
  readonly visibleAfter: Float64Array;
  readonly writeLatency: Float64Array;
  readonly readLatency: Float64Array;
}

/** Where every replica is as far away as any other. */
export function sameForEach(replicas: number, latencies: QuorumLatencies): ReplicaLatencies {
  return Array.from({ length: replicas }, () => latencies);
}

/**
 * Trials of the WARS model (Bailis et al., Probabilistically Bounded Staleness for Practical Partial Quorums, VLDB 2012):
 * write and read go to all N replicas; the write commits with the W-th acknowledgement, the read takes the R first
 * answers. It is consistent t after the commit when some answering replica had the write before the read came.
 * Each trial draws one of `routes`, with equal chance: where the writer and the reader stand.
 */
export function simulateWars(
  { replicas, read, write }: QuorumSizes,
  routes: readonly ReplicaLatencies[],
  trials: number,
  draw: () => number,
): WarsTrials {
  const visibleAfter = new Float64Array(trials);
  const writeLatency = new Float64Array(trials);
  const readLatency = new Float64Array(trials);
  const acknowledged = new Float64Array(replicas);
  const answers = new Float64Array(replicas);
  const behind = new Float64Array(replicas);
  for (let trial = 0; trial < trials; trial++) {
    const route = routes.length === 1 ? routes[0] : routes[Math.floor(draw() * routes.length)];
    for (let replica = 0; replica < replicas; replica++) {
      const latencies = route?.[replica];
      if (latencies === undefined) throw new RangeError(`a route has no delays of replica ${replica}`);
      const arrival = sampleLatency(latencies.write, draw);
      const asked = sampleLatency(latencies.read, draw);
      acknowledged[replica] = arrival + sampleLatency(latencies.acknowledge, draw);
      answers[replica] = asked + sampleLatency(latencies.reply, draw);
      behind[replica] = arrival - asked;
    }
    const commit = acknowledged.toSorted()[write - 1] ?? 0;
    const first = firstAnswers(answers, read, draw);
    let least = Number.POSITIVE_INFINITY;
    for (const replica of first) least = Math.min(least, (behind[replica] as number) - commit);
    visibleAfter[trial] = Math.max(0, least);
    writeLatency[trial] = commit;
    readLatency[trial] = answers[first.at(-1) ?? 0] ?? 0;
  }
  return { visibleAfter: visibleAfter.sort(), writeLatency: writeLatency.sort(), readLatency: readLatency.sort() };
}

/** The replicas that answer first; equal delays are settled by chance. */
function firstAnswers(answers: Float64Array, count: number, draw: () => number): readonly number[] {
  const order = Array.from(answers, (answer, replica) => ({ replica, answer, tie: draw() }));
  order.sort((left, right) => left.answer - right.answer || left.tie - right.tie);
  return order.slice(0, count).map(({ replica }) => replica);
}
