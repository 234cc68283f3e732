import type { ResourceType, TypeSelector } from "./resource-type.ts";

/** Kinds that come first and last, in order, when resources are sorted. */
export interface KindOrder {
  readonly first: readonly string[];
  readonly last: readonly string[];
}

/** Source: kubernetes-sigs/kustomize, api/internal/builtins/SortOrderTransformer.go, tag kustomize/v5.7.1. */
export const defaultKindOrder: KindOrder = {
  first: [
    "Namespace",
    "ResourceQuota",
    "StorageClass",
    "CustomResourceDefinition",
    "ServiceAccount",
    "PodSecurityPolicy",
    "Role",
    "ClusterRole",
    "RoleBinding",
    "ClusterRoleBinding",
    "ConfigMap",
    "Secret",
    "Endpoints",
    "Service",
    "LimitRange",
    "PriorityClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Deployment",
    "StatefulSet",
    "CronJob",
    "PodDisruptionBudget",
  ],
  last: ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
};

/** What the order of resources looks at; `namespace` as written, empty when there is none. */
export interface SortedResource {
  readonly type: ResourceType;
  readonly name: string;
  readonly namespace: string;
}

/** Order of resources in the output of a build that sorts (the default). */
export function compareResources(one: SortedResource, other: SortedResource, order: KindOrder): number {
  const byType = compareTypes(one.type, other.type, order);
  if (byType !== 0) return isNamespacePair(one.type, other.type) ? -byType : byType;
  return compareTexts(sortText(one), sortText(other));
}

/** A custom resource that is called Namespace comes before the real one. */
function isNamespacePair(one: ResourceType, other: ResourceType): boolean {
  return one.kind === "Namespace" && other.kind === "Namespace" && (one.group === "" || other.group === "");
}

function sortText({ type, name, namespace }: SortedResource): string {
  const typeName = [type.kind || "[noKind]", type.version || "[noVer]", type.group || "[noGrp]"].join(".");
  return [typeName, namespace || "~X", name || "~N"].join("|");
}

export function compareTypes(one: TypeSelector, other: TypeSelector, order: KindOrder = defaultKindOrder): number {
  return rank(one, order) - rank(other, order) || compareTexts(typeText(one), typeText(other));
}

function rank({ kind = "" }: TypeSelector, { first, last }: KindOrder): number {
  const fromEnd = last.lastIndexOf(kind);
  if (fromEnd !== -1) return fromEnd + 1;
  const fromStart = first.lastIndexOf(kind);
  return fromStart === -1 ? 0 : fromStart - first.length;
}

function typeText({ group, version, kind }: TypeSelector | ResourceType): string {
  return [group || "~G", version || "~V", kind || "~K"].join("_");
}

/** As Go compares texts, but for characters beyond the basic plane, which no Kubernetes name has. */
export function compareTexts(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
