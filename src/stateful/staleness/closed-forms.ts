import type { QuorumSizes, ReplicaLatencies } from "./wars.ts";

/** Chance that R replicas drawn at random hold none of the W that confirmed: C(N-W, R) / C(N, R). */
export function quorumMiss({ replicas, read, write }: QuorumSizes): number {
  let chance = 1;
  for (let drawn = 0; drawn < read; drawn++) chance *= Math.max(0, replicas - write - drawn) / (replicas - drawn);
  return chance;
}

/**
 * Chance of a stale read `milliseconds` after the commit, exactly, where writes spread with an exponential delay and the
 * other three delays are constant: acknowledgements come in the order of arrival, readers ask R replicas at random, and
 * each of the N - W others still lacks the write with chance e^(-lambda x), whatever has gone before. So
 * p(t) = C(N-W, R) / C(N, R) * e^(-R lambda (t + a + r)). Undefined for other delays, and where
 * replicas are not all as far away.
 */
export function exactStaleness(
  sizes: QuorumSizes,
  routes: readonly ReplicaLatencies[],
  milliseconds: number,
): number | undefined {
  if (sizes.read + sizes.write > sizes.replicas) return 0;
  const [latencies, ...others] = new Set(routes.flat());
  if (latencies === undefined || others.length > 0) return undefined;
  const { write, acknowledge, read, reply } = latencies;
  const isClosed =
    write.kind === "exponential" &&
    write.mean > 0 &&
    acknowledge.kind === "constant" &&
    read.kind === "constant" &&
    reply.kind === "constant";
  if (!isClosed) return undefined;
  const passed = milliseconds + acknowledge.milliseconds + read.milliseconds;
  return quorumMiss(sizes) * Math.exp((-sizes.read * passed) / write.mean);
}
