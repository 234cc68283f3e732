import { kustomizePatchFailed } from "../diagnostics/kustomize-diagnostics.ts";
import type { Evaluation } from "./evaluation.ts";
import { copyNode, stringNode } from "./field-node.ts";
import { attempt } from "./kustomize-fault.ts";
import {
  currentId,
  nameOf,
  namespaceOf,
  normalizeMetadataTexts,
  type Resource,
  rememberId,
  setMetadataText,
  typeOf,
} from "./resource.ts";
import { formatId } from "./resource-id.ts";
import { applyStrategicMerge } from "./strategic-merge.ts";

/** How a strategic merge patch is applied. */
export interface MergeOptions {
  readonly allowNameChange: boolean;
  readonly allowKindChange: boolean;
  /** Labels and annotations of the patch are turned into texts first, so that a null becomes the text "null". */
  readonly rewritesTexts: boolean;
}

/** Merges a patch into one resource, which keeps its namespace and, unless the options say otherwise, name and kind. */
export function mergeIntoResource(
  { log, resources }: Evaluation,
  resource: Resource,
  patch: Resource,
  options: MergeOptions,
): void {
  const outcome = attempt(() => applyStrategicMerge(copyNode(resource.root), ownPatch(patch, options)));
  if ("reason" in outcome) {
    const id = formatId(currentId(resource));
    log.report(kustomizePatchFailed, { id, reason: outcome.reason }, patch.root.origin, [id]);
    return;
  }
  if (outcome.result === undefined) {
    resources.remove(resource);
    return;
  }
  const { kind } = typeOf(resource);
  const name = nameOf(resource);
  const namespace = namespaceOf(resource);
  if (options.allowNameChange || options.allowKindChange) rememberId(resource);
  resource.root = outcome.result;
  if (!options.allowKindChange && typeOf(resource).kind !== kind) {
    resource.root.fields.set("kind", stringNode(kind, resource.root.origin));
  }
  if (!options.allowNameChange) setMetadataText(resource.root, "name", name);
  restoreNamespace(resource, namespace);
}

/** A copy that may be taken apart. The type of the resource stands, whatever version the patch is written for. */
function ownPatch(patch: Resource, { rewritesTexts }: MergeOptions): Resource["root"] {
  const root = copyNode(patch.root);
  root.fields.delete("apiVersion");
  if (rewritesTexts) {
    normalizeMetadataTexts(root, "labels");
    normalizeMetadataTexts(root, "annotations");
  }
  return root;
}

function restoreNamespace(resource: Resource, namespace: string): void {
  if (namespace !== "") {
    setMetadataText(resource.root, "namespace", namespace);
    return;
  }
  const metadata = resource.root.fields.get("metadata");
  if (metadata?.kind === "map") metadata.fields.delete("namespace");
}
