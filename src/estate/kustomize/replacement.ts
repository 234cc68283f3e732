import { kustomizeReplacementFailed } from "../diagnostics/kustomize-diagnostics.ts";
import type { Evaluation } from "./evaluation.ts";
import { copyNode, type FieldNode, isNull, type ScalarNode, stringNode, textOf } from "./field-node.ts";
import { attempt, KustomizeFault } from "./kustomize-fault.ts";
import { readLabelSelectorText } from "./label-selector-text.ts";
import { formatSelector, type ResourceSelector } from "./patch-target.ts";
import { plainScalarNode } from "./plain-scalar.ts";
import { findTargets, lookUp, replacementSteps, type TargetSlot } from "./replacement-path.ts";
import { type PartOptions, type Replacement, type ReplacementTarget, readReplacements } from "./replacement-section.ts";
import { currentId, metadataTexts, namespaceOf, previousIdsOf, type Resource } from "./resource.ts";
import { DEFAULT_NAMESPACE, formatId, type ResourceId } from "./resource-id.ts";
import { isSelectedType } from "./resource-type.ts";
import type { Section } from "./section.ts";

/** `replacements` of a kustomization or of a transformer: copies a value from one field to others. */
export function applyReplacements(evaluation: Evaluation, fields: Section): void {
  for (const replacement of readReplacements(evaluation, fields)) {
    const outcome = attempt(() => sourceValue(evaluation, replacement));
    if ("reason" in outcome) {
      evaluation.log.report(kustomizeReplacementFailed, { reason: outcome.reason }, replacement.origin);
      continue;
    }
    for (const target of replacement.targets) replaceIn(evaluation, target, outcome.result);
  }
}

function sourceValue({ resources }: Evaluation, { source }: Replacement): FieldNode {
  if (source.kind === "value") return stringNode(source.value.value, source.value.origin);
  const found = resources.list.filter((resource) => idsOf(resource).some((id) => isSelected(id, source.selector)));
  const [resource] = found;
  const description = formatSelector(source.selector);
  if (resource === undefined) throw new KustomizeFault(`no resource is selected by ${description}`);
  if (found.length > 1) throw new KustomizeFault(`${found.length} resources are selected by ${description}`);
  const node = lookUp(resource.root, replacementSteps(source.fieldPath));
  if (node === undefined || isNull(node) || isEmptyCollection(node)) {
    throw new KustomizeFault(`${formatId(currentId(resource))} has no ${source.fieldPath}`);
  }
  return refined(node, source.options);
}

function refined(node: FieldNode, { delimiter, index }: PartOptions): FieldNode {
  if (delimiter === "") return node;
  if (node.kind !== "scalar") throw new KustomizeFault("a delimiter only splits texts");
  const part = textOf(node).split(delimiter)[index];
  if (part === undefined) throw new KustomizeFault(`"${textOf(node)}" has no part ${index} between "${delimiter}"`);
  return typeof node.value === "string" ? stringNode(part, node.origin) : plainScalarNode(part, node.origin);
}

function replaceIn(evaluation: Evaluation, target: ReplacementTarget, value: FieldNode): void {
  const { resources, log } = evaluation;
  const selection = attempt(() => resources.list.filter((resource) => isTarget(resource, target)));
  if ("reason" in selection) {
    log.report(kustomizeReplacementFailed, { reason: selection.reason }, target.origin);
    return;
  }
  for (const resource of selection.result) {
    for (const { value: path, origin } of target.fieldPaths) {
      const outcome = attempt(() => replaceAt(resource, path, value, target.options));
      if (!("reason" in outcome)) continue;
      const id = formatId(currentId(resource));
      const reason = `${path} of ${id}: ${outcome.reason}`;
      log.report(kustomizeReplacementFailed, { reason }, origin, [id]);
    }
  }
}

function replaceAt(resource: Resource, path: string, value: FieldNode, options: PartOptions): void {
  const root = copyNode(resource.root);
  const slots = findTargets(root, replacementSteps(path), options.create ? value.kind : undefined);
  if (slots.length === 0) throw new KustomizeFault("there is no such field");
  for (const slot of slots) slot.replace(replaced(slot, value, options));
  resource.root = root;
}

function replaced(slot: TargetSlot, value: FieldNode, { delimiter, index }: PartOptions): FieldNode {
  const { node } = slot;
  if (delimiter === "") return node.kind === "scalar" ? retyped(slot, node, value, textOf(value)) : copyNode(value);
  if (node.kind !== "scalar") throw new KustomizeFault("a delimiter only splits texts");
  const parts = textOf(node).split(delimiter);
  if (index < 0) parts.unshift(textOf(value));
  else if (index >= parts.length) parts.push(textOf(value));
  else parts[index] = textOf(value);
  return retyped(slot, node, value, parts.join(delimiter));
}

/** The text as a value of the type that the target has; a new field has the type that the text looks like. */
function retyped(slot: TargetSlot, target: ScalarNode, { origin }: FieldNode, text: string): ScalarNode {
  if (slot.created && text === "") return stringNode(text, origin);
  if (slot.created) return { ...plainScalarNode(text, origin), untagged: true };
  if (typeof target.value === "string") return stringNode(text, origin);
  if (target.value === null) throw new KustomizeFault("the field is null, and has no type that the value could take");
  const node = plainScalarNode(text, origin);
  if (typeof node.value === typeof target.value) return node;
  throw new KustomizeFault(`"${text}" is no ${typeof target.value}`);
}

function isTarget(resource: Resource, { select, reject }: ReplacementTarget): boolean {
  if (!matchesTexts(resource, select)) return false;
  const rejectedByTexts = reject.some(
    (selector) =>
      (selector.labelSelector !== "" || selector.annotationSelector !== "") && matchesTexts(resource, selector),
  );
  if (rejectedByTexts) return false;
  const ids = idsOf(resource);
  const rejected = reject.some((selector) => !isEmptyId(selector) && ids.some((id) => isSelected(id, selector)));
  return !rejected && ids.some((id) => isSelected(id, select));
}

function matchesTexts(resource: Resource, { labelSelector, annotationSelector }: ResourceSelector): boolean {
  return (
    readLabelSelectorText(annotationSelector)(metadataTexts(resource.root, "annotations")) &&
    readLabelSelectorText(labelSelector)(metadataTexts(resource.root, "labels"))
  );
}

/** Every id the resource has or had; a cluster-scoped resource counts as one of the default namespace here. */
function idsOf(resource: Resource): readonly ResourceId[] {
  const effectiveNamespace = namespaceOf(resource) || DEFAULT_NAMESPACE;
  return [{ ...currentId(resource), effectiveNamespace }, ...previousIdsOf(resource)];
}

function isSelected(id: ResourceId, selector: ResourceSelector): boolean {
  return (
    (selector.name === "" || selector.name === id.name) &&
    (selector.namespace === "" || selector.namespace === id.effectiveNamespace) &&
    isSelectedType(id, selector)
  );
}

function isEmptyId({ group, version, kind, name, namespace }: ResourceSelector): boolean {
  return group === "" && version === "" && kind === "" && name === "" && namespace === "";
}

function isEmptyCollection(node: FieldNode): boolean {
  return (node.kind === "map" && node.fields.size === 0) || (node.kind === "list" && node.items.length === 0);
}
