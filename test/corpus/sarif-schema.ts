import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { sharedFolder } from "./placed-files.ts";

/** The published SARIF 2.1.0 schema, compiled. It is draft-04: its `id` becomes `$id`, and its formats are checked here. */
export function sarifValidator(): ValidateFunction {
  const text = readFileSync(join(sharedFolder, "schemas/sarif-2.1.0.json"), "utf8");
  const { $schema: _draft, id, ...schema } = JSON.parse(text) as { readonly [key: string]: unknown };
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addFormat("uri", (value: string) => URL.canParse(value));
  ajv.addFormat(
    "uri-reference",
    (value: string) => /^[^\s\\]*$/.test(value) && URL.canParse(value, "file:///repository/"),
  );
  ajv.addFormat("date-time", (value: string) => !Number.isNaN(Date.parse(value)));
  return ajv.compile({ ...schema, $id: String(id) });
}
