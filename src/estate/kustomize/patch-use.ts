import type { Place } from "../sources/place.ts";
import type { ResourceSelector } from "./patch-target.ts";

/** A resource that a patch was applied to, as it was before. */
export interface PatchedResource {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /**
   * Names of the list items that JSON pointers of the patch reach by position, such as `/spec/template/spec/containers/0`,
   * where the position matters: the list has several items, or the field is what makes the item itself.
   */
  readonly itemNames: ReadonlyMap<string, string>;
}

/** One patch in one build: what it says it is for, and what it was applied to. */
export interface PatchUse {
  /** Folder of the kustomization that lists it. */
  readonly directory: string;
  readonly form: "strategicMerge" | "json";
  /** Undefined: it names its resource itself. */
  readonly target: ResourceSelector | undefined;
  /** Name in the body of a strategic merge patch; beside a target it counts for nothing. */
  readonly named: string | undefined;
  readonly matched: readonly PatchedResource[];
  /** Where it is listed or, for a patch that names its resource, where it stands. */
  readonly place: () => Place;
}
