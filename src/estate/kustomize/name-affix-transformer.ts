import type { BuildLog } from "./build-log.ts";
import { changeFields } from "./change-fields.ts";
import type { Evaluation } from "./evaluation.ts";
import { stringNode, textOf } from "./field-node.ts";
import type { FieldSpec } from "./field-spec.ts";
import { KustomizeFault } from "./kustomize-fault.ts";
import { originalId, type Resource, rememberId } from "./resource.ts";
import { isSelectedType, type TypeSelector } from "./resource-type.ts";

/** Types whose names mean something of their own. */
const keptNames: readonly TypeSelector[] = [
  { kind: "CustomResourceDefinition" },
  { group: "apiregistration.k8s.io", kind: "APIService" },
  { kind: "Namespace" },
];

/** `namePrefix`, then `nameSuffix`; references to the names follow at the end of the build. */
export function transformNames(evaluation: Evaluation): void {
  for (const affix of ["namePrefix", "nameSuffix"] as const) {
    const text = evaluation.kustomization.fields.text(affix) ?? "";
    if (text !== "") addAffix(evaluation, affix, text, evaluation.configuration[affix]);
  }
}

export type NameAffix = "namePrefix" | "nameSuffix";

/** Puts a text before or after the names of all resources. */
export function addAffix(
  { resources, log }: Evaluation,
  affix: NameAffix,
  text: string,
  specs: readonly FieldSpec[],
): void {
  for (const resource of resources.list) addAffixTo(resource, affix, text, specs, log);
}

function addAffixTo(
  resource: Resource,
  affix: NameAffix,
  text: string,
  specs: readonly FieldSpec[],
  log: BuildLog,
): void {
  const original = originalId(resource);
  if (keptNames.some((kept) => isSelectedType(original, kept))) return;
  for (const spec of specs) {
    if (!isSelectedType(original, spec)) continue;
    if (spec.path === "metadata/name") {
      (affix === "namePrefix" ? resource.prefixes : resource.suffixes).push(text);
      rememberId(resource);
    }
    changeFields(resource, spec, log, {
      visit: ({ node, replace }) => {
        if (node.kind !== "scalar") throw new KustomizeFault("a name must be a text");
        const name = affix === "namePrefix" ? text + textOf(node) : textOf(node) + text;
        replace(stringNode(name, node.origin));
      },
    });
  }
}
