import { blueprintScheduler } from "./cluster/cluster-blueprint.ts";
import { SimulatedCluster } from "./cluster/simulated-cluster.ts";
import { EventClock, rank } from "./event-clock.ts";
import { LoadRecorder } from "./load-recorder.ts";
import type { LoadOutcome, LoadSimulationInput, SimulatedWorkload } from "./load-simulation.ts";
import { ClusterAutoscaler } from "./node-scaling/cluster-autoscaler.ts";
import { NodeProvisioner } from "./node-scaling/node-provisioner.ts";
import { type Fleet, PodFleet } from "./pod-fleet.ts";
import { type RandomStreams, randomStreams } from "./random-streams.ts";
import { runHorizontalPodAutoscaler, runScaledObject } from "./replica-scaling/replica-autoscaler.ts";
import { ReplicaPlan } from "./replica-scaling/replica-plan.ts";
import { runScaledJob } from "./replica-scaling/run-scaled-job.ts";
import { MetricPublisher } from "./replica-scaling/scaling-signals.ts";
import { ServerlessFleet } from "./serverless/serverless-fleet.ts";
import { difference, ServingMeter } from "./serving-meter.ts";

/** The cluster settles for an hour under the first demand before anything is counted. */
const warmUpSeconds = 3600;

/**
 * Plays demand through one workload, its autoscaler, the exact scheduler and the node autoscaler, event by event. The same
 * input gives the same outcome. Bounded in events: the outcome says when it ended early. Throws only when the signal aborts.
 */
export function simulateLoad(input: LoadSimulationInput): LoadOutcome {
  const { seed, timing, cluster: blueprint, nodeScaling, workload } = input;
  const clock = new EventClock();
  const streams = randomStreams(seed);
  const scheduler = blueprintScheduler(blueprint, seed);
  const { boot } = timing;
  const cluster = new SimulatedCluster({ clock, scheduler, pools: blueprint.pools, boot, random: streams.boot });
  for (const pod of blueprint.background) cluster.submit(pod);
  const unplaced = cluster.pendingPods.map(({ id }) => id);
  if (nodeScaling !== undefined) {
    const options = { clock, cluster, profile: nodeScaling, random: streams.nodeScaling };
    const autoscaler = new ClusterAutoscaler(options);
    cluster.onChange(() => autoscaler.wake());
    autoscaler.wake();
  }
  if (input.nodeProvisioning !== undefined) {
    const profile = input.nodeProvisioning;
    const provisioner = new NodeProvisioner({ clock, cluster, profile, random: streams.nodeScaling });
    cluster.onChange(() => provisioner.wake());
    provisioner.wake();
  }
  const meter = new ServingMeter(workload?.perReplica ?? 0, workload?.patienceSeconds ?? 0);
  const fleet = workload === undefined ? undefined : startWorkload(workload, { input, clock, cluster, meter, streams });
  for (const { fromSeconds, untilSeconds } of input.clusterStops ?? []) {
    clock.at(warmUpSeconds + fromSeconds, rank.infrastructure, () => cluster.stop());
    clock.at(warmUpSeconds + untilSeconds, rank.infrastructure, () => cluster.start());
  }
  feedDemand(input, clock, meter);
  return { ...record(input, { clock, cluster, meter, fleet }), unplaced };
}

interface Surroundings {
  readonly input: LoadSimulationInput;
  readonly clock: EventClock;
  readonly cluster: SimulatedCluster;
  readonly meter: ServingMeter;
  readonly streams: RandomStreams;
}

function startWorkload(workload: SimulatedWorkload, { input, clock, cluster, meter, streams }: Surroundings): Fleet {
  const { demand, timing, metricOutages = [] } = input;
  const { scaler, perReplica } = workload;
  let running: Fleet | undefined;
  const metrics = new MetricPublisher(meter, perReplica, clock.now);
  const ticker = clock.ticker(timing.metricSeconds, streams.phases() * timing.metricSeconds, rank.metric, () => {
    metrics.publish(clock.now, running?.ready ?? 0);
    return true;
  });
  ticker.wake();
  const plan = new ReplicaPlan(workload.plan.map((step) => ({ ...step, seconds: step.seconds + warmUpSeconds })));
  const isOut = (seconds: number) =>
    metricOutages.some((outage) => seconds >= outage.fromSeconds && seconds < outage.untilSeconds);
  const context = {
    clock,
    metrics,
    plan,
    metricsAvailable: (seconds: number) => !isOut(seconds - warmUpSeconds),
    epochSeconds: demand.startSeconds - warmUpSeconds,
    syncSeconds: timing.syncSeconds,
    random: streams.phases,
  };
  if (scaler.kind === "ScaledJob")
    return runScaledJob(scaler, { ...context, cluster, workload, random: streams.start });
  const fleet = makeFleet(workload, { clock, cluster, random: streams.start });
  running = fleet;
  fleet.scaleTo(workload.initialReplicas);
  if (scaler.kind === "Fixed") runFixed(scaler.replicas, workload, clock, fleet);
  if (scaler.kind === "HorizontalPodAutoscaler") runHorizontalPodAutoscaler(scaler, { ...context, fleet });
  if (scaler.kind === "ScaledObject") runScaledObject(scaler, { ...context, fleet });
  return fleet;
}

