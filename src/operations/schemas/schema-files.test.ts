import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { schemaFiles } from "./schema-files.ts";

const folder = fileURLToPath(new URL("../../../schemas/", import.meta.url));

describe("published schemas", () => {
  test.each([...schemaFiles()])("%s is what the code says (npx node scripts/write-schemas.ts)", (path, text) => {
    expect(readFileSync(folder + path, "utf8")).toBe(text);
  });

  test("there is no schema that the code does not know", () => {
    const found = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".json"));
    expect(found.map((path) => path.replaceAll("\\", "/")).toSorted()).toEqual([...schemaFiles().keys()].toSorted());
  });
});
