import type { FieldPath } from "../sources/yaml-document.ts";
import { readQuantity } from "./compute-resources.ts";
import { formatFieldPath } from "./field-path.ts";
import { asInteger, asObject, isJsonObject, valueAt } from "./json-value.ts";
import type { KubernetesObject } from "./kubernetes-object.ts";
import type { PodTemplate } from "./pod-template.ts";
import type { UnreadableField, Workload } from "./workload.ts";

type Concern = UnreadableField["concerns"];

/** A variable that rendering was to replace, such as `${REPLICAS}` of a Flux post-build substitution. */
const variable = /\$\{[^}]*\}/;

const countFields = ["replicas", "parallelism", "completions"];
const resourceNames = ["cpu", "memory", "ephemeral-storage"];
const schedulingFields = ["nodeSelector", "affinity", "tolerations", "topologySpreadConstraints", "runtimeClassName"];
const containerLists = ["initContainers", "containers"];

/** Numbers of replicas in the object's own spec that are none. */
export function unreadableCounts(object: KubernetesObject): readonly UnreadableField[] {
  return countFields.flatMap((field) => unreadableCount(object, ["spec", field]));
}

/** A count that is stated, but is not a whole number of 0 or more. */
export function unreadableCount(object: KubernetesObject, path: FieldPath): readonly UnreadableField[] {
  const value = valueAt(object.value, path);
  if (value === undefined || value === null || (asInteger(value) ?? -1) >= 0) return [];
  return [unreadable(object, "replicas", path, value)];
}

/** Resources that are no quantities, and constraints on nodes that hold a variable, in a pod template. */
export function unreadablePodFields({ object, podSpec, podSpecPath }: PodTemplate): readonly UnreadableField[] {
  const fields: UnreadableField[] = unreadableResources(object, [...podSpecPath, "resources"]).slice();
  for (const list of containerLists) {
    const containers = podSpec[list];
    const path = [...podSpecPath, list];
    if (!Array.isArray(containers)) fields.push(...unreadableWhole(object, "resources", path, containers));
    else
      for (const position of containers.keys()) {
        fields.push(...unreadableResources(object, [...path, position, "resources"]));
      }
  }
  for (const field of schedulingFields) {
    collectVariables(object, [...podSpecPath, field], podSpec[field], fields);
  }
  return fields;
}

/** `the value of spec.replicas of web: it holds a variable that nothing resolved`. */
export function describeUnreadable({ label }: Pick<Workload, "label">, { path, reason }: UnreadableField): string {
  return `the value of ${formatFieldPath(path)} of ${label}: ${unreadableReason(reason)}`;
}

function unreadableReason(reason: UnreadableField["reason"]): string {
  return reason === "unresolved-variable"
    ? "it holds a variable that nothing resolved"
    : "what stands there is of the wrong type";
}

function unreadableResources(object: KubernetesObject, path: FieldPath): readonly UnreadableField[] {
  const resources = valueAt(object.value, path);
  if (!isJsonObject(resources)) return unreadableWhole(object, "resources", path, resources);
  return ["requests", "limits"].flatMap((list) => {
    const listPath = [...path, list];
    const quantities = resources[list];
    if (!isJsonObject(quantities)) return unreadableWhole(object, "resources", listPath, quantities);
    return resourceNames.flatMap((name) => {
      const value = asObject(quantities)[name];
      if (value === undefined || value === null || readQuantity(value) !== undefined) return [];
      return [unreadable(object, "resources", [...listPath, name], value)];
    });
  });
}

/** Something that is stated, where a list or mapping was to stand. */
function unreadableWhole(
  object: KubernetesObject,
  concerns: Concern,
  path: FieldPath,
  value: unknown,
): readonly UnreadableField[] {
  return value === undefined || value === null ? [] : [unreadable(object, concerns, path, value)];
}

/** Walks a constraint; its depth is bounded by what the YAML reader lets in. */
function collectVariables(object: KubernetesObject, path: FieldPath, value: unknown, found: UnreadableField[]): void {
  if (typeof value === "string") {
    if (variable.test(value)) found.push(unreadable(object, "scheduling", path, value));
  } else if (Array.isArray(value)) {
    for (const [position, item] of value.entries()) collectVariables(object, [...path, position], item, found);
  } else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (variable.test(key)) found.push(unreadable(object, "scheduling", path, key));
      collectVariables(object, [...path, key], item, found);
    }
  }
}

function unreadable(object: KubernetesObject, concerns: Concern, path: FieldPath, value: unknown): UnreadableField {
  const isVariable = typeof value === "string" && variable.test(value);
  return { concerns, path, reason: isVariable ? "unresolved-variable" : "wrong-type", place: object.locate(path) };
}
