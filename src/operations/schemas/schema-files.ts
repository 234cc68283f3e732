import { documentKindNames, openSloKinds } from "../../estate/kinds/document-kinds.ts";
import { anyDocumentJsonSchema, type JsonSchema, kindJsonSchema } from "../../estate/kinds/json-schemas.ts";
import { reportSchemas } from "./report-schemas.ts";

/**
 * The files below `schemas/`, by path: `estate.v1alpha1.json` for any document (what editors use), one for each kind,
 * and one for each report.
 */
export function schemaFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  files.set("estate.v1alpha1.json", print(anyDocumentJsonSchema()));
  for (const kind of documentKindNames) {
    const version = openSloKinds.has(kind) ? "v1" : "v1alpha1";
    files.set(`kinds/${fileName(kind)}.${version}.json`, print(kindJsonSchema(kind)));
  }
  for (const [kind, schema] of reportSchemas) files.set(`${fileName(kind)}.v1alpha1.json`, print(schema()));
  return files;
}

/** `DataStore` as `data-store`. */
function fileName(kind: string): string {
  return kind.replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase();
}

function print(schema: JsonSchema): string {
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
