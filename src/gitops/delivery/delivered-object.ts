import { isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";

/** Written by the API server and its controllers, never by people. */
const serverMetadata = ["uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink"];
const serverAnnotations = ["kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision"];

/**
 * An object as it has to be in the repository: exactly what the manifests give, with the namespace it lands in, without
 * what a server wrote into it.
 */
export function deliveredObject({ object, namespace }: PlacedObject): JsonObject {
  const { status: _, metadata, ...rest } = object.value;
  return { ...rest, metadata: deliveredMetadata(isJsonObject(metadata) ? metadata : {}, namespace) };
}

function deliveredMetadata(metadata: JsonObject, namespace: string | undefined): JsonObject {
  const kept = Object.entries(metadata).flatMap(([key, value]): [string, unknown][] => {
    if (key === "namespace" || serverMetadata.includes(key)) return [];
    if (key === "annotations") return filled(key, without(value, serverAnnotations));
    return key === "labels" ? filled(key, value) : [[key, value]];
  });
  return { ...Object.fromEntries(kept), ...(namespace === undefined ? {} : { namespace }) };
}

function without(value: unknown, keys: readonly string[]): unknown {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** Empty labels and annotations are none: no tool keeps them. */
function filled(key: string, value: unknown): [string, unknown][] {
  const isEmpty = value === null || (isJsonObject(value) && Object.keys(value).length === 0);
  return isEmpty ? [] : [[key, value]];
}

/** The object without a replica count of its own: something else decides it. */
export function withoutReplicas(object: JsonObject): JsonObject {
  if (!isJsonObject(object.spec)) return object;
  const { replicas: _, ...spec } = object.spec;
  return { ...object, spec };
}
