import type { LatencyDistribution } from "../../../stateful/latency/latency-distribution.ts";
import { drawsOf } from "../../../stateful/simulation/kernel/draws.ts";
import { layOut } from "../../../stateful/simulation/replication/topology.ts";
import type { Scenario } from "../../../stateful/simulation/scenario/scenario.ts";
import { type StalenessCurve, stalenessCurve } from "../../../stateful/staleness/staleness.ts";
import { type QuorumLatencies, type ReplicaLatencies, sameForEach } from "../../../stateful/staleness/wars.ts";

const stalenessTimes = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500];
const stalenessTrials = 50_000;

/** Quorum stores: staleness over time since the commit, by the delays of each replica or by those that are given. */
export function stalenessOf(
  scenario: Scenario,
  given: QuorumLatencies | undefined,
  seed: number,
): StalenessCurve | undefined {
  const { store } = scenario;
  if (store.kind !== "quorum") return undefined;
  const routes = given === undefined ? routesOf(scenario) : [sameForEach(store.replicas, given)];
  return stalenessCurve(store, routes, {
    times: stalenessTimes,
    trials: stalenessTrials,
    seed: drawsOf(seed, 1)() * 2 ** 31,
  });
}

/** One route for each pair of regions that a writer and a reader come in through. */
function routesOf(scenario: Scenario): readonly ReplicaLatencies[] {
  const { regions, links } = scenario;
  const { regionOf } = layOut(scenario);
  const link = (from: number, to: number) => links[from * regions.length + to] as LatencyDistribution;
  return regions.flatMap((_, writer) =>
    regions.map((_region, reader) =>
      regionOf.map((replica) => ({
        write: link(writer, replica),
        acknowledge: link(replica, writer),
        read: link(reader, replica),
        reply: link(replica, reader),
      })),
    ),
  );
}
