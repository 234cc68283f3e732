import { kustomizeDirectiveWithoutEffect } from "../diagnostics/kustomize-diagnostics.ts";
import type { BuildLog } from "./build-log.ts";
import { type FieldNode, fieldOf, isNull, type MapNode, textOf } from "./field-node.ts";

const UNSUPPORTED = /^\$(?:setElementOrder|deleteFromPrimitiveList|retainKeys)(?:\/|$)/;

/**
 * Warns where Kustomize takes a strategic merge patch otherwise than the API server would, since nothing else does.
 * `rewritesTexts`: nulls in labels and annotations become the text "null" instead of removing the entry.
 */
export function warnOfPatchPitfalls(patch: MapNode, log: BuildLog, rewritesTexts: boolean): void {
  if (rewritesTexts) warnOfNullTexts(patch, log);
  warnOfDirectives(patch, log, false);
}

function warnOfNullTexts(patch: MapNode, log: BuildLog): void {
  for (const field of ["labels", "annotations"]) {
    const node = fieldOf(patch.fields.get("metadata"), field);
    if (node?.kind !== "map") continue;
    for (const [key, value] of node.fields) {
      if (!isNull(value)) continue;
      const effect = `it sets "${key}" to the text "${textOf(value)}", and only removes entries in patches without a target`;
      log.report(kustomizeDirectiveWithoutEffect, { directive: "null", effect }, value.origin);
    }
  }
}

function warnOfDirectives(node: FieldNode, log: BuildLog, isItem: boolean): void {
  if (node.kind === "list") {
    for (const item of node.items) warnOfDirectives(item, log, true);
    return;
  }
  if (node.kind === "scalar") return;
  for (const [key, field] of node.fields) {
    if (UNSUPPORTED.test(key)) {
      const effect = "it stays in the resource as a field of that name";
      log.report(kustomizeDirectiveWithoutEffect, { directive: key, effect }, field.origin);
    }
    if (key === "$patch" && isItem && node.fields.size > 1 && textOf(field) === "replace") {
      const effect = "the item of the base stays as it is";
      log.report(kustomizeDirectiveWithoutEffect, { directive: "$patch: replace", effect }, field.origin);
    }
    warnOfDirectives(field, log, false);
  }
}
