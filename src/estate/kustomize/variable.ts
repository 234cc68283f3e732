import { kustomizeVariableUnresolved } from "../diagnostics/kustomize-diagnostics.ts";
import type { BuildLog } from "./build-log.ts";
import { changeFields } from "./change-fields.ts";
import { type FieldNode, isNull, type Scalar, type ScalarNode, scalarNode, stringNode, textOf } from "./field-node.ts";
import type { FieldOrigin } from "./field-origin.ts";
import type { FieldSlot } from "./field-slot.ts";
import { attempt, KustomizeFault } from "./kustomize-fault.ts";
import { lookUp, replacementSteps } from "./replacement-path.ts";
import { currentId, previousIdsOf, type Resource } from "./resource.ts";
import { type ResourceId, resourceId } from "./resource-id.ts";
import type { ResourceSet } from "./resource-set.ts";
import { type ResourceType, resourceType } from "./resource-type.ts";
import type { Section } from "./section.ts";
import type { TransformerConfiguration } from "./transformer-configuration.ts";

/** A name that stands for the value of a field, wherever `$(NAME)` is written. */
export interface Variable {
  readonly name: string;
  readonly fieldPath: string;
  readonly origin: FieldOrigin;
}

/**
 * Reads `vars` and marks the resources that the values come from; these are known by the names they have at this point
 * or had before.
 */
export function readVariables(fields: Section, resources: ResourceSet, log: BuildLog): readonly Variable[] {
  const variables: Variable[] = [];
  for (const entry of fields.sections("vars")) {
    entry.expectOnly(["name", "objref", "fieldref"]);
    const name = entry.text("name") ?? "";
    const matches = findObject(entry.section("objref"), resources);
    if (matches.length > 1) {
      log.report(kustomizeVariableUnresolved, { name, reason: `${matches.length} resources match` }, entry.origin);
      continue;
    }
    matches[0]?.variables.push(name);
    const fieldPath = entry.section("fieldref")?.text("fieldPath") || "metadata.name";
    variables.push({ name, fieldPath, origin: entry.origin });
  }
  return variables;
}

/** All variables, each name once; a second use of a name is reported. */
export function mergeVariables(
  known: readonly Variable[],
  added: readonly Variable[],
  log: BuildLog,
): readonly Variable[] {
  const merged = [...known];
  for (const variable of added) {
    const { name, origin } = variable;
    if (merged.some((other) => other.name === name)) {
      log.report(kustomizeVariableUnresolved, { name, reason: "the name is used twice" }, origin);
    } else {
      merged.push(variable);
    }
  }
  return merged;
}

function findObject(reference: Section | undefined, resources: ResourceSet): readonly Resource[] {
  reference?.expectOnly(["apiVersion", "group", "version", "kind", "name", "namespace"]);
  const type = referencedType(reference);
  const namespace = reference?.text("namespace") ?? "";
  const id: ResourceId = resourceId(type, reference?.text("name") ?? "", namespace);
  return resources.list.filter((resource) =>
    [...previousIdsOf(resource), currentId(resource)].some(
      (other) =>
        other.name === id.name &&
        other.kind === id.kind &&
        other.group === id.group &&
        other.version === id.version &&
        (namespace === "" || other.effectiveNamespace === id.effectiveNamespace),
    ),
  );
}

function referencedType(reference: Section | undefined): ResourceType {
  const kind = reference?.text("kind") ?? "";
  const apiVersion = reference?.text("apiVersion") ?? "";
  if (apiVersion !== "") return resourceType(apiVersion, kind);
  return { group: reference?.text("group") ?? "", version: reference?.text("version") ?? "", kind };
}

/** Puts the values of the variables in; the last step of a build. */
export function resolveVariables(
  variables: readonly Variable[],
  resources: ResourceSet,
  configuration: TransformerConfiguration,
  log: BuildLog,
): void {
  const values = new Map<string, ScalarNode>();
  for (const variable of variables) {
    const outcome = attempt(() => variableValue(variable, resources));
    if ("result" in outcome) values.set(variable.name, outcome.result);
    else log.report(kustomizeVariableUnresolved, { name: variable.name, reason: outcome.reason }, variable.origin);
  }
  if (values.size === 0) return;
  for (const resource of resources.list) {
    for (const spec of configuration.varReference) {
      changeFields(resource, spec, log, { visit: (slot) => expandSlot(slot, values) });
    }
  }
}

function variableValue({ name, fieldPath }: Variable, resources: ResourceSet): ScalarNode {
  const resource = resources.list.find((candidate) => candidate.variables.includes(name));
  if (resource === undefined) throw new KustomizeFault("no resource matches its objref");
  // The older form `list[0]` means the step `0`.
  const steps = replacementSteps(fieldPath).flatMap((step) => {
    const [, field, index] = /^(.*)\[([0-9]+)\]$/.exec(step) ?? [];
    if (field === undefined || index === undefined) return [step];
    return field === "" ? [index] : [field, index];
  });
  const node = lookUp(resource.root, steps);
  if (node?.kind !== "scalar") throw new KustomizeFault(`there is no value at ${fieldPath}`);
  return node;
}

function expandSlot({ node, replace }: FieldSlot, values: ReadonlyMap<string, ScalarNode>): void {
  switch (node.kind) {
    case "scalar":
      if (typeof node.value === "string") replace(expanded(node, values));
      return;
    case "list":
      node.items = node.items.map((item) => expandItem(item, values));
      return;
    case "map":
      for (const [key, field] of node.fields) {
        if (field.kind === "scalar" && typeof field.value === "string") node.fields.set(key, expanded(field, values));
      }
      return;
  }
}

function expandItem(item: FieldNode, values: ReadonlyMap<string, ScalarNode>): FieldNode {
  if (item.kind !== "scalar" || typeof item.value !== "string") throw new KustomizeFault("an item is no text");
  return expanded(item, values);
}

/** A text that is nothing but one variable takes over its type. */
function expanded(node: ScalarNode, values: ReadonlyMap<string, ScalarNode>): ScalarNode {
  const text = textOf(node);
  if (!text.includes("$")) return node;
  const [, only] = /^\$\(([^)]*)\)$/.exec(text) ?? [];
  const whole = only === undefined ? undefined : values.get(only);
  if (whole !== undefined) return isNull(whole) ? node : scalarNode(whole.value, whole.origin);
  const result = expandText(text, (name) => {
    const value: Scalar | undefined = values.get(name)?.value;
    return value === undefined || value === null ? undefined : String(value);
  });
  return result === text ? node : stringNode(result, node.origin);
}

/** `$(NAME)` becomes the value, `$$` a dollar sign; everything else stays. */
function expandText(text: string, valueOfName: (name: string) => string | undefined): string {
  return text.replace(/\$(\$|\(([^)]*)\))/g, (whole, escaped: string, name: string | undefined) => {
    if (escaped === "$") return "$";
    return valueOfName(name ?? "") ?? whole;
  });
}
