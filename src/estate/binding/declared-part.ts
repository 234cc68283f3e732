import type { DocumentKind } from "../kinds/document-kinds.ts";
import type { ValidDocument } from "../kinds/validate-document.ts";
import { valueAt } from "../kubernetes/json-value.ts";
import type { DeclaredPart } from "../model/declared-part.ts";
import type { FieldPath } from "../sources/yaml-document.ts";

/** The part of a document at `path`, which can say of its fields whether and where they are stated. */
export function declaredPart(document: ValidDocument<DocumentKind>, path: FieldPath): DeclaredPart {
  return {
    path,
    states: (field) => valueAt(document.value, [...path, ...field]) !== undefined,
    locate: (field) => document.locate([...path, ...field]),
  };
}
