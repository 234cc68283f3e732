import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { AgentName } from "../../gitops/agent.ts";
import type { ChangeEffect, EffectTarget } from "../../gitops/cloud/effects/change-effects.ts";
import type { RollingCost } from "../../gitops/cloud/effects/rolling-cost.ts";
import type { PackagingName } from "../../gitops/packaging.ts";
import type { ChangeKind } from "../../gitops/regeneration/plan-changes.ts";

/** What `scantling render -o json` prints. */
export interface RepositoryReport {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "Repository";
  readonly estate: string;
  readonly packaging: PackagingName;
  readonly agent: AgentName;
  readonly cloudTarget?: string;
  /** What changes of the infrastructure since the last render; absent where that is not known. */
  readonly infrastructure?: InfrastructureChanges;
  /** Stage up to which changes are written, where later ones are held back. */
  readonly stage?: number;
  /** True when the folder holds the repository now. */
  readonly written: boolean;
  readonly files: { readonly [Kind in ChangeKind | "unchanged"]: number };
  readonly changes: readonly { readonly path: string; readonly kind: ChangeKind }[];
  readonly clusters: readonly ClusterDelivery[];
  readonly units: readonly UnitDelivery[];
  /** Objects over all leaves, by kind; most first. */
  readonly objects: readonly ObjectCount[];
  readonly repetition: {
    /** Fields that are written, and those that there would be with every leaf written out. */
    readonly writtenFields: number;
    readonly leafFields: number;
    /** Share that is not repeated. */
    readonly saved: number;
  };
  readonly proofs: readonly DeliveryProof[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Changes of clusters and pools, in the order in which they have to reach Azure. */
export interface InfrastructureChanges {
  readonly changes: readonly InfrastructureChange[];
  /** Resources of other types that change, come or go. */
  readonly otherResources: number;
  /** Commits that the changes take; 0 where nothing changes. */
  readonly stages: number;
}

/** One edited field of a cluster or pool. */
export interface InfrastructureChange {
  readonly stage: number;
  /** `cluster prod-weu` or `pool prod-weu/general`. */
  readonly resource: string;
  /** ARM path; empty where all of it comes or goes. */
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
  readonly effects: { readonly [Target in EffectTarget]: ChangeEffect["kind"] };
  /** True where the documentation of Azure or the provider says so. */
  readonly verified: boolean;
  readonly note?: string;
  readonly source?: string;
  /** What replacing the nodes takes, where some target replaces them. */
  readonly rolling?: RollingCost;
}

export interface ClusterDelivery {
  readonly cluster: string;
  readonly region: string;
  readonly ring?: string;
  readonly environments: readonly string[];
  readonly leaves: number;
  readonly objects: number;
}

export interface UnitDelivery {
  readonly tree: "platform" | "apps";
  readonly name: string;
  readonly tenant: string;
  readonly leaves: number;
  /** Objects that all leaves start from. */
  readonly base: number;
  /** Environments, rings, regions and clusters that change something, such as `environment prod`. */
  readonly variations: readonly string[];
}

export interface ObjectCount {
  /** `Kind.group`; the group is left out for the core. */
  readonly kind: string;
  readonly objects: number;
  /** Whether the fields are checked against the types of Kubernetes; false for custom resources, which nothing here knows. */
  readonly validated: boolean;
}

/** Something that was proven about the files, over how many of what. */
export interface DeliveryProof {
  readonly statement: string;
  readonly over: "leaves" | "resources";
  readonly count: number;
  readonly holds: boolean;
}
