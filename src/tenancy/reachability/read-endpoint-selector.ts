import { asList, asObject, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { LabelRequirement, LabelSelector } from "../../estate/kubernetes/selector.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { FaultLog } from "./policy-fault.ts";
import { everything, readSelector } from "./read-fields.ts";

const namespaceKey = "io.kubernetes.pod.namespace";
const namespaceLabelPrefix = "io.cilium.k8s.namespace.labels.";
const nameLabel = "kubernetes.io/metadata.name";

/** Where Cilium writes the service account among the labels of a pod. */
export const serviceAccountLabel = "io.cilium.k8s.policy.serviceaccount";

/**
 * A Cilium endpoint selector in the terms of Kubernetes: requirements on the namespace apart from those on the pod. In a
 * namespaced policy a selector that says nothing of namespaces means the policy's own, in a cluster-wide one all.
 */
export function readEndpointSelector(
  value: unknown,
  policyNamespace: string | undefined,
  path: FieldPath,
  log: FaultLog,
): { readonly namespaces: LabelSelector | undefined; readonly pods: LabelSelector } {
  const selector = readSelector(plainKeys(value), path, log) ?? everything;
  const ofNamespace: LabelRequirement[] = [];
  const ofPod: LabelRequirement[] = [];
  for (const requirement of selector.requirements) {
    const { key } = requirement;
    if (key === namespaceKey) ofNamespace.push({ ...requirement, key: nameLabel });
    else if (key.startsWith(namespaceLabelPrefix))
      ofNamespace.push({ ...requirement, key: key.slice(namespaceLabelPrefix.length) });
    else ofPod.push(requirement);
  }
  const isOwn = ofNamespace.length === 0 && policyNamespace !== undefined;
  return { namespaces: isOwn ? undefined : { requirements: ofNamespace }, pods: { requirements: ofPod } };
}

/** True when the selector names what is no pod, such as `reserved:host`. */
export function isReserved(value: unknown): boolean {
  const { matchLabels, matchExpressions } = asObject(value);
  const keys = [...Object.keys(asObject(matchLabels)), ...asList(matchExpressions).map((each) => asObject(each).key)];
  return keys.some((key) => typeof key === "string" && key.startsWith("reserved:"));
}

/** Label keys may carry their source (`k8s:app`), which no label of Kubernetes does. */
function plainKeys(value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  const plain: { [field: string]: unknown } = { ...value };
  if (isJsonObject(value.matchLabels)) {
    plain.matchLabels = Object.fromEntries(
      Object.entries(value.matchLabels).map(([key, one]) => [stripSource(key), one]),
    );
  }
  if (Array.isArray(value.matchExpressions)) plain.matchExpressions = value.matchExpressions.map(plainExpression);
  return plain;
}

function plainExpression(value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  const expression: JsonObject = value;
  return typeof expression.key === "string" ? { ...expression, key: stripSource(expression.key) } : expression;
}

function stripSource(key: string): string {
  return key.replace(/^(?:k8s|any):/, "");
}
