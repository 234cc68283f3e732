import { type LabelPredicate, readLabelSelectorText } from "./label-selector-text.ts";
import { type ResourceSelector, selectorFields } from "./patch-target.ts";
import { wholeTextMatcher } from "./regular-expression.ts";
import { currentId, metadataTexts, originalId, type Resource } from "./resource.ts";
import type { Section } from "./section.ts";

export function readSelector(section: Section): ResourceSelector {
  section.expectOnly(selectorFields);
  return readSelectorFields(section);
}

/** The selector among the other fields of a mapping. */
export function readSelectorFields(section: Section): ResourceSelector {
  return {
    group: section.text("group") ?? "",
    version: section.text("version") ?? "",
    kind: section.text("kind") ?? "",
    name: section.text("name") ?? "",
    namespace: section.text("namespace") ?? "",
    labelSelector: section.text("labelSelector") ?? "",
    annotationSelector: section.text("annotationSelector") ?? "",
  };
}

/**
 * The resources that a patch target selects. Group, version, kind, name and namespace are regular expressions that match
 * the whole text; name and namespace may be the ones that the resource was read with or the ones it has now.
 * @throws KustomizeFault when an expression or a label selector cannot be read
 */
export function selectResources(resources: readonly Resource[], selector: ResourceSelector): readonly Resource[] {
  const matches = {
    group: matcher(selector.group),
    version: matcher(selector.version),
    kind: matcher(selector.kind),
    name: matcher(selector.name),
    namespace: matcher(selector.namespace),
  };
  const labels: LabelPredicate = readLabelSelectorText(selector.labelSelector);
  const annotations: LabelPredicate = readLabelSelectorText(selector.annotationSelector);
  return resources.filter((resource) => {
    const current = currentId(resource);
    const original = originalId(resource);
    return (
      (matches.namespace(original.effectiveNamespace) || matches.namespace(current.effectiveNamespace)) &&
      (matches.name(original.name) || matches.name(current.name)) &&
      matches.group(current.group) &&
      matches.version(current.version) &&
      matches.kind(current.kind) &&
      labels(metadataTexts(resource.root, "labels")) &&
      annotations(metadataTexts(resource.root, "annotations"))
    );
  });
}

function matcher(source: string): (text: string) => boolean {
  return source === "" ? () => true : wholeTextMatcher(source);
}
