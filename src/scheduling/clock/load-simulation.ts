import type { ClusterPod } from "../kube-scheduler/model/cluster-pod.ts";
import type { ClusterBlueprint } from "./cluster/cluster-blueprint.ts";
import type { Demand } from "./demand/demand.ts";
import type { ClockRun } from "./event-clock.ts";
import type { VaryingDuration } from "./lognormal.ts";
import type { ClusterAutoscalerProfile } from "./node-scaling/cluster-autoscaler-profile.ts";
import type { NodeProvisioningProfile } from "./node-scaling/node-provisioning-profile.ts";
import type { ScalerSettings } from "./replica-scaling/autoscaler-settings.ts";
import type { PlanStep } from "./replica-scaling/replica-plan.ts";
import type { InstanceSize, ServerlessPlatform, ServerlessPrices } from "./serverless/serverless-platform.ts";

/** Where the replicas run: as pods of the cluster, or as instances of a serverless platform beside it. */
export type RunsOn =
  | {
      readonly kind: "pods";
      readonly podOf: (index: number) => ClusterPod;
      readonly imageName: string;
      readonly imagePullSeconds: number;
      /** From the container's start to readiness. */
      readonly start: VaryingDuration;
    }
  | {
      readonly kind: "serverless";
      readonly platform: ServerlessPlatform;
      readonly size: InstanceSize;
      readonly prices: ServerlessPrices;
    };

/** The workload that the demand goes to. */
export interface SimulatedWorkload {
  readonly runsOn: RunsOn;
  /** Units a second that one ready replica serves. */
  readonly perReplica: number;
  /** How long a unit waits for a replica before it is lost. */
  readonly patienceSeconds: number;
  readonly scaler: ScalerSettings;
  /** Seconds from the beginning of the demand. */
  readonly plan: readonly PlanStep[];
  readonly initialReplicas: number;
}

/** How long the steps between demand and service take. */
interface ClockTiming {
  readonly boot: VaryingDuration;
  /** How often metrics are published. */
  readonly metricSeconds: number;
  /** How often the replica autoscaler decides. */
  readonly syncSeconds: number;
}

export interface LoadSimulationInput {
  readonly demand: Demand;
  readonly cluster: ClusterBlueprint;
  /** Undefined: the cluster with nothing but its background. */
  readonly workload: SimulatedWorkload | undefined;
  /** Undefined: nodes stay as they are. */
  readonly nodeScaling: ClusterAutoscalerProfile | undefined;
  /** Nodes come and go by size instead of by pool; undefined: no node auto-provisioning. */
  readonly nodeProvisioning?: NodeProvisioningProfile;
  readonly timing: ClockTiming;
  /** Stretches of the demand's time in which metrics cannot be had. */
  readonly metricOutages?: readonly { readonly fromSeconds: number; readonly untilSeconds: number }[];
  /** Stretches of the demand's time in which the cluster is stopped: no nodes, nothing to pay for them. */
  readonly clusterStops?: readonly { readonly fromSeconds: number; readonly untilSeconds: number }[];
  readonly seed: number;
  readonly mostEvents: number;
  /** Length of one point of the series. */
  readonly pointSeconds: number;
  readonly signal?: AbortSignal;
}

/** Averages over one stretch of the time. */
export interface LoadPoint {
  /** Seconds from the beginning of the demand. */
  readonly seconds: number;
  /** Units a second. */
  readonly demand: number;
  readonly served: number;
  readonly unserved: number;
  readonly replicas: number;
  readonly ready: number;
  readonly pending: number;
  readonly nodes: number;
  /** Money for this stretch. */
  readonly cost: number;
}

export interface LoadTotals {
  /** Units of demand: served + unserved + waiting at the end = demand. */
  readonly demand: number;
  readonly served: number;
  readonly servedLate: number;
  readonly unserved: number;
  readonly waitingAtEnd: number;
  readonly nodeCost: number;
  readonly serverlessCost: number;
  /** Money for the room that the replicas held on nodes, whether or not the nodes would be there without them. */
  readonly heldCost: number;
  readonly nodeHours: number;
  readonly replicaHours: number;
  readonly readyHours: number;
  /** Seconds in which replicas found no node, summed over them. */
  readonly pendingSeconds: number;
  /** How often demand met no ready replica and had to wait for one to start. */
  readonly coldStarts: number;
  /** Replicas that became ready. */
  readonly starts: number;
  readonly mostReplicas: number;
  readonly mostNodes: number;
}

export interface LoadOutcome {
  readonly totals: LoadTotals;
  readonly points: readonly LoadPoint[];
  readonly run: ClockRun;
  /** Pods of the background that found no node at the beginning. */
  readonly unplaced: readonly string[];
}
