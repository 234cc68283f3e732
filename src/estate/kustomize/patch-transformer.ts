import {
  kustomizePatchFailed,
  kustomizePatchInvalid,
  kustomizePatchMatchesNothing,
  kustomizePatchTargetMissing,
} from "../diagnostics/kustomize-diagnostics.ts";
import type { YamlReading } from "../sources/yaml-document.ts";
import { type Evaluation, findFile } from "./evaluation.ts";
import { copyNode, stringNode } from "./field-node.ts";
import type { FieldOrigin } from "./field-origin.ts";
import { readInlineYaml } from "./inline-document.ts";
import { applyJsonPatch } from "./json-patch.ts";
import { attempt } from "./kustomize-fault.ts";
import { warnOfPatchPitfalls } from "./patch-pitfalls.ts";
import { type PatchContent, type PatchOperation, readPatchText } from "./patch-text.ts";
import {
  currentId,
  nameOf,
  namespaceOf,
  normalizeMetadataTexts,
  originalId,
  type Resource,
  rememberId,
  setMetadataText,
  typeOf,
} from "./resource.ts";
import { formatId } from "./resource-id.ts";
import { formatSelector, type ResourceSelector, readSelector, selectResources } from "./resource-selector.ts";
import type { Section } from "./section.ts";
import { applyStrategicMerge } from "./strategic-merge.ts";

/** What a strategic merge patch may change besides the content. */
interface PatchOptions {
  readonly allowNameChange: boolean;
  readonly allowKindChange: boolean;
}

const noOptions: PatchOptions = { allowNameChange: false, allowKindChange: false };

/** `patchesStrategicMerge`: files or texts, each with one or more patches that name their resource. */
export function applyStrategicMergePatches(evaluation: Evaluation): void {
  for (const entry of evaluation.kustomization.fields.texts("patchesStrategicMerge")) {
    const reading = readListedPatch(evaluation, entry);
    if (reading === undefined) continue;
    const content = readPatchText(reading.reading, reading.text);
    if (content.kind !== "strategicMerge") {
      const reason = content.kind === "json" ? "it is a JSON patch" : content.reason;
      reportInvalid(evaluation, reading.reading, reason, entry.origin);
      continue;
    }
    for (const patch of content.patches) applyToNamed(evaluation, patch, noOptions, "rewritesTexts");
  }
}

