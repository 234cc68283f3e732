import type { ScorePlugin } from "./plugins.ts";

/** How NodeResourcesFit scores: the default prefers empty nodes, `MostAllocated` full ones. */
export type ScoringStrategy =
  | { readonly type: "LeastAllocated" | "MostAllocated"; readonly resources: readonly WeightedResource[] }
  | {
      readonly type: "RequestedToCapacityRatio";
      readonly resources: readonly WeightedResource[];
      /** Points of a broken line: utilisation 0 to 100 to score 0 to 10, by rising utilisation. */
      readonly shape: readonly { readonly utilization: number; readonly score: number }[];
    };

interface WeightedResource {
  readonly name: string;
  readonly weight: number;
}

/** A spread constraint that the profile applies to pods with none of their own; its selector comes from the pod's services and owner. */
export interface DefaultSpreadConstraint {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly whenUnsatisfiable: "DoNotSchedule" | "ScheduleAnyway";
}

/** What a scheduler profile may change without naming other plugins. */
export interface SchedulerProfile {
  /** 0 turns a plugin's score off. */
  readonly weights: { readonly [Plugin in ScorePlugin]: number };
  readonly scoringStrategy: ScoringStrategy;
  readonly balancedResources: readonly string[];
  /** `system`: hostname with maxSkew 3 and zone with maxSkew 5, both soft; a list replaces them. */
  readonly defaultSpread: "system" | readonly DefaultSpreadConstraint[];
  /** What a required affinity term of a placed pod adds to the score of nodes near it. */
  readonly hardPodAffinityWeight: number;
}

/** The profile of an unconfigured kube-scheduler, alike in 1.26 to 1.34 (`apis/config/v1/default_plugins.go`). */
export const defaultProfile: SchedulerProfile = {
  weights: {
    ImageLocality: 1,
    InterPodAffinity: 2,
    NodeAffinity: 2,
    NodeResourcesBalancedAllocation: 1,
    NodeResourcesFit: 1,
    PodTopologySpread: 2,
    TaintToleration: 3,
    VolumeBinding: 0,
  },
  scoringStrategy: {
    type: "LeastAllocated",
    resources: [
      { name: "cpu", weight: 1 },
      { name: "memory", weight: 1 },
    ],
  },
  balancedResources: ["cpu", "memory"],
  defaultSpread: "system",
  hardPodAffinityWeight: 1,
};

/** Soft constraints that apply to pods without any of their own, as of Kubernetes 1.24. */
export const systemDefaultSpread: readonly DefaultSpreadConstraint[] = [
  { topologyKey: "kubernetes.io/hostname", maxSkew: 3, whenUnsatisfiable: "ScheduleAnyway" },
  { topologyKey: "topology.kubernetes.io/zone", maxSkew: 5, whenUnsatisfiable: "ScheduleAnyway" },
];
