import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { catalogTables } from "../../scripts/transcription/all-tables.ts";

const root = resolve(import.meta.dirname, "..", "..");
const shared = process.env.SCANTLING_SHARED ?? resolve(root, "..", "shared");

it("the catalog's tables are what the compiled facts say", () => {
  const tables = catalogTables((file) => readFileSync(join(shared, "facts", file), "utf8"));
  expect(tables.size).toBe(12);
  for (const [name, text] of tables) {
    expect(readFileSync(join(root, "src", "catalog", "tables", `${name}.json`), "utf8") === text, name).toBe(true);
  }
});
