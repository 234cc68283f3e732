/**
 * Transcribes the compiled facts into the catalog's tables. Deterministic: the same facts give the same bytes.
 *
 *     npx node scripts/transcribe-facts.ts      # facts from SCANTLING_SHARED, or ../shared beside the checkout
 *
 * Tables that no compiled file holds (AKS nodes, version calendar, region zones) are kept by hand in the same folder
 * and are not touched.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { catalogTables } from "./transcription/all-tables.ts";

const root = resolve(import.meta.dirname, "..");
const shared = process.env.SCANTLING_SHARED ?? resolve(root, "..", "shared");

for (const [name, text] of catalogTables((file) => readFileSync(join(shared, "facts", file), "utf8"))) {
  writeFileSync(join(root, "src", "catalog", "tables", `${name}.json`), text);
  console.log(`${name}: ${Math.round(text.length / 1000)} kB`);
}
