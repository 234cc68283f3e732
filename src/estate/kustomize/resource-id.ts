import { isClusterScoped } from "./cluster-scope.ts";
import type { ResourceType } from "./resource-type.ts";

/** How Kustomize names a resource: its type, its name and the namespace that it counts under. */
export interface ResourceId extends ResourceType {
  readonly name: string;
  /** `default` where none is set; a word that is no namespace for cluster-scoped types. */
  readonly effectiveNamespace: string;
}

/** A name, namespace and kind that a resource had before a transformer changed it. */
export interface PreviousId {
  readonly name: string;
  readonly effectiveNamespace: string;
  readonly kind: string;
}

const NO_NAMESPACE = "_non_namespaceable_";
export const DEFAULT_NAMESPACE = "default";

export function resourceId(type: ResourceType, name: string, namespace: string): ResourceId {
  return { ...type, name, effectiveNamespace: effectiveNamespace(type, namespace) };
}

export function effectiveNamespace(type: ResourceType, namespace: string): string {
  if (isClusterScoped(type)) return NO_NAMESPACE;
  return namespace === "" ? DEFAULT_NAMESPACE : namespace;
}

export function sameId(one: ResourceId, other: ResourceId): boolean {
  return (
    one.name === other.name &&
    one.kind === other.kind &&
    one.group === other.group &&
    one.version === other.version &&
    one.effectiveNamespace === other.effectiveNamespace
  );
}

/** `Kind.group namespace/name`, for messages; the default namespace and the lack of one are left out. */
export function formatId(id: ResourceId): string {
  const type = id.group === "" ? id.kind : `${id.kind}.${id.group}`;
  const plain = id.effectiveNamespace === NO_NAMESPACE || id.effectiveNamespace === DEFAULT_NAMESPACE;
  return plain ? `${type} ${id.name}` : `${type} ${id.effectiveNamespace}/${id.name}`;
}

/** The id as one text, equal for equal ids only. */
export function idKey(id: ResourceId): string {
  return [id.group, id.version, id.kind, id.effectiveNamespace, id.name].join("\u0000");
}
