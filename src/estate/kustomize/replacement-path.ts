import { type FieldNode, isNull, type ListNode, type MapNode, mapNode, textOf } from "./field-node.ts";
import { type FieldSlot, fieldSlot, itemSlot, rootSlot } from "./field-slot.ts";
import { pathSteps } from "./field-spec.ts";
import { KustomizeFault } from "./kustomize-fault.ts";
import { plainScalarNode } from "./plain-scalar.ts";
import { regularExpression } from "./regular-expression.ts";

/** A field that a path leads to; `created`: it was not there, and has no type of its own yet. */
export interface TargetSlot extends FieldSlot {
  readonly created: boolean;
}

/** Steps of a path such as `spec.containers.[name=web].image`; brackets keep dots together. */
export function replacementSteps(path: string): readonly string[] {
  const steps: string[] = [];
  const parts = pathSteps(path, ".");
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index] ?? "";
    if (!part.startsWith("[") || part.endsWith("]")) {
      steps.push(part);
      continue;
    }
    let end = index + 1;
    while (end < parts.length && !parts[end]?.endsWith("]")) end += 1;
    const bracketed = parts.slice(index, end + 1).join(".");
    steps.push(bracketed.includes("=") ? bracketed : bracketed.replace(/^[[\]]+|[[\]]+$/g, ""));
    index = end;
  }
  return steps;
}

/**
 * The one node at a path; undefined when there is none.
 * @throws KustomizeFault when the path leads through something of another type
 */
export function lookUp(root: FieldNode, steps: readonly string[]): FieldNode | undefined {
  let node: FieldNode | undefined = root;
  for (const step of steps.map((part) => part.trim()).filter((part) => part !== "")) {
    if (node === undefined || isNull(node)) return undefined;
    node = lookUpStep(node, step);
  }
  return node;
}

function lookUpStep(node: FieldNode, step: string): FieldNode | undefined {
  if (isIndex(step)) return listItems(node, step)[Number(step)];
  if (step === "-") return listItems(node, step).at(-1);
  if (step === "*") throw new KustomizeFault("a source path cannot have *");
  const condition = listCondition(step);
  if (condition !== undefined) {
    return listItems(node, step).find((item) =>
      condition.field === ""
        ? item.kind === "scalar" && textOf(item) === condition.value
        : item.kind === "map" &&
          item.fields.has(condition.field) &&
          textOf(item.fields.get(condition.field)) === condition.value,
    );
  }
  return asMap(node, step).fields.get(step);
}

/** What to make of missing steps: nothing, or a field of the kind of the value that is to be put there. */
export type CreatedKind = FieldNode["kind"] | undefined;

/**
 * Every field that a path leads to: `*` and `[name=x]` may select several items. The value of a condition is a regular
 * expression that matches anywhere.
 * @throws KustomizeFault when the path leads through something of another type
 */
export function findTargets(root: MapNode, steps: readonly string[], create: CreatedKind): readonly TargetSlot[] {
  return follow({ ...rootSlot(root), created: false }, steps, create);
}

function follow(slot: TargetSlot, steps: readonly string[], create: CreatedKind): readonly TargetSlot[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [slot];
  const { node } = slot;
  if (isIndex(step)) return followIndex(listOf(node, step), Number(step), rest, create);
  const condition = listCondition(step);
  if (condition !== undefined) return followCondition(listOf(node, step), condition, rest, create);
  if (step === "*") {
    const list = listOf(node, step);
    return list?.items.flatMap((item, index) => follow(existingItem(list, index, item), rest, create)) ?? [];
  }
  return followField(node, step, rest, create);
}

function followField(
  node: FieldNode,
  step: string,
  rest: readonly string[],
  create: CreatedKind,
): readonly TargetSlot[] {
  if (isNull(node) && create === undefined) return [];
  const map = asMap(node, step);
  const created = !map.fields.has(step);
  if (created && create === undefined) return [];
  if (created && create !== undefined) map.fields.set(step, emptyNode(rest[0], create, map));
  const field = map.fields.get(step);
  if (field === undefined) return [];
  return follow({ ...fieldSlot(map, step, field), created }, rest, create);
}

