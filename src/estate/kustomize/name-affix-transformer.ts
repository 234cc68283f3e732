import { changeFields } from "./change-fields.ts";
import type { Evaluation } from "./evaluation.ts";
import { stringNode, textOf } from "./field-node.ts";
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
    if (text === "") continue;
    for (const resource of evaluation.resources.list) addAffix(evaluation, resource, affix, text);
  }
}

function addAffix(
  { configuration, log }: Evaluation,
  resource: Resource,
  affix: "namePrefix" | "nameSuffix",
  text: string,
): void {
  const original = originalId(resource);
  if (keptNames.some((kept) => isSelectedType(original, kept))) return;
  for (const spec of configuration[affix]) {
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
