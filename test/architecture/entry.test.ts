import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

test.each(["bin/scantling.js", ".ci/run"])("%s may be run: npx and a shell refuse it otherwise", (path) => {
  expect(statSync(join(root, path)).mode & 0o111).toBe(0o111);
});
