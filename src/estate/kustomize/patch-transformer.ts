import {
  kustomizePatchFailed,
  kustomizePatchInvalid,
  kustomizePatchMatchesNothing,
  kustomizePatchTargetMissing,
} from "../diagnostics/kustomize-diagnostics.ts";
import type { Evaluation } from "./evaluation.ts";
import { type FieldNode, fieldOf, isNull, type MapNode, mapNode, textOf } from "./field-node.ts";
import { type FieldOrigin, placeOf } from "./field-origin.ts";
import { applyJsonPatch } from "./json-patch.ts";
import { attempt, KustomizeFault } from "./kustomize-fault.ts";
import { type MergeOptions, mergeIntoResource } from "./merge-into-resource.ts";
import { warnOfPatchPitfalls } from "./patch-pitfalls.ts";
import { readListedPatch, readPatchEntry } from "./patch-source.ts";
import { formatSelector, type ResourceSelector } from "./patch-target.ts";
import type { PatchOperation } from "./patch-text.ts";
import type { PatchedResource, PatchUse } from "./patch-use.ts";
import { canonicalCopy } from "./plain-scalar.ts";
import { currentId, metadataOf, originalId, type Resource, rememberId } from "./resource.ts";
import { formatId } from "./resource-id.ts";
import { readSelector, selectResources } from "./resource-selector.ts";
import type { LocatedText, Section } from "./section.ts";

const patchFields = ["path", "patch", "target", "options"];

/** `patchesStrategicMerge`: files or texts, each with one or more patches that name their resource. */
export function applyStrategicMergePatches(evaluation: Evaluation): void {
  for (const item of evaluation.kustomization.fields.texts("patchesStrategicMerge")) applyListedPatch(evaluation, item);
}

export function applyListedPatch(evaluation: Evaluation, item: LocatedText): void {
  const options = { allowNameChange: false, allowKindChange: false, rewritesTexts: true };
  const content = readListedPatch(evaluation, item);
  if (content?.kind === "strategicMerge") {
    for (const patch of content.patches) applyToNamed(evaluation, patch, options);
  } else if (content?.kind === "json") {
    evaluation.log.report(kustomizePatchInvalid, { reason: "it is a JSON patch" }, item.origin);
  }
}

/** `patches`: each entry one strategic merge or JSON patch, with or without a target. */
export function applyPatches(evaluation: Evaluation): void {
  for (const entry of evaluation.kustomization.fields.sections("patches")) {
    entry.expectOnly(patchFields);
    applyPatchEntry(evaluation, entry);
  }
}

export function applyPatchEntry(evaluation: Evaluation, entry: Section): void {
  const content = readPatchEntry(evaluation, entry);
  const target = readTarget(entry);
  if (content?.kind === "strategicMerge") applyMergeEntry(evaluation, entry, content.patches, target);
  else if (content?.kind === "json" && target !== undefined) {
    applyOperations(evaluation, content.operations, target, "remembersId", entry.origin);
  } else if (content?.kind === "json") {
    evaluation.log.report(kustomizePatchInvalid, { reason: "a JSON patch needs a target" }, entry.origin);
  }
}

/** `patchesJson6902`: each entry a JSON patch for the resources of its target. */
export function applyJsonPatches(evaluation: Evaluation): void {
  for (const entry of evaluation.kustomization.fields.sections("patchesJson6902")) {
    entry.expectOnly(patchFields);
    applyJsonPatchEntry(evaluation, entry, "patch");
  }
}

export function applyJsonPatchEntry(evaluation: Evaluation, entry: Section, textField: "patch" | "jsonOp"): void {
  const content = readPatchEntry(evaluation, entry, textField);
  const target = readTarget(entry);
  if (content?.kind === "json" && target !== undefined && target.name !== "") {
    applyOperations(evaluation, content.operations, target, "forgetsId", entry.origin);
  } else if (content !== undefined) {
    const reason = content.kind === "json" ? "its target needs a name" : "it is no list of JSON patch operations";
    evaluation.log.report(kustomizePatchInvalid, { reason }, entry.origin);
  }
}

function readTarget(entry: Section): ResourceSelector | undefined {
  const section = entry.section("target");
  return section === undefined ? undefined : readSelector(section);
}

function applyMergeEntry(
  evaluation: Evaluation,
  entry: Section,
  patches: readonly Resource[],
  target: ResourceSelector | undefined,
): void {
  const flags = entry.flagMap("options");
  const options: MergeOptions = {
    allowNameChange: flags.get("allowNameChange") ?? false,
    allowKindChange: flags.get("allowKindChange") ?? false,
    rewritesTexts: target !== undefined,
  };
  if (target === undefined) {
    for (const patch of patches) applyToNamed(evaluation, patch, options);
    return;
  }
  const [patch] = patches;
  if (patch === undefined || patches.length > 1) {
    const reason = "with a target it may hold only one strategic merge patch";
    evaluation.log.report(kustomizePatchInvalid, { reason }, entry.origin);
    return;
  }
  const selected = select(evaluation, target, entry.origin);
  const named = originalId(patch).name;
  recordPatch(evaluation, { form: "strategicMerge", target, named, selected, operations: [] }, entry.origin);
  if (selected.length > 0) warnOfPatchPitfalls(patch.root, evaluation.log, options.rewritesTexts);
  for (const resource of selected) mergeIntoResource(evaluation, resource, patch, options);
}

