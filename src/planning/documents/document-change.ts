import type { DocumentKind } from "../../estate/kinds/document-kinds.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";

/** A field to set, or to take away where `value` is undefined; list items by index, one past the last to append. */
export interface FieldChange {
  readonly path: FieldPath;
  readonly value: unknown;
}

/** A Scantling document by kind and name. */
export interface DocumentName {
  readonly kind: DocumentKind;
  readonly name: string;
}

/**
 * One change of the documents that declare an estate. Field changes are made one after the other, each on what the one
 * before it left.
 */
export type DocumentChange =
  | { readonly kind: "edit"; readonly document: DocumentName; readonly changes: readonly FieldChange[] }
  | {
      readonly kind: "create";
      readonly document: DocumentName;
      readonly spec: JsonObject;
      /** The document that it is put beside and written like; undefined where none of its kind is declared. */
      readonly beside: DocumentName | undefined;
    }
  | { readonly kind: "remove"; readonly document: DocumentName };
