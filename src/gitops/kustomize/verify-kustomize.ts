import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { leafNotBuilt } from "../../estate/diagnostics/gitops-diagnostics.ts";
import { equalValues } from "../../estate/kubernetes/equal-values.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { buildKustomization, type KustomizationResult } from "../../estate/kustomize/build-kustomization.ts";
import type { DeliveryLeaf, DeliveryUnit } from "../delivery/delivery-unit.ts";
import { objectKeyOf, objectKeyText } from "../delivery/object-key.ts";
import { leafFolder } from "../repository/leaf-folder.ts";
import type { RepositoryFile } from "../repository/repository-file.ts";
import { OVERRIDES } from "./kustomize-packaging.ts";

/**
 * Builds every leaf from its files with the evaluator that reads Kustomize folders, which is not the writer, and compares
 * the objects with those that it has to hold. What differs, and every patch that misses its target, is an error.
 */
export function verifyKustomize(
  units: readonly DeliveryUnit[],
  files: readonly Omit<RepositoryFile, "tells">[],
): readonly Diagnostic[] {
  const byUnit = Map.groupBy(files, ({ path }) => unitOf(path));
  return units.flatMap((unit) => {
    const own = byUnit.get(`${unit.tree}/${unit.name}`) ?? [];
    const texts = new Map(own.map(({ path, text }) => [path, withoutOverrides(text)]));
    return unit.leaves.flatMap((leaf) => verifyLeaf(unit, leaf, texts));
  });
}

/** `tree/unit` of a file: its own folder, or that of a leaf on a cluster. */
function unitOf(path: string): string {
  const [first, second, third, fourth] = path.split("/");
  return first === "clusters" ? `${third}/${fourth}` : `${first}/${second}`;
}

/** What somebody adds of their own is not the writer's to prove. */
function withoutOverrides(text: string): string {
  return text.replace(new RegExp(`^ *- ${OVERRIDES}\\n`, "m"), "");
}

function verifyLeaf(unit: DeliveryUnit, leaf: DeliveryLeaf, texts: ReadonlyMap<string, string>): readonly Diagnostic[] {
  const folder = leafFolder(unit, leaf);
  const difference = differenceOf(leaf.objects, buildKustomization(folder, texts));
  return difference === undefined ? [] : [diagnose(leafNotBuilt, { leaf: folder, difference })];
}

function differenceOf(
  expected: readonly JsonObject[],
  { objects, diagnostics, patches }: KustomizationResult,
): string | undefined {
  const [error] = diagnostics.filter(({ severity }) => severity === "error");
  if (error !== undefined) return error.message.replace(/\.$/, "");
  if (patches.some(({ matched }) => matched.length !== 1)) return "a patch hits not exactly one object";
  const built = new Map(objects.map(({ value }) => [objectKeyText(objectKeyOf(value)), value]));
  for (const object of expected) {
    const key = objectKeyText(objectKeyOf(object));
    const other = built.get(key);
    if (other === undefined) return `${key} is missing`;
    if (!equalValues(other, object)) return `${key} differs`;
  }
  return built.size === expected.length ? undefined : `${built.size - expected.length} objects too many`;
}
