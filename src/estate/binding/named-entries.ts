import { nameDuplicate } from "../diagnostics/reference-diagnostics.ts";
import type { DocumentKind } from "../kinds/document-kinds.ts";
import type { ValidDocument } from "../kinds/validate-document.ts";
import type { FieldPath } from "../sources/yaml-document.ts";
import type { BindingLog } from "./binding-log.ts";

/** An item of a list with its path in the document. */
export interface NamedEntry<Item> {
  readonly item: Item;
  readonly path: FieldPath;
}

/** The items of a list whose names are unique; of two with one name the first counts, the second is reported. */
export function namedEntries<Item extends { readonly name: string }>(
  items: readonly Item[] | undefined,
  path: FieldPath,
  document: ValidDocument<DocumentKind>,
  log: BindingLog,
): readonly NamedEntry<Item>[] {
  const entries = new Map<string, NamedEntry<Item>>();
  (items ?? []).forEach((item, index) => {
    const itemPath = [...path, index];
    if (!entries.has(item.name)) {
      entries.set(item.name, { item, path: itemPath });
      return;
    }
    const context = { place: document.locate([...itemPath, "name"]), affects: [document.id] };
    log.report(nameDuplicate, { field: path.join("."), name: item.name }, context);
  });
  return [...entries.values()];
}