/** Applies a patch to the one resource that has its id, or had it. */
function applyToNamed(evaluation: Evaluation, patch: Resource, options: MergeOptions): void {
  const { log, resources } = evaluation;
  const id = originalId(patch);
  const found = resources.findByAnyId(id);
  const [resource] = found;
  const use = { form: "strategicMerge", target: undefined, named: id.name, selected: found, operations: [] } as const;
  recordPatch(evaluation, use, patch.root.origin);
  if (resource === undefined || found.length > 1) {
    log.report(kustomizePatchTargetMissing, { id: formatId(id), matches: found.length }, patch.root.origin);
    return;
  }
  warnOfPatchPitfalls(patch.root, log, options.rewritesTexts);
  mergeIntoResource(evaluation, resource, patch, options);
}

/** The older field forgets the old name of a resource, so that references to it do not follow. */
function applyOperations(
  evaluation: Evaluation,
  operations: readonly PatchOperation[],
  target: ResourceSelector,
  history: "remembersId" | "forgetsId",
  origin: FieldOrigin,
): void {
  const selected = select(evaluation, target, origin);
  recordPatch(evaluation, { form: "json", target, named: undefined, selected, operations }, origin);
  for (const resource of selected) {
    const root = canonicalCopy(resource.root);
    if (history === "remembersId" || resource.previousIds.length > 0) ensureAnnotations(root);
    const outcome = attempt(() => namedResource(applyJsonPatch(root, operations)));
    if ("reason" in outcome) {
      const id = formatId(currentId(resource));
      evaluation.log.report(kustomizePatchFailed, { id, reason: outcome.reason }, origin, [id]);
      continue;
    }
    if (history === "remembersId") rememberId(resource);
    resource.root = outcome.result;
  }
}

/** Kustomize keeps its memory in annotations, so that a patch finds them even where the manifest has none. */
function ensureAnnotations(root: MapNode): void {
  const metadata = metadataOf(root);
  const annotations = metadata.fields.get("annotations");
  if (annotations === undefined || isNull(annotations)) metadata.fields.set("annotations", mapNode(metadata.origin));
}

function namedResource(root: MapNode): MapNode {
  const name = fieldOf(root.fields.get("metadata"), "name");
  if (textOf(name) === "" || textOf(root.fields.get("kind")) === "") {
    throw new KustomizeFault("it leaves a resource without kind or name");
  }
  return root;
}

interface AppliedPatch extends Pick<PatchUse, "form" | "target" | "named"> {
  readonly selected: readonly Resource[];
  readonly operations: readonly PatchOperation[];
}

function recordPatch(
  { kustomization, log }: Evaluation,
  { selected, operations, ...use }: AppliedPatch,
  origin: FieldOrigin,
): void {
  log.patches.push({
    directory: kustomization.directory,
    ...use,
    matched: selected.map((resource) => patchedResource(resource, operations)),
    place: () => placeOf(origin),
  });
}

function patchedResource(resource: Resource, operations: readonly PatchOperation[]): PatchedResource {
  const { kind, name, effectiveNamespace } = currentId(resource);
  const items = operations.flatMap(({ path }) => {
    const pointer = positionalPointer(path);
    if (pointer === undefined) return [];
    const list = nodeAtPointer(resource.root, pointer.slice(0, pointer.lastIndexOf("/")));
    const item = textOf(fieldOf(nodeAtPointer(resource.root, pointer), "name"));
    const isOneOfSeveral = list?.kind === "list" && list.items.length > 1;
    return item !== "" && (isOneOfSeveral || ownField.test(path)) ? [[pointer, item] as const] : [];
  });
  return { kind, name, namespace: effectiveNamespace, itemNames: new Map(items) };
}

/** Fields that make a container what it is: the same value in several of them is hardly meant. */
const ownField = /\/(?:image|name|command|args)$/;

/** The pointer up to its first list position, where it goes on below: `/spec/template/spec/containers/0`. */
function positionalPointer(path: string): string | undefined {
  return /^((?:\/[^/]*)*?\/\d+)\/./.exec(path)?.[1];
}

function nodeAtPointer(root: FieldNode, pointer: string): FieldNode | undefined {
  const steps = pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  let node: FieldNode | undefined = root;
  for (const step of steps) node = node?.kind === "list" ? node.items[Number(step)] : fieldOf(node, step);
  return node;
}

function select(evaluation: Evaluation, target: ResourceSelector, origin: FieldOrigin): readonly Resource[] {
  const outcome = attempt(() => selectResources(evaluation.resources.list, target));
  if ("reason" in outcome) {
    evaluation.log.report(kustomizePatchInvalid, { reason: `its target cannot be used: ${outcome.reason}` }, origin);
    return [];
  }
  if (outcome.result.length === 0) {
    evaluation.log.report(kustomizePatchMatchesNothing, { target: formatSelector(target) }, origin);
  }
  return outcome.result;
}
