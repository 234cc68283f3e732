import { type DocumentKind, documentKindNames } from "../../estate/kinds/document-kinds.ts";
import { anyDocumentJsonSchema, type JsonSchema, kindJsonSchema } from "../../estate/kinds/json-schemas.ts";
import { reportSchemas } from "./report-schemas.ts";

const anyDocument = "estate";

/** Names of the schemas that Scantling publishes: one for all documents, one a kind, one a report. */
export function publishedSchemaNames(): readonly string[] {
  return [anyDocument, ...documentKindNames, ...reportSchemas.map(([kind]) => kind)];
}

/** The JSON Schema (draft-07) of that name, in any case; undefined when there is none. `estate` is any document, `Estate` the kind. */
export function publishedSchema(name: string): JsonSchema | undefined {
  if (name === anyDocument) return anyDocumentJsonSchema();
  const report = reportSchemas.find(([kind]) => kind.toLowerCase() === name.toLowerCase());
  if (report !== undefined) return report[1]();
  const kind = documentKindNames.find((candidate: DocumentKind) => candidate.toLowerCase() === name.toLowerCase());
  return kind === undefined ? undefined : kindJsonSchema(kind);
}
