import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnostic-rule.ts";
import { noContainers, outOfRange, selectorMismatch } from "../diagnostics/manifest-diagnostics.ts";
import type { PlacedObject } from "../model/estate.ts";
import type { FieldPath } from "../sources/yaml-document.ts";
import { checkFieldTypes } from "./check-field-types.ts";
import { formatFieldPath } from "./field-path.ts";
import { asList, asObject, asStringMap, isJsonObject, valueAt } from "./json-value.ts";
import type { KubernetesObject } from "./kubernetes-object.ts";
import { objectId } from "./object-index.ts";
import { matchesLabels, readLabelSelector } from "./selector.ts";
import { workloadKindOf } from "./workload-kinds.ts";

/** Whole numbers that the API server holds to bounds, by field of `spec`. */
const countFields = ["replicas", "minReplicas", "maxReplicas", "parallelism", "completions", "minReadySeconds"];

/**
 * What the API server would refuse or ignore: wrong types, unknown fields, quantities and selectors that are none, numbers
 * out of range, pods without containers, selectors that miss their own pods. One object on many clusters is checked once.
 */
export function checkObjects(placed: readonly PlacedObject[]): readonly Diagnostic[] {
  const found = new Map<KubernetesObject, readonly Diagnostic[]>();
  for (const { object } of placed) {
    if (!found.has(object)) found.set(object, checkObject(object));
  }
  const faulty = placed.filter(({ object }) => (found.get(object) ?? []).length > 0);
  return [...Map.groupBy(faulty, ({ object }) => object)].flatMap(([object, places]) => {
    const affects = places.map(objectId);
    return (found.get(object) ?? []).map((one) => (one.severity === "error" ? { ...one, affects } : one));
  });
}

function checkObject(object: KubernetesObject): readonly Diagnostic[] {
  const template = workloadKindOf(object) === undefined ? [] : checkTemplate(object);
  return [...checkFieldTypes(object), ...checkCounts(object), ...checkPorts(object), ...template];
}

function checkCounts(object: KubernetesObject): readonly Diagnostic[] {
  const spec = asObject(object.value.spec);
  return countFields.flatMap((field) => {
    const value = spec[field];
    if (typeof value !== "number" || value >= 0) return [];
    return [reportRange(object, ["spec", field], value, "0 or more")];
  });
}

function checkPorts(object: KubernetesObject): readonly Diagnostic[] {
  if (object.kind !== "Service" || object.apiVersion !== "v1") return [];
  return asList(asObject(object.value.spec).ports).flatMap((entry, position) => {
    const port = asObject(entry).port;
    if (typeof port !== "number" || (port >= 1 && port <= 65535)) return [];
    return [reportRange(object, ["spec", "ports", position, "port"], port, "between 1 and 65535")];
  });
}

function reportRange(object: KubernetesObject, path: FieldPath, value: number, expected: string): Diagnostic {
  const parameters = { field: formatFieldPath(path), value: String(value), expected };
  return diagnose(outOfRange, parameters, { place: object.locate(path) });
}

function checkTemplate(object: KubernetesObject): readonly Diagnostic[] {
  const path = workloadKindOf(object)?.templatePath ?? [];
  const template = valueAt(object.value, path);
  if (valueAt(object.value, ["spec", "workloadRef"]) !== undefined) return [];
  const containers = valueAt(template, ["spec", "containers"]);
  const diagnostics: Diagnostic[] = [];
  const isEmpty =
    containers === undefined || containers === null || (Array.isArray(containers) && containers.length === 0);
  if (isEmpty) {
    const place = object.locate([...path, "spec", "containers"]);
    diagnostics.push(diagnose(noContainers, { object: `${object.kind}/${object.name}` }, { place }));
  }
  if (!selectsOwnPods(object, template)) {
    const place = object.locate(["spec", "selector"]);
    diagnostics.push(diagnose(selectorMismatch, { object: `${object.kind}/${object.name}` }, { place }));
  }
  return diagnostics;
}

/** True where the kind has no label selector, or its selector cannot be read (that is reported by itself). */
function selectsOwnPods(object: KubernetesObject, template: unknown): boolean {
  const value = asObject(object.value.spec).selector;
  const isMap = object.kind === "ReplicationController" || object.kind === "DeploymentConfig";
  if (object.kind === "Pod" || object.kind === "CronJob" || object.kind === "Job" || !isJsonObject(value)) return true;
  const selector = readLabelSelector(isMap ? { matchLabels: value } : value);
  return selector === undefined || matchesLabels(selector, asStringMap(valueAt(template, ["metadata", "labels"])));
}