/** Without an autoscaler only the plan changes the replicas. */
function runFixed(replicas: number, { plan }: SimulatedWorkload, clock: EventClock, fleet: Fleet): void {
  for (const { seconds, minimum, maximum } of plan) {
    const count = Math.min(maximum, Math.max(minimum, replicas));
    clock.at(warmUpSeconds + seconds, rank.replicaAutoscaler, () => fleet.scaleTo(count));
  }
}

function makeFleet(
  { runsOn }: SimulatedWorkload,
  options: { readonly clock: EventClock; readonly cluster: SimulatedCluster; readonly random: () => number },
): Fleet {
  return runsOn.kind === "pods"
    ? new PodFleet({ ...options, ...runsOn })
    : new ServerlessFleet({ ...options, start: runsOn.platform.start });
}

/** Demand changes; during the warm-up it is what it is at the beginning. */
function feedDemand({ demand }: LoadSimulationInput, clock: EventClock, meter: ServingMeter): void {
  meter.arrivalRate = demand.rates[0] ?? 0;
  let next = 1;
  const step = () => {
    meter.arrivalRate = demand.rates[next] ?? 0;
    next += 1;
    schedule();
  };
  const schedule = () => {
    const seconds = demand.times[next];
    if (seconds !== undefined) clock.at(warmUpSeconds + seconds, rank.demand, step);
  };
  schedule();
}

interface Played {
  readonly clock: EventClock;
  readonly cluster: SimulatedCluster;
  readonly meter: ServingMeter;
  readonly fleet: Fleet | undefined;
}

function record(input: LoadSimulationInput, { clock, cluster, meter, fleet }: Played): Omit<LoadOutcome, "unplaced"> {
  const { demand, mostEvents, pointSeconds, signal } = input;
  const recorder = new LoadRecorder(pointSeconds);
  const costs = replicaCosts(input);
  let startsBefore = 0;
  const endSeconds = warmUpSeconds + demand.durationSeconds;
  keepPointsApart(clock, pointSeconds, endSeconds, () => {
    startsBefore = fleet?.started ?? 0;
    meter.forgetWaiting();
  });
  const run = clock.run({
    endSeconds,
    mostEvents,
    ...(signal === undefined ? {} : { signal }),
    onElapsed: (fromSeconds, toSeconds) => {
      const before = meter.totals;
      meter.advance(fromSeconds, toSeconds, fleet?.ready ?? 0);
      if (fromSeconds < warmUpSeconds) return;
      const flow = difference(meter.totals, before);
      const state = {
        arrivalRate: meter.arrivalRate,
        replicas: fleet?.replicas ?? 0,
        ready: fleet?.ready ?? 0,
        pending: fleet?.pending ?? 0,
        nodes: cluster.nodeCount,
        nodeCostPerHour: cluster.costPerHour,
        heldCostPerHour: cluster.heldCostPerHour,
        replicaCostPerSecond: (fleet?.replicas ?? 0) * costs.perReplicaSecond,
      };
      const requestCost = flow.served * costs.perRequest;
      recorder.add(fromSeconds - warmUpSeconds, toSeconds - fromSeconds, state, { ...flow, requestCost });
    },
  });
  return { ...recorder.result((fleet?.started ?? 0) - startsBefore, meter.waiting), run };
}

function replicaCosts({ workload }: LoadSimulationInput): { perReplicaSecond: number; perRequest: number } {
  if (workload?.runsOn.kind !== "serverless") return { perReplicaSecond: 0, perRequest: 0 };
  const { size, prices } = workload.runsOn;
  return {
    perReplicaSecond: size.vcpu * prices.vcpuSecond + size.memoryGiB * prices.gibSecond,
    perRequest: prices.request,
  };
}

/** Something happens at the end of every point, so that no stretch of time belongs to two. */
function keepPointsApart(clock: EventClock, pointSeconds: number, endSeconds: number, onBeginning: () => void): void {
  clock.at(warmUpSeconds, rank.demand, onBeginning);
  const step = (seconds: number) => {
    if (seconds < endSeconds) clock.at(seconds, rank.demand, () => step(seconds + pointSeconds));
  };
  step(warmUpSeconds + pointSeconds);
}
