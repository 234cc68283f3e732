import type { FieldPath } from "../sources/yaml-document.ts";
import { asInteger, asList, asObject, asText, isJsonObject, type StringMap, valueAt } from "./json-value.ts";
import type { JsonObject, KubernetesObject } from "./kubernetes-object.ts";
import { matchesLabels, readLabelSelector } from "./selector.ts";
import type { SpreadRule } from "./workload.ts";

/** The pods whose spread is read: their labels, where they run, and where their spec stands. */
export interface SpreadSubject {
  readonly object: KubernetesObject;
  readonly podSpec: JsonObject;
  readonly podSpecPath: FieldPath;
  readonly podLabels: StringMap;
  readonly namespace: string;
  /** Labels of that namespace, `kubernetes.io/metadata.name` included. */
  readonly namespaceLabels: StringMap;
}

/**
 * Rules by which the pods keep apart from one another: topology spread constraints and anti-affinity terms that select the
 * pods themselves. A rule that selects only others does not spread them and is left out, as is a constraint without
 * selector or with an empty one (kube-scheduler counts no pods for it).
 */
export function readSpreadRules(subject: SpreadSubject): readonly SpreadRule[] {
  return [
    ...readConstraints(subject),
    ...readAntiAffinity(subject, "requiredDuringSchedulingIgnoredDuringExecution", "required", []),
    ...readAntiAffinity(subject, "preferredDuringSchedulingIgnoredDuringExecution", "preferred", ["podAffinityTerm"]),
  ];
}

function readConstraints({ podSpec, podSpecPath, podLabels, object }: SpreadSubject): readonly SpreadRule[] {
  return asList(podSpec.topologySpreadConstraints).flatMap((value, position): SpreadRule[] => {
    const constraint = asObject(value);
    const topologyKey = asText(constraint.topologyKey);
    const selector = readLabelSelector(constraint.labelSelector);
    if (topologyKey === undefined || selector === undefined || selector.requirements.length === 0) return [];
    if (!matchesLabels(selector, podLabels)) return [];
    return [
      {
        topologyKey,
        strength: constraint.whenUnsatisfiable === "ScheduleAnyway" ? "preferred" : "required",
        maxSkew: Math.max(1, asInteger(constraint.maxSkew) ?? 1),
        origin: "topologySpreadConstraint",
        place: object.locate([...podSpecPath, "topologySpreadConstraints", position]),
      },
    ];
  });
}

function readAntiAffinity(
  subject: SpreadSubject,
  list: string,
  strength: SpreadRule["strength"],
  termPath: FieldPath,
): readonly SpreadRule[] {
  const path = ["affinity", "podAntiAffinity", list];
  return asList(valueAt(subject.podSpec, path)).flatMap((value, position): SpreadRule[] => {
    const term = valueAt(value, termPath);
    if (!isJsonObject(term) || !selectsItself(term, subject)) return [];
    const topologyKey = asText(term.topologyKey);
    if (topologyKey === undefined) return [];
    const place = subject.object.locate([...subject.podSpecPath, ...path, position]);
    return [{ topologyKey, strength, maxSkew: 1, origin: "podAntiAffinity", place }];
  });
}

/** `mismatchLabelKeys` leaves out pods with the same value, so never holds between replicas that carry the label. */
function selectsItself(term: JsonObject, { podLabels, namespace, namespaceLabels }: SpreadSubject): boolean {
  const selector = readLabelSelector(term.labelSelector);
  if (selector === undefined || !matchesLabels(selector, podLabels)) return false;
  const mismatched = asList(term.mismatchLabelKeys).some(
    (key) => typeof key === "string" && Object.hasOwn(podLabels, key),
  );
  return !mismatched && coversNamespace(term, namespace, namespaceLabels);
}

/** Named namespaces and selected ones are united; with neither, the pod's own namespace is meant. */
function coversNamespace(term: JsonObject, namespace: string, namespaceLabels: StringMap): boolean {
  const named = asList(term.namespaces);
  const selector = readLabelSelector(term.namespaceSelector);
  if (named.length === 0 && (term.namespaceSelector === undefined || term.namespaceSelector === null)) return true;
  return named.includes(namespace) || (selector !== undefined && matchesLabels(selector, namespaceLabels));
}
