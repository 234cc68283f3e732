import type { Place } from "../sources/place.ts";

/** `hard`: without it the caller fails; `soft`: the caller degrades; `async`: a buffer stands between. */
export type DependencyType = "hard" | "soft" | "async";

/** What a dependency points at. */
export type DependencyTarget =
  | { readonly kind: "workload"; readonly id: string }
  /** A Service before several workloads, any of which serves, or before none. */
  | { readonly kind: "service"; readonly id: string }
  | { readonly kind: "dataStore"; readonly name: string }
  | { readonly kind: "cloudService"; readonly name: string }
  /** Outside the estate, by host name. */
  | { readonly kind: "host"; readonly host: string }
  /** A dotless host, or a full cluster name in a namespace of the estate, that no Service answers to. */
  | { readonly kind: "dangling"; readonly host: string };

/** Why the edge is believed: `declared` in an Application, or `inferred` from a manifest. */
export interface DependencyEvidence {
  readonly origin: "declared" | "environmentVariable" | "argument" | "configMap" | "route" | "networkPolicy";
  /** The text that says so, such as `ORDERS_URL=http://orders:8080`. */
  readonly text: string;
  readonly place: Place;
}

/** One directed edge. */
export interface Dependency {
  /** Workload id of the caller. */
  readonly from: string;
  readonly to: DependencyTarget;
  readonly type: DependencyType;
  /** Stated availability of an external target, as a ratio of unavailability (1 - availability). */
  readonly unavailability?: number;
  readonly fallback?: string;
  readonly bufferMinutes?: number;
  readonly evidence: readonly DependencyEvidence[];
}
