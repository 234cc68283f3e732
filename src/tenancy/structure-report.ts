import type { Figure } from "../estate/figures/figure.ts";
import type { TenancyLayer } from "../estate/model/tenancy-layer.ts";
import type { Sharing, Trust } from "../estate/model/tenant.ts";
import type { MeasureKind } from "./sharing/measures.ts";

/** One tenant's presence: where its namespaces and workloads run. */
export interface TenantPresence {
  readonly tenant: string;
  readonly trust: Trust;
  readonly classification: string | undefined;
  readonly clusters: readonly string[];
  /** `cluster/pool` that can admit at least one of its pods. */
  readonly pools: readonly string[];
  /** `cluster/namespace`. */
  readonly namespaces: readonly string[];
  readonly workloads: number;
}

/** What two tenants share, layer by layer, at its weakest. */
export interface SharedLayer {
  readonly layer: TenancyLayer;
  readonly sharing: Sharing | "unknown";
  /** What makes it so, in words, with names. */
  readonly because: string;
  /** What the stricter of the two accepts, and whether that is met. */
  readonly accepted: Sharing | undefined;
  readonly met: boolean | "notEvaluable";
  /** Where it is not met: the cheapest measure that would lift it, as a noun phrase. */
  readonly lift?: string;
  /** The kind of that measure. */
  readonly measure?: MeasureKind;
}

export interface TenantPair {
  readonly tenants: readonly [string, string];
  readonly layers: readonly SharedLayer[];
  /** A sentence naming the weakest link, and one naming what would lift it; or that nothing is shared. */
  readonly verdict: string;
}

/** A node pool as a box on the canvas: how many nodes the workloads need, and what sits on it. */
export interface PoolStructure {
  readonly pool: string;
  readonly vmSize: string;
  readonly mode: "System" | "User";
  readonly zones: readonly string[];
  readonly nodes: Figure;
  readonly allocatable: { readonly cpuMillicores: number; readonly memoryBytes: number; readonly pods: number };
  /** Share of allocatable that is requested, over all nodes. */
  readonly requested: { readonly cpu: number; readonly memory: number };
  /** Ids of workloads placed there, with the number of pods. */
  readonly workloads: readonly { readonly workload: string; readonly pods: number }[];
}

export interface ClusterStructure {
  readonly cluster: string;
  readonly region: string;
  readonly environments: readonly string[];
  readonly tier: string;
  readonly pools: readonly PoolStructure[];
  readonly namespaces: readonly {
    readonly namespace: string;
    readonly tenant: string;
    readonly workloads: readonly string[];
  }[];
  /** Workloads that no pool admits, with the reason. */
  readonly unplaced: readonly { readonly workload: string; readonly reason: string }[];
}

export interface StructureReport {
  readonly clusters: readonly ClusterStructure[];
  readonly tenants: readonly TenantPresence[];
  /**
   * Each two tenants that are present, the platform aside; the worst first: those that fall short, then those of which it
   * cannot be told, each by trust, classification and number of layers. Of more than 60 tenants only the pairs with a layer that is not
   * met or cannot be told, at most 20,000 of them.
   */
  readonly pairs: readonly TenantPair[];
}
