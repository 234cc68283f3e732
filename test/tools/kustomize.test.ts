import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { buildKustomization } from "../../src/estate/kustomize/build-kustomization.ts";
import { kubectlKustomize, skipsWithoutKubeTools } from "./kubectl.ts";
import { evaluatedObjects, kustomizeCases, objectsOf } from "./kustomize-cases.ts";
import { refusedKustomizations } from "./kustomize-refused.ts";

const skipped = skipsWithoutKubeTools();

describe.skipIf(skipped)("the evaluator against kubectl kustomize", () => {
  const cases = kustomizeCases();

  test("has a case for every feature", () => {
    expect(cases.length).toBeGreaterThanOrEqual(25);
  });

  test.each(cases)("$name", ({ folder, leaf, texts, expectedFile }) => {
    const printed = kubectlKustomize(join(folder, leaf));
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(expectedFile, printed);
    const real = objectsOf(printed);
    expect(real.size).toBeGreaterThan(0);
    expect(evaluatedObjects(leaf, texts)).toEqual(real);
    expect([...evaluatedObjects(leaf, texts).keys()]).toEqual([...real.keys()]);
    expect(printed).toBe(readFileSync(expectedFile, "utf8"));
  });
});

describe.skipIf(skipped)("what kubectl kustomize refuses", () => {
  const folder = mkdtempSync(join(tmpdir(), "scantling-kustomize-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(refusedKustomizations)("$name", ({ name, directory, texts, code }) => {
    const root = join(folder, name.replaceAll(/\W+/g, "-"));
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    expect(() => kubectlKustomize(join(root, directory))).toThrow();
    const { diagnostics } = buildKustomization(directory, new Map(Object.entries(texts)));
    expect(diagnostics.filter(({ severity }) => severity === "error").map((found) => found.code)).toContain(code);
  });
});
