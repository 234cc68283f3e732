import * as z from "zod";
import { type DocumentKind, documentKindNames, documentKinds } from "./document-kinds.ts";

/** A JSON Schema of draft-07, the newest that the YAML language server documents. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** JSON Schema of documents of one kind. */
export function kindJsonSchema(kind: DocumentKind): JsonSchema {
  return { title: `Scantling ${kind}`, ...z.toJSONSchema(documentKinds[kind], { target: "draft-7", io: "input" }) };
}

/**
 * JSON Schema of any document: the kind decides which of the kinds' schemas holds, so that an editor completes the
 * fields of that kind alone.
 */
export function anyDocumentJsonSchema(): JsonSchema {
  const definitions: { [kind: string]: JsonSchema } = {};
  for (const kind of documentKindNames) {
    const { $schema: _draft, ...schema } = kindJsonSchema(kind);
    definitions[kind] = schema;
  }
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Scantling estate documents",
    description: "Any document that an estate is declared with.",
    type: "object",
    required: ["apiVersion", "kind"],
    oneOf: documentKindNames.map((kind) => ({ $ref: `#/definitions/${kind}` })),
    definitions,
  };
}