function followIndex(
  list: ListNode | undefined,
  index: number,
  rest: readonly string[],
  create: CreatedKind,
): readonly TargetSlot[] {
  const length = list?.items.length ?? 0;
  const created = list !== undefined && index === length && create !== undefined;
  if (created) list.items.push(emptyNode(rest[0], create, list));
  const item = list?.items[index];
  if (list === undefined || item === undefined) {
    throw new KustomizeFault(`there is no item ${index}, only ${length} items`);
  }
  return follow({ ...itemSlot(list, index, item), created }, rest, create);
}

function followCondition(
  list: ListNode | undefined,
  condition: ListCondition,
  rest: readonly string[],
  create: CreatedKind,
): readonly TargetSlot[] {
  const found = matchingItems(list, condition, rest, create);
  if (found.length > 0 || create === undefined || list === undefined) return found;
  list.items.push(itemWith(condition, list));
  return matchingItems(list, condition, rest, create);
}

function matchingItems(
  list: ListNode | undefined,
  { field, value }: ListCondition,
  rest: readonly string[],
  create: CreatedKind,
): readonly TargetSlot[] {
  if (list === undefined) return [];
  const expression = regularExpression(value);
  return list.items.flatMap((item, index) => {
    if (field === "") return expression.search(textOf(item).trim()) ? [existingItem(list, index, item)] : [];
    const fieldNode = item.kind === "map" ? item.fields.get(field) : undefined;
    if (fieldNode === undefined || !expression.search(textOf(fieldNode).trim())) return [];
    return follow(existingItem(list, index, item), rest, create);
  });
}

function itemWith({ field, value }: ListCondition, list: ListNode): FieldNode {
  const text = plainScalarNode(value, list.origin);
  if (field === "") return text;
  const item = mapNode(list.origin);
  item.fields.set(field, text);
  return item;
}

function existingItem(list: ListNode, index: number, item: FieldNode): TargetSlot {
  return { ...itemSlot(list, index, item), created: false };
}

/** An empty node fit for the next step of the path. */
function emptyNode(nextStep: string | undefined, create: FieldNode["kind"], parent: FieldNode): FieldNode {
  const kind = nextStep === undefined ? create : isIndex(nextStep) || isBracketed(nextStep) ? "list" : "map";
  const { origin } = parent;
  if (kind === "list") return { kind, items: [], origin };
  return kind === "map" ? mapNode(origin) : { kind: "scalar", value: null, text: "", quoted: false, origin };
}

interface ListCondition {
  readonly field: string;
  readonly value: string;
}

function listCondition(step: string): ListCondition | undefined {
  if (!isBracketed(step)) return undefined;
  const inner = step.slice(1, -1);
  const equals = inner.indexOf("=");
  if (equals === -1) throw new KustomizeFault(`${step} has no condition such as [name=x]`);
  return { field: inner.slice(0, equals), value: inner.slice(equals + 1) };
}

function isBracketed(step: string): boolean {
  return step.startsWith("[") && step.endsWith("]");
}

function isIndex(step: string): boolean {
  return /^\+?[0-9]+$/.test(step);
}

function asMap(node: FieldNode, step: string): MapNode {
  if (node.kind !== "map") throw new KustomizeFault(`"${step}" is looked for in something that is no mapping`);
  return node;
}

/** The list; undefined for null. */
function listOf(node: FieldNode, step: string): ListNode | undefined {
  if (isNull(node)) return undefined;
  if (node.kind !== "list") throw new KustomizeFault(`"${step}" is looked for in something that is no list`);
  return node;
}

function listItems(node: FieldNode, step: string): readonly FieldNode[] {
  return listOf(node, step)?.items ?? [];
}
