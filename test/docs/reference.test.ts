import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { referencePages } from "../../scripts/reference/reference-pages.ts";

test.each([...referencePages()])(
  "docs/reference/%s is what the code says (npm run reference writes it)",
  (name, text) => {
    expect(readFileSync(join(import.meta.dirname, "../../docs/reference", name), "utf8")).toBe(text);
    expect(text.split("\n").length).toBeGreaterThan(10);
  },
);
