import { apiGroup } from "./group-kind.ts";
import { asList, asObject, asText } from "./json-value.ts";
import type { KubernetesObject } from "./kubernetes-object.ts";

/** The object that made another one, as read from a live cluster. */
export interface Owner {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

/** The controlling owner of an object; undefined for what people or tools apply. */
export function controllerOf(object: KubernetesObject): Owner | undefined {
  for (const reference of asList(asObject(object.value.metadata).ownerReferences)) {
    const { controller, apiVersion, kind, name } = asObject(reference);
    const ownerKind = asText(kind);
    const ownerName = asText(name);
    if (controller !== true || ownerKind === undefined || ownerName === undefined) continue;
    return { group: apiGroup(asText(apiVersion) ?? ""), kind: ownerKind, name: ownerName };
  }
  return undefined;
}
