import type { SimulatedCluster } from "../cluster/simulated-cluster.ts";
import { type EventClock, rank } from "../event-clock.ts";
import type { SimulatedWorkload } from "../load-simulation.ts";
import { type Fleet, PodFleet } from "../pod-fleet.ts";
import type { ScaledJobSettings } from "./autoscaler-settings.ts";
import { jobsToCreate } from "./scaled-job.ts";
import type { MetricPublisher } from "./scaling-signals.ts";

interface ScaledJobContext {
  readonly clock: EventClock;
  readonly cluster: SimulatedCluster;
  readonly workload: SimulatedWorkload;
  readonly metrics: MetricPublisher;
  readonly metricsAvailable: (seconds: number) => boolean;
  readonly random: () => number;
}

/** Lets KEDA make jobs from now on: each runs for its time once it is ready, and is then gone. */
export function runScaledJob(settings: ScaledJobSettings, context: ScaledJobContext): Fleet {
  const { clock, cluster, workload, metrics, metricsAvailable, random } = context;
  if (workload.runsOn.kind !== "pods") throw new Error("a ScaledJob runs as pods of a cluster");
  const fleet: PodFleet = new PodFleet({
    ...workload.runsOn,
    clock,
    cluster,
    random,
    onReady: (podId) => clock.at(clock.now + settings.jobSeconds, rank.infrastructure, () => fleet.removePod(podId)),
  });
  const phase = clock.now + random() * settings.pollingSeconds;
  const ticker = clock.ticker(settings.pollingSeconds, phase, rank.replicaAutoscaler, () => {
    if (!metricsAvailable(clock.now)) return true;
    const jobs = { running: fleet.replicas, pending: fleet.pending + fleet.starting };
    const count = jobsToCreate(settings, metrics.latest.waiting, jobs);
    for (let made = 0; made < count; made += 1) fleet.addPod();
    return true;
  });
  ticker.wake();
  return fleet;
}
