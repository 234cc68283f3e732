import type { Place } from "../sources/place.ts";
import type { FieldPath } from "../sources/yaml-document.ts";
import type { JsonObject, KubernetesObject } from "./kubernetes-object.ts";

/** Compute resources in base units; what a manifest does not state is undefined, never zero. */
export interface ComputeResources {
  readonly cpuMillicores?: number;
  readonly memoryBytes?: number;
  readonly ephemeralStorageBytes?: number;
}

/** `serving`: runs until stopped (Deployment, StatefulSet, Rollout, naked Pod …); `perNode`: DaemonSet; `task`: Job, CronJob. */
export type WorkloadRun = "serving" | "perNode" | "task";

export interface Container {
  readonly name: string;
  readonly image: string | undefined;
  /** `sidecar` is an init container with `restartPolicy: Always`. */
  readonly role: "main" | "init" | "sidecar" | "ephemeral";
  readonly requests: ComputeResources;
  readonly limits: ComputeResources;
  /** The container as rendered, and its path inside the workload's object. */
  readonly value: JsonObject;
  readonly path: readonly (string | number)[];
}

/** How many replicas, and who decides: `minimum` and `maximum` are the autoscaler's where one targets the workload. */
export interface Replicas {
  /** `spec.replicas` after rendering (Kubernetes default 1). */
  readonly declared: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly autoscaler?: {
    readonly kind: "HorizontalPodAutoscaler" | "ScaledObject";
    readonly name: string;
    readonly place: Place;
  };
}

/** A topology domain over which replicas are kept apart, by spread constraint or anti-affinity that selects the pods themselves. */
export interface SpreadRule {
  readonly topologyKey: string;
  /** `required`: DoNotSchedule or required anti-affinity; `preferred`: ScheduleAnyway or preferred. */
  readonly strength: "required" | "preferred";
  readonly maxSkew: number;
  readonly origin: "topologySpreadConstraint" | "podAntiAffinity";
  readonly place: Place;
}

/** A claim for a persistent volume by one replica (claim template) or by the workload as a whole (claim by name). */
export interface VolumeClaim {
  readonly name: string;
  readonly storageClassName: string | undefined;
  readonly accessModes: readonly string[];
  readonly sizeBytes: number | undefined;
  /** True for `volumeClaimTemplates`: one disk a replica. */
  readonly perReplica: boolean;
  readonly place: Place;
}

/** A PodDisruptionBudget that selects the workload's pods. Values as written: integer or percentage. */
export interface DisruptionBudget {
  readonly name: string;
  readonly minAvailable?: number | string;
  readonly maxUnavailable?: number | string;
  readonly place: Place;
}

/** A field that is stated but cannot be read: its value is not known, which is not the same as absent. */
export interface UnreadableField {
  /** What is not known for it: how many pods there are, what one takes of a node, or which nodes it may go to. */
  readonly concerns: "replicas" | "resources" | "scheduling";
  /** Inside the workload's object, or inside its autoscaler's for an autoscaler's bound. */
  readonly path: FieldPath;
  readonly reason: "unresolved-variable" | "wrong-type";
  readonly place: Place;
}

/** One workload on one cluster in one environment. */
export interface Workload {
  /** `environment/cluster/namespace/Kind/name`. */
  readonly id: string;
  /** Shortest form that is unique in the estate, for people. */
  readonly label: string;
  readonly environment: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  /** Name of the Application it belongs to, if any. */
  readonly application: string | undefined;
  readonly tenant: string;
  readonly run: WorkloadRun;
  /** What it runs cannot be seen (a custom resource, or a template that is not in the input): pods and requests are unknown. */
  readonly opaque: boolean;
  readonly object: KubernetesObject;
  readonly replicas: Replicas;
  /** Labels of its pods (template labels, not its own). */
  readonly podLabels: { readonly [key: string]: string };
  /** `spec` of the pod template as rendered, and its path inside the object. */
  readonly podSpec: JsonObject;
  readonly podSpecPath: readonly (string | number)[];
  readonly containers: readonly Container[];
  /** What one pod asks of a node, as kube-scheduler counts it (init containers, sidecars, overhead, pod-level resources). */
  readonly podRequests: ComputeResources;
  readonly podLimits: ComputeResources;
  readonly spread: readonly SpreadRule[];
  readonly claims: readonly VolumeClaim[];
  readonly disruptionBudgets: readonly DisruptionBudget[];
  readonly nodeSelector: { readonly [key: string]: string };
  readonly tolerations: readonly JsonObject[];
  readonly runtimeClassName: string | undefined;
  readonly hostNetwork: boolean;
  /** In the order of the manifest: replicas, resources, constraints. */
  readonly unreadable: readonly UnreadableField[];
  readonly place: Place;
}

/** A Service as rendered on one cluster, joined with the workloads its selector matches. */
export interface ServiceEndpoint {
  readonly id: string;
  readonly environment: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
  readonly type: "ClusterIP" | "NodePort" | "LoadBalancer" | "ExternalName";
  readonly headless: boolean;
  readonly externalName: string | undefined;
  readonly ports: readonly {
    readonly name?: string;
    readonly port: number;
    readonly targetPort?: number | string;
    readonly protocol: string;
  }[];
  /** Ids of the workloads behind it. */
  readonly workloads: readonly string[];
  /** LoadBalancer with the internal annotation of AKS. */
  readonly internal: boolean;
  readonly object: KubernetesObject;
  readonly place: Place;
}

/** A PersistentVolumeClaim that exists on its own on one cluster. */
export interface StandaloneClaim extends VolumeClaim {
  readonly id: string;
  readonly environment: string;
  readonly cluster: string;
  readonly namespace: string;
}
