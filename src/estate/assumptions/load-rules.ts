import type { AssumptionRule } from "./assumption-rule.ts";

/** Use of CPU by load, which an autoscaler on CPU goes by. */
export const cpuFollowsLoad: AssumptionRule<{
  readonly perReplica: number;
  readonly unit: string;
  readonly lagSeconds: number;
}> = {
  id: "ASM-150",
  name: "cpu-follows-load",
  text: () =>
    "The CPU that a replica uses is in proportion to its load: one that serves all it can uses exactly what it requests, so that a target of 65 % keeps it at 65 % of its load. Autoscalers see averages between two publications of a metric.",
  value: ({ perReplica, unit, lagSeconds }) =>
    `100 % of the request at ${perReplica} ${unit}, published every ${lagSeconds} s`,
  replaceBy: "Application.spec.load[].perReplica, measured where the CPU request is used up",
};

/** How long a machine takes to become a node. */
export const nodeBootTime: AssumptionRule<{ readonly median: number; readonly p95: number }> = {
  id: "ASM-151",
  name: "node-boot-time",
  text: () =>
    "A new node takes from the order to Ready as long as the AKS documentation says is typical (2 to 5 minutes), lognormal; no order fails.",
  value: ({ median, p95 }) => `median ${median} s, 95 % within ${p95} s`,
  replaceBy: "boot times measured on the cluster",
};

export const assumedImageMegabytes = 300;

/** How long a container takes to be ready. */
export const replicaStartTime: AssumptionRule<{
  readonly median: number;
  readonly p95: number;
  readonly megabytes: number;
  readonly pullSeconds: number;
}> = {
  id: "ASM-152",
  name: "replica-start-time",
  text: ({ megabytes }) =>
    `Nothing says how long a container takes from its start to readiness, nor how large its image is: ${megabytes} MB are pulled once for a node, one image after the other.`,
  value: ({ median, p95, pullSeconds }) =>
    `median ${median} s, 95 % within ${p95} s, after ${pullSeconds} s of pulling`,
  replaceBy: "start times measured on the cluster, and the size of the image",
};

export const assumedReplicaStart = { medianSeconds: 10, p95Seconds: 25 } as const;

/** How long demand waits. */
export const demandPatience: AssumptionRule<{ readonly seconds: number }> = {
  id: "ASM-153",
  name: "demand-patience",
  text: () =>
    "A request that finds every replica busy, or none ready, waits as long as an impatient user does and is then lost; the longest request of the application is not declared.",
  value: ({ seconds }) => `${seconds} s`,
  replaceBy: "Application.spec.longestRequest",
};

export const assumedPatienceSeconds = 10;

/** What pre-scaling knows. */
export const prescalingPlan: AssumptionRule<{ readonly leadMinutes: number; readonly stepMinutes: number }> = {
  id: "ASM-154",
  name: "prescaling-plan",
  text: ({ stepMinutes }) =>
    `Pre-scaling follows a calendar: the peak of every ${stepMinutes} minutes is known beforehand, as from a fixture list or a campaign plan, and replicas for it are there early; what was not foreseen would be served as by the reactive strategy.`,
  value: ({ leadMinutes }) => `${leadMinutes} minutes ahead`,
  replaceBy: "a calendar of the events that are known, as cron triggers",
};

/** Everything else in the cluster. */
export const backgroundStaysStill: AssumptionRule<{ readonly workloads: number }> = {
  id: "ASM-155",
  name: "background-stays-still",
  text: () =>
    "The other workloads of the cluster keep their smallest number of replicas throughout, whatever the demand.",
  value: ({ workloads }) => `${workloads} workloads`,
  replaceBy: "a load profile of each of them",
};

/** Where the demand goes. */
export const demandGoesToOneCluster: AssumptionRule<{ readonly cluster: string; readonly others: readonly string[] }> =
  {
    id: "ASM-156",
    name: "demand-goes-to-one-cluster",
    text: ({ others }) =>
      `The entry point leads to several clusters; all of the demand goes to one of them, none to ${others.join(", ")}.`,
    value: ({ cluster }) => cluster,
    replaceBy: "--cluster, and a series of what that cluster receives",
  };

/** The settings of the cluster autoscaler. */
export const autoscalerProfile: AssumptionRule<{ readonly expander: string }> = {
  id: "ASM-157",
  name: "autoscaler-profile",
  text: () =>
    "The cluster autoscaler runs with the defaults of the AKS profile: scan every 10 s, nodes go when they were under half used for 10 minutes and their pods fit elsewhere, and not within 10 minutes after nodes came.",
  value: ({ expander }) => `AKS defaults where nothing is declared, expander ${expander}`,
  replaceBy: "the cluster autoscaler profile of the cluster",
};

/** What node auto-provisioning may launch. */
export const nodeProvisioningProfile: AssumptionRule<{ readonly sizes: number; readonly most: number }> = {
  id: "ASM-149",
  name: "node-provisioning-profile",
  text: ({ most }) =>
    `Node auto-provisioning runs with the default node pool of AKS: on-demand sizes of family D on amd64, the cheapest that holds what is pending, at most ${most} nodes a size; it knows what is allocatable on each. Nodes that are empty or underused go, a tenth at once. NodePool objects of the cluster are not read.`,
  value: ({ sizes }) => `${sizes} sizes`,
  replaceBy: "declared node pools",
};

/** A workload without an autoscaler. */
export const assumedAutoscaler: AssumptionRule<{
  readonly minimum: number;
  readonly maximum: number;
  readonly percent: number;
}> = {
  id: "ASM-158",
  name: "assumed-autoscaler",
  text: () =>
    "No autoscaler of the workload can be followed: the reactive strategy gives it a HorizontalPodAutoscaler on CPU, from the declared replicas to what the peak needs.",
  value: ({ minimum, maximum, percent }) => `${minimum} to ${maximum} replicas at ${percent} % CPU`,
  replaceBy: "a HorizontalPodAutoscaler or ScaledObject of the workload",
};

/** What one replica serves. */
export const replicaCapacity: AssumptionRule<{ readonly perReplica: number; readonly unit: string }> = {
  id: "ASM-159",
  name: "replica-capacity",
  text: () =>
    "Nothing says how much demand one replica serves: as much as the largest demand shared by the most replicas.",
  value: ({ perReplica, unit }) => `${perReplica} ${unit} a replica`,
  replaceBy: "Application.spec.load[].perReplica",
};

/** How serverless platforms start. */
export const serverlessStart: AssumptionRule<{
  readonly platform: string;
  readonly median: number;
  readonly p95: number;
}> = {
  id: "ASM-330",
  name: "serverless-start",
  text: ({ platform }) =>
    `${platform} publishes no start times: an instance serves after a lognormal time, is never refused, serves what a replica serves, and scales by the same load a replica as on the cluster. Free monthly amounts are not taken off.`,
  value: ({ median, p95 }) => `median ${median} s, 95 % within ${p95} s`,
  replaceBy: "start times measured on the platform",
};

export const loadAssumptionRules = [
  cpuFollowsLoad,
  nodeBootTime,
  replicaStartTime,
  demandPatience,
  prescalingPlan,
  backgroundStaysStill,
  demandGoesToOneCluster,
  autoscalerProfile,
  nodeProvisioningProfile,
  assumedAutoscaler,
  replicaCapacity,
  serverlessStart,
] as const;