function readListedPatch(
  evaluation: Evaluation,
  entry: { readonly value: string; readonly origin: FieldOrigin },
): { readonly reading: YamlReading; readonly text: string } | undefined {
  // A text with a line break or a colon can only be a patch written out.
  if (/[\n:{]/.test(entry.value)) {
    return { reading: readInlineYaml(entry.value, entry.origin, evaluation.files), text: entry.value };
  }
  return readPatchFile(evaluation, entry);
}

function readPatchFile(
  evaluation: Evaluation,
  name: { readonly value: string; readonly origin: FieldOrigin },
): { readonly reading: YamlReading; readonly text: string } | undefined {
  const file = findFile(evaluation, name, "patch");
  const reading = file === undefined ? undefined : evaluation.files.documents(file.path);
  return file === undefined || reading === undefined ? undefined : { reading, text: file.text };
}

/** `patches`: each entry one strategic merge or JSON patch, with or without a target. */
export function applyPatches(evaluation: Evaluation): void {
  for (const entry of evaluation.kustomization.fields.sections("patches")) {
    entry.expectOnly(["path", "patch", "target", "options"]);
    applyEntry(evaluation, entry, entry.text("patch"), true);
  }
}

/** `patchesJson6902`: each entry a JSON patch for the resources of its target. */
export function applyJsonPatches(evaluation: Evaluation): void {
  for (const entry of evaluation.kustomization.fields.sections("patchesJson6902")) {
    entry.expectOnly(["path", "patch", "target", "options"]);
    applyEntry(evaluation, entry, entry.text("patch"), false);
  }
}

function applyEntry(evaluation: Evaluation, entry: Section, inline: string | undefined, current: boolean): void {
  const { log } = evaluation;
  const source = readEntry(evaluation, entry, inline);
  if (source === undefined) return;
  const content: PatchContent = readPatchText(source.reading, source.text);
  const targetSection = entry.section("target");
  const target = targetSection === undefined ? undefined : readSelector(targetSection);
  if (content.kind === "invalid") {
    reportInvalid(evaluation, source.reading, content.reason, content.origin ?? source.origin);
    return;
  }
  const reason = whyUnusable(content, target, current);
  if (reason !== undefined) {
    log.report(kustomizePatchInvalid, { reason }, entry.origin);
    return;
  }
  if (content.kind === "strategicMerge") {
    const options = entry.flagMap("options");
    const patchOptions: PatchOptions = {
      allowNameChange: options.get("allowNameChange") ?? false,
      allowKindChange: options.get("allowKindChange") ?? false,
    };
    applyStrategicMergeEntry(evaluation, content.patches, target, patchOptions, entry.origin);
    return;
  }
  if (target !== undefined) applyJsonEntry(evaluation, content.operations, target, current, entry.origin);
}

function readEntry(
  evaluation: Evaluation,
  entry: Section,
  inline: string | undefined,
): { readonly reading: YamlReading; readonly text: string; readonly origin: FieldOrigin } | undefined {
  const path = entry.text("path");
  if ((inline ?? "") === "" && (path ?? "") === "") {
    evaluation.log.report(kustomizePatchInvalid, { reason: 'it has neither "patch" nor "path"' }, entry.origin);
    return undefined;
  }
  if (inline !== undefined && inline !== "" && path !== undefined && path !== "") {
    evaluation.log.report(kustomizePatchInvalid, { reason: 'it has both "patch" and "path"' }, entry.origin);
    return undefined;
  }
  if (path !== undefined && path !== "") {
    const origin = entry.originOf("path");
    const file = readPatchFile(evaluation, { value: path, origin });
    return file === undefined ? undefined : { ...file, origin };
  }
  const text = inline ?? "";
  const origin = entry.originOf("patch");
  return { reading: readInlineYaml(text, origin, evaluation.files), text, origin };
}

function whyUnusable(
  content: Exclude<PatchContent, { kind: "invalid" }>,
  target: ResourceSelector | undefined,
  current: boolean,
): string | undefined {
  if (content.kind === "json") {
    if (target === undefined) return "a JSON patch needs a target";
    return !current && target.name === "" ? "its target needs a name" : undefined;
  }
  if (!current) return "it is no list of JSON patch operations";
  return target !== undefined && content.patches.length > 1
    ? "with a target it may hold only one strategic merge patch"
    : undefined;
}

function reportInvalid(evaluation: Evaluation, reading: YamlReading, reason: string, origin: FieldOrigin): void {
  evaluation.log.add(reading.diagnostics);
  evaluation.log.report(kustomizePatchInvalid, { reason }, origin);
}

function applyStrategicMergeEntry(
  evaluation: Evaluation,
  patches: readonly Resource[],
  target: ResourceSelector | undefined,
  options: PatchOptions,
  origin: FieldOrigin,
): void {
  if (target === undefined) {
    for (const patch of patches) applyToNamed(evaluation, patch, options, "keepsTexts");
    return;
  }
  const [patch] = patches;
  const selected = select(evaluation, target, origin);
  if (patch === undefined || selected.length === 0) return;
  warnOfPatchPitfalls(patch.root, evaluation.log, "rewritesTexts");
  for (const resource of selected) mergeInto(evaluation, resource, patch, options, "rewritesTexts");
}

/** Applies a patch to the one resource that has its id, or had it. */
function applyToNamed(
  evaluation: Evaluation,
  patch: Resource,
  options: PatchOptions,
  texts: "rewritesTexts" | "keepsTexts",
): void {
  const { log, resources } = evaluation;
  const id = originalId(patch);
  const found = resources.findByAnyId(id);
  const [resource] = found;
  if (resource === undefined || found.length > 1) {
    log.report(kustomizePatchTargetMissing, { id: formatId(id), matches: found.length }, patch.root.origin);
    return;
  }
  warnOfPatchPitfalls(patch.root, log, texts);
  mergeInto(evaluation, resource, patch, options, texts);
}

/**
 * Merges a patch into one resource, which keeps its name, namespace and kind unless the options say otherwise.
 * `rewritesTexts`: labels and annotations of the patch are turned into texts first, so that a null becomes "null".
 */
function mergeInto(
  evaluation: Evaluation,
  resource: Resource,
  patch: Resource,
  options: PatchOptions,
  texts: "rewritesTexts" | "keepsTexts",
): void {
  const { log, resources } = evaluation;
  const copy = copyNode(patch.root);
  if (texts === "rewritesTexts") {
    normalizeMetadataTexts(copy, "labels");
    normalizeMetadataTexts(copy, "annotations");
  }
  copy.fields.delete("apiVersion");
  const name = nameOf(resource);
  const namespace = namespaceOf(resource);
  const { kind } = typeOf(resource);
  const kindNode = resource.root.fields.get("kind");
  const outcome = attempt(() => applyStrategicMerge(copyNode(resource.root), copy));
  if ("reason" in outcome) {
    const id = formatId(currentId(resource));
    log.report(kustomizePatchFailed, { id, reason: outcome.reason }, patch.root.origin, [id]);
    return;
  }
  if (outcome.result === undefined) {
    resources.remove(resource);
    return;
  }
  if (options.allowNameChange || options.allowKindChange) rememberId(resource);
  resource.root = outcome.result;
  if (!options.allowKindChange) resource.root.fields.set("kind", kindNode ?? stringNode(kind, resource.root.origin));
  if (!options.allowNameChange) setMetadataText(resource.root, "name", name);
  restoreNamespace(resource, namespace);
}

function restoreNamespace(resource: Resource, namespace: string): void {
  if (namespace !== "") setMetadataText(resource.root, "namespace", namespace);
  else {
    const metadata = resource.root.fields.get("metadata");
    if (metadata?.kind === "map") metadata.fields.delete("namespace");
  }
}

function applyJsonEntry(
  evaluation: Evaluation,
  operations: readonly PatchOperation[],
  target: ResourceSelector,
  remember: boolean,
  origin: FieldOrigin,
): void {
  for (const resource of select(evaluation, target, origin)) {
    const root = copyNode(resource.root);
    const outcome = attempt(() => applyJsonPatch(root, operations));
    if ("reason" in outcome) {
      const id = formatId(currentId(resource));
      evaluation.log.report(kustomizePatchFailed, { id, reason: outcome.reason }, origin, [id]);
      continue;
    }
    // The older field forgets the old name, so that references to it are not followed.
    if (remember) rememberId(resource);
    resource.root = root;
  }
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
