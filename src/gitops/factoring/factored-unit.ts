import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { DeliveryUnit, PatchAxis } from "../delivery/delivery-unit.ts";
import type { ObjectKey } from "../delivery/object-key.ts";

/**
 * A unit without repetition: what all places have, and what each environment, ring, region and cluster changes. The base
 * with the variations of a leaf, in the order of the axes, is exactly what the leaf has to hold.
 */
export interface FactoredUnit {
  readonly unit: DeliveryUnit;
  readonly base: readonly JsonObject[];
  /** By axis in their order, then by name; none is empty. */
  readonly variations: readonly Variation[];
}

/** What one value of one axis changes, such as environment `prod`. */
export interface Variation {
  readonly axis: PatchAxis;
  readonly name: string;
  readonly adds: readonly JsonObject[];
  readonly removes: readonly ObjectKey[];
  readonly patches: readonly ObjectPatch[];
}

/** A change of one object, fully named, so that it can only ever hit that one. */
export interface ObjectPatch {
  readonly target: ObjectKey;
  /** RFC 6902, in order. */
  readonly operations: readonly PatchOperation[];
}

export type PatchOperation =
  | { readonly op: "add" | "replace"; readonly path: readonly (string | number)[]; readonly value: unknown }
  | { readonly op: "remove"; readonly path: readonly (string | number)[] };
