import type { Place } from "../sources/place.ts";
import type { FieldPath } from "../sources/yaml-document.ts";

/** JSON data of a Kubernetes object, read loosely: manifests are input, not trusted to match their types. */
export type JsonObject = { readonly [key: string]: unknown };

/** One Kubernetes object after rendering, with the way back to the text that set each of its fields. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** As rendered; undefined for cluster-scoped kinds and where the manifest names none. */
  readonly namespace: string | undefined;
  readonly value: JsonObject;
  /** Place of a field (empty path: the object itself). */
  locate(path: FieldPath): Place;
}
