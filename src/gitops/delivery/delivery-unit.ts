import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";

/** Platform and applications are delivered apart: other owners, other reviews, and the platform goes first. */
export type DeliveryTree = "platform" | "apps";

/** What is delivered together to one namespace (or, of the platform, to one cluster), in all places. */
export interface DeliveryUnit {
  readonly tree: DeliveryTree;
  /** Unique within its tree; a DNS label, and the name of its folder. */
  readonly name: string;
  /** Undefined for what is cluster-scoped or spans namespaces. */
  readonly namespace: string | undefined;
  readonly tenant: string;
  /** Units that have to be ready first, as `tree/name`. */
  readonly dependsOn: readonly string[];
  /** Sorted by environment of promotion, then cluster. */
  readonly leaves: readonly DeliveryLeaf[];
}

/** One place of a unit with exactly the objects that have to be there. */
export interface DeliveryLeaf extends PatchAxes {
  /** Sorted by key; no two share one. */
  readonly objects: readonly JsonObject[];
}

/** The coordinates by which places differ, in the order in which their changes apply: later ones win. */
interface PatchAxes {
  readonly environment: string;
  /** Release train; undefined where the cluster names none. */
  readonly ring: string | undefined;
  readonly region: string;
  readonly cluster: string;
}

export type PatchAxis = keyof PatchAxes;

export const PATCH_AXES = ["environment", "ring", "region", "cluster"] as const satisfies readonly PatchAxis[];
