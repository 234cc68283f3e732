import type { DirectionReason } from "./explain-reach.ts";
import type { PolicyEngine } from "./policy-engine.ts";

/**
 * `open`: every port of every pod; `limited`: some; `denied`: none, proven; `notEvaluable`: none for certain, and the input
 * does not tell.
 */
export type ReachVerdict = "open" | "limited" | "denied" | "notEvaluable";

/** A connection between two workloads, with what each end's policies say. */
export interface ConnectionWitness {
  readonly from: string;
  readonly to: string;
  /** `TCP 80,443`, `all` or `none`: what is certainly open. */
  readonly ports: string;
  /** What may be open besides; absent when all is decided. */
  readonly undecided?: string;
  readonly egress: DirectionReason;
  readonly ingress: DirectionReason;
}

export interface WorkloadConnection extends ConnectionWitness {
  readonly cluster: string;
  readonly verdict: ReachVerdict;
}

/** What the pods of one tenant reach of another's on one cluster. */
export interface TenantConnection {
  readonly cluster: string;
  readonly from: string;
  readonly to: string;
  readonly verdict: ReachVerdict;
  /** Union over all pairs of workloads of what is certainly open. */
  readonly ports: string;
  /** Pairs of workloads: all, those with an open port, those that are not decided. */
  readonly pairs: { readonly total: number; readonly open: number; readonly undecided: number };
  /** The widest connection, or the one that is not decided; for `denied` the first pair, and why it is not open. */
  readonly witness: ConnectionWitness;
  /** The way round through the internet: out of the cluster and in by a public entry point. */
  readonly viaWorld?: {
    readonly from: string;
    readonly to: string;
    readonly through: string;
    readonly certain: boolean;
  };
}

/** What the pods of one tenant reach beside pods, and what reaches them from outside. */
export interface TenantEnds {
  readonly cluster: string;
  readonly tenant: string;
  /** Addresses outside the cluster, out. */
  readonly world: EndReach;
  /** In by a public entry point: a load balancer, an Ingress or a route that policies let through. */
  readonly exposed: EndReach;
  readonly node: EndReach;
  readonly apiServer: EndReach;
  /** The instance metadata service of Azure (169.254.169.254), on the one port where it answers. */
  readonly imds: EndReach;
}

export interface EndReach {
  readonly verdict: ReachVerdict;
  /** Of all workloads together. */
  readonly ports: string;
  /** The workload that reaches most, or is reached most. */
  readonly workload?: string;
  readonly because: string;
}

export interface ClusterReachability {
  readonly cluster: string;
  readonly engine: PolicyEngine;
  /** `declared` by the cluster, `chosen` for this run, or `assumed`. */
  readonly engineOrigin: "declared" | "chosen" | "assumed";
  readonly workloads: number;
  /** Groups of workloads that no policy tells apart. */
  readonly classes: number;
  /** Policies that the engine enforces. */
  readonly policies: number;
}
