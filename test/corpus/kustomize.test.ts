import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildKustomization } from "../../src/estate/kustomize/build-kustomization.ts";
import { kubectlKustomize, skipsWithoutKubeTools } from "../tools/kubectl.ts";
import { evaluatedObjects, objectsOf, readTexts } from "../tools/kustomize-cases.ts";
import { sharedFolder } from "./placed-files.ts";

const corpora = join(sharedFolder, "corpora");
const store = join(corpora, "aks-store-demo");
const boutique = join(corpora, "online-boutique");
const skipped = skipsWithoutKubeTools();

function expectEqual(root: string, directory: string, objects: number): void {
  const real = objectsOf(kubectlKustomize(join(root, directory)));
  const texts = readTexts(root);
  expect(real.size).toBe(objects);
  expect(evaluatedObjects(directory, texts)).toEqual(real);
  expect(buildKustomization(directory, texts).diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
}

describe.skipIf(skipped)("real applications equal kubectl kustomize, object by object", () => {
  test.each([
    ["kustomize/base", 16],
    ["kustomize/overlays/dev", 16],
    ["kustomize/overlays/kaito", 20],
    ["kustomize/overlays/azd/product-service", 2],
    ["kustomize/overlays/azd/store-admin", 2],
    ["kustomize/overlays/azd/store-front", 2],
  ])("aks-store-demo %s", (directory, objects) => {
    expectEqual(store, directory, objects);
  });

  test("online-boutique kustomize", () => {
    expectEqual(boutique, "kustomize", 35);
  });
});

describe.skipIf(skipped)("copies with what the corpora leave open", () => {
  const folder = mkdtempSync(join(tmpdir(), "scantling-corpus-"));
  beforeAll(() => {
    cpSync(join(store, "kustomize"), join(folder, "store"), { recursive: true });
    cpSync(join(boutique, "kustomize"), join(folder, "boutique"), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(["ai-service", "makeline-service", "order-service"])(
    "the azd overlay of %s with its .env file",
    (service) => {
      const directory = `store/overlays/azd/${service}`;
      expect(() => kubectlKustomize(join(folder, directory))).toThrow(/\.env/);
      const refused = buildKustomization(directory, readTexts(folder)).diagnostics;
      expect(refused.map(({ code, place }) => [code, place?.source])).toContainEqual([
        "EST-106",
        `${directory}/kustomization.yaml`,
      ]);
      writeFileSync(join(folder, directory, ".env"), "# written by the deployment\nAZURE_NAME=store\nEMPTY=\n");
      expectEqual(folder, directory, 4);
    },
  );

  test("online-boutique with its network policies", () => {
    const wrapper = join(folder, "boutique", "with-policies");
    mkdirSync(wrapper);
    writeFileSync(
      join(wrapper, "kustomization.yaml"),
      "resources: [../base]\ncomponents: [../components/network-policies]\n",
    );
    expectEqual(folder, "boutique/with-policies", 48);
  });
});
