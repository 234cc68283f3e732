/** The target of a patch. What is empty selects everything. */
export interface ResourceSelector {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly labelSelector: string;
  readonly annotationSelector: string;
}

export const selectorFields = [
  "group",
  "version",
  "kind",
  "name",
  "namespace",
  "labelSelector",
  "annotationSelector",
] as const;

/** The selector in words, for messages. */
export function formatSelector(selector: ResourceSelector): string {
  const parts = selectorFields.flatMap((field) => (selector[field] === "" ? [] : [`${field} ${selector[field]}`]));
  return parts.length === 0 ? "everything" : parts.join(", ");
}
