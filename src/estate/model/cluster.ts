import type { ComputeResources } from "../kubernetes/workload.ts";
import type { Place } from "../sources/place.ts";
import type { DeclaredPart } from "./declared-part.ts";

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

export interface MaintenanceWindow {
  readonly scope: string;
  readonly window: string;
  readonly timeZone: string;
}

/** A node pool with every default filled in. */
export interface NodePool {
  readonly name: string;
  readonly cluster: string;
  readonly mode: "System" | "User";
  /** ARM name, such as `Standard_D4s_v5`. */
  readonly vmSize: string;
  /** Where it is declared. */
  readonly vmSizePlace?: Place;
  /** Empty: regional (no zones). */
  readonly zones: readonly string[];
  /** Node counts; equal when the pool does not scale. */
  readonly minimumNodes: number;
  readonly maximumNodes: number;
  readonly autoscaling: boolean;
  /** True when the user declared the counts; false when they follow from the workloads (assumption). */
  readonly countDeclared: boolean;
  readonly maxPods: number;
  readonly osSku: string;
  readonly osDisk: { readonly type: "Ephemeral" | "Managed"; readonly sizeGiB: number | undefined };
  readonly taints: readonly Taint[];
  readonly labels: { readonly [key: string]: string };
  readonly spot: boolean;
  readonly spotMaxPrice: number | undefined;
  /** `OCIContainer` or `KataVmIsolation`. */
  readonly workloadRuntime: string;
  readonly upgrade: {
    readonly maxSurge?: string;
    readonly drainTimeoutSeconds?: number;
    readonly soakDurationSeconds?: number;
    readonly maxUnavailable?: string;
    readonly undrainableNodeBehavior?: "Schedule" | "Cordon";
  };
  readonly linux: {
    readonly podMaxPids?: number;
    readonly sysctls: { readonly [name: string]: number | string };
    readonly containerLogMaxSizeMiB?: number;
    readonly containerLogMaxFiles?: number;
    readonly allowedUnsafeSysctls?: readonly string[];
  };
  /** Subnets of the cluster's network by name. */
  readonly subnet?: string;
  readonly podSubnet?: string;
  /** Of the nodes, where it is not the cluster's. */
  readonly kubernetesVersion?: string;
  readonly hostEncryption?: boolean;
  readonly place?: Place;
  /** The entry of the Cluster document; absent when the pool is assumed. */
  readonly declared?: DeclaredPart;
}

/** A platform component on a cluster, with the CRDs it brings. */
export interface ClusterComponent {
  readonly name: string;
  readonly version: string | undefined;
  readonly namespace: string;
  readonly crds: readonly string[];
  readonly requests: ComputeResources;
  readonly replicas: number;
  readonly place?: Place;
}

/** A cluster with every default filled in; what was filled is in the estate's assumptions under `Cluster/<name>`. */
export interface Cluster {
  readonly name: string;
  readonly region: string;
  /** Where it is declared. */
  readonly regionPlace?: Place;
  readonly environments: readonly string[];
  readonly ring: string | undefined;
  readonly subscription: string | undefined;
  readonly operatingModel: "rawAks" | "platformProduct";
  readonly tier: "Free" | "Standard" | "Premium";
  readonly kubernetesVersion: string;
  readonly channels: { readonly cluster: string | undefined; readonly nodeOs: string | undefined };
  readonly maintenance: readonly MaintenanceWindow[];
  readonly network: {
    readonly name: string | undefined;
    /** `azureOverlay`, `azurePodSubnet`, `azureNodeSubnet`, `kubenet`, `none`. */
    readonly plugin: string;
    readonly dataPlane: string | undefined;
    /** `none`, `azure`, `calico`, `cilium`; undefined when not declared. */
    readonly policyEngine: string | undefined;
    readonly outbound: string;
    readonly privateApiServer: boolean | undefined;
    readonly serviceMesh: string | undefined;
    readonly authorizedRanges?: readonly string[];
    readonly podCidr?: string;
    readonly serviceCidr?: string;
    readonly outboundPortsPerNode?: number;
    readonly outboundAddresses?: number;
    readonly natGateway?: {
      readonly sku?: "Standard" | "StandardV2";
      readonly zones?: readonly string[];
      readonly publicAddresses?: number;
    };
  };
  readonly identity: {
    readonly entraIntegrated: boolean | undefined;
    readonly localAccounts: boolean | undefined;
    readonly workloadIdentity: boolean | undefined;
    readonly oidcIssuer?: boolean;
    readonly azureRbac?: boolean;
    readonly podIdentity?: boolean;
  };
  readonly monitoring: {
    readonly containerInsights: boolean | undefined;
    readonly managedPrometheus: boolean | undefined;
    readonly defender: boolean | undefined;
    readonly azurePolicy?: boolean;
    readonly controlPlaneLogs?: readonly string[];
  };
  readonly backupEnabled: boolean | undefined;
  readonly backup?: {
    /** Undefined: all. */
    readonly namespaces?: readonly string[];
    /** `YYYY-MM-DD`. */
    readonly lastRestoreDrill?: string;
    readonly drillEverySeconds?: number;
  };
  /** `Automatic`: AKS runs node pools and upgrades itself. */
  readonly sku?: "Base" | "Automatic";
  readonly supportPlan?: "KubernetesOfficial" | "AKSLongTermSupport";
  readonly autoscaler?: {
    readonly expander?: string;
    readonly balanceSimilarNodeGroups?: boolean;
    readonly skipNodesWithSystemPods?: boolean;
    readonly skipNodesWithLocalStorage?: boolean;
  };
  readonly nodeAutoProvisioning?: boolean;
  readonly stopsOutsideHours?: boolean;
  /** Disks of nodes and volumes are encrypted with a key of the user's own. */
  readonly diskEncryptionSet?: boolean;
  /** vCPUs by VM family. */
  readonly vcpuQuotas?: { readonly [family: string]: number };
  readonly components: readonly ClusterComponent[];
  readonly nodePools: readonly NodePool[];
  readonly place?: Place;
  /** The Cluster document; absent when the cluster is assumed. */
  readonly declared?: DeclaredPart;
}
