import type { JsonObject } from "../estate/kubernetes/kubernetes-object.ts";

/** An object of the input, as it is after rendering. */
export interface ChangeTarget {
  readonly apiVersion: string;
  readonly kind: string;
  /** Undefined for cluster-scoped kinds. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/**
 * One change that a fix makes, as data: set or remove a field of a rendered object (list items by their index there),
 * or add a whole object beside it.
 */
export type ManifestChange =
  | {
      readonly kind: "set";
      readonly target: ChangeTarget;
      readonly path: readonly (string | number)[];
      readonly value: unknown;
    }
  | { readonly kind: "remove"; readonly target: ChangeTarget; readonly path: readonly (string | number)[] }
  | { readonly kind: "add"; readonly manifest: JsonObject };
