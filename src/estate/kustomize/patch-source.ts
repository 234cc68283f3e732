import { kustomizePatchInvalid } from "../diagnostics/kustomize-diagnostics.ts";
import { type Evaluation, findFile } from "./evaluation.ts";
import type { FieldOrigin } from "./field-origin.ts";
import { type PatchContent, readPatchText } from "./patch-text.ts";
import { type PlacedReading, readInlineYaml, readPlacedFile } from "./placed-reading.ts";
import type { LocatedText, Section } from "./section.ts";

/** A patch that can be applied. */
export type UsablePatch = Exclude<PatchContent, { readonly kind: "invalid" }>;

/** Reads the patch of an entry that holds it, or its file under `path`; undefined, and reported, when it cannot be used. */
export function readPatchEntry(
  evaluation: Evaluation,
  entry: Section,
  textField: "patch" | "jsonOp" = "patch",
): UsablePatch | undefined {
  const path = entry.text("path") ?? "";
  const patch = entry.text(textField) ?? "";
  if ((path === "") === (patch === "")) {
    const reason = path === "" ? `it has neither "${textField}" nor "path"` : `it has both "${textField}" and "path"`;
    evaluation.log.report(kustomizePatchInvalid, { reason }, entry.origin);
    return undefined;
  }
  if (path !== "") return readPatchFile(evaluation, { value: path, origin: entry.originOf("path") });
  const origin = entry.originOf(textField);
  return usable(evaluation, readInlineYaml(patch, origin, evaluation.files), origin);
}

/** Reads an item of `patchesStrategicMerge`: a file name, or the patch itself. */
export function readListedPatch(evaluation: Evaluation, item: LocatedText): UsablePatch | undefined {
  // A text with a line break, a colon or a brace can only be a patch that is written out.
  if (!/[\n:{]/.test(item.value)) return readPatchFile(evaluation, item);
  return usable(evaluation, readInlineYaml(item.value, item.origin, evaluation.files), item.origin);
}

function readPatchFile(evaluation: Evaluation, name: LocatedText): UsablePatch | undefined {
  const file = findFile(evaluation, name, "patch");
  const reading = file === undefined ? undefined : readPlacedFile(file.path, evaluation.files);
  return reading === undefined ? undefined : usable(evaluation, reading, name.origin);
}

function usable(evaluation: Evaluation, reading: PlacedReading, origin: FieldOrigin): UsablePatch | undefined {
  const content = readPatchText(reading);
  if (content.kind !== "invalid") return content;
  evaluation.log.add(reading.diagnostics);
  evaluation.log.report(kustomizePatchInvalid, { reason: content.reason }, content.origin ?? origin);
  return undefined;
}
