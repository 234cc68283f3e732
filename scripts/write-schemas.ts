import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { schemaFiles } from "../src/operations/schemas/schema-files.ts";

/** Writes the published JSON Schemas anew. */
const folder = join(import.meta.dirname, "..", "schemas");

rmSync(folder, { recursive: true, force: true });
for (const [path, text] of schemaFiles()) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
