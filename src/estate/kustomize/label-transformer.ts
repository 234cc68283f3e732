import { changeFields } from "./change-fields.ts";
import type { Evaluation } from "./evaluation.ts";
import { stringNode } from "./field-node.ts";
import type { FieldSlot } from "./field-slot.ts";
import type { FieldSpec } from "./field-spec.ts";
import { readFieldSpecs } from "./field-spec-section.ts";
import { KustomizeFault } from "./kustomize-fault.ts";
import type { LocatedText, Section } from "./section.ts";
import { mergeFieldSpecs, type TransformerConfiguration } from "./transformer-configuration.ts";

const ownLabels: FieldSpec = { path: "metadata/labels", create: true };

/** `labels`, then `commonLabels`: adds labels to objects and, where asked, to templates and selectors. */
export function transformLabels(evaluation: Evaluation): void {
  const { fields } = evaluation.kustomization;
  for (const entry of fields.sections("labels")) {
    entry.expectOnly(["pairs", "includeSelectors", "includeTemplates", "fields"]);
    const pairs = entry.textMap("pairs");
    if (pairs !== undefined) addTexts(evaluation, pairs, labelSpecs(entry, evaluation.configuration));
  }
  const common = fields.textMap("commonLabels");
  if (common !== undefined) addTexts(evaluation, common, evaluation.configuration.commonLabels);
}

/** `commonAnnotations`: adds annotations to objects and templates. */
export function transformAnnotations(evaluation: Evaluation): void {
  const annotations = evaluation.kustomization.fields.textMap("commonAnnotations");
  if (annotations !== undefined) addTexts(evaluation, annotations, evaluation.configuration.commonAnnotations);
}

function labelSpecs(entry: Section, configuration: TransformerConfiguration): readonly FieldSpec[] {
  const specs = mergeFieldSpecs(readFieldSpecs(entry, "fields"), configuration.labels);
  if (entry.flag("includeSelectors") === true) return mergeFieldSpecs(specs, configuration.commonLabels);
  const templates = entry.flag("includeTemplates") === true ? configuration.templateLabels : [];
  return mergeFieldSpecs(mergeFieldSpecs(specs, templates), [ownLabels]);
}

/** Adds labels or annotations to all resources. */
export function addTexts(
  { resources, log }: Evaluation,
  texts: ReadonlyMap<string, LocatedText>,
  specs: readonly FieldSpec[],
): void {
  for (const resource of resources.list) {
    for (const [key, { value, origin }] of texts) {
      const visit = ({ node }: FieldSlot): void => {
        if (node.kind !== "map") throw new KustomizeFault("it is no mapping");
        node.fields.set(key, stringNode(value, origin));
      };
      for (const spec of specs) changeFields(resource, spec, log, { created: { kind: "map", origin }, visit });
    }
  }
}
