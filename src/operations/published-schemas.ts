import { type DocumentKind, documentKindNames } from "../estate/kinds/document-kinds.ts";
import { anyDocumentJsonSchema, type JsonSchema, kindJsonSchema } from "../estate/kinds/json-schemas.ts";
import { assessmentJsonSchema } from "./assessment-schema.ts";

const anyDocument = "estate";
const assessment = "Assessment";

/** Names of the schemas that Scantling publishes: one for all documents, one a kind, one a report. */
export function publishedSchemaNames(): readonly string[] {
  return [anyDocument, ...documentKindNames, assessment];
}

/** The JSON Schema (draft-07) of that name, in any case; undefined when there is none. `estate` is any document, `Estate` the kind. */
export function publishedSchema(name: string): JsonSchema | undefined {
  if (name === anyDocument) return anyDocumentJsonSchema();
  if (name.toLowerCase() === assessment.toLowerCase()) return assessmentJsonSchema();
  const kind = documentKindNames.find((candidate: DocumentKind) => candidate.toLowerCase() === name.toLowerCase());
  return kind === undefined ? undefined : kindJsonSchema(kind);
}
