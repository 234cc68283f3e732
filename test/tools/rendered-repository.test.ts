import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sourceReader } from "../../src/adapters/filesystem/read-sources.ts";
import { chartRenderer } from "../../src/adapters/helm/render-chart.ts";
import { equalValues } from "../../src/estate/kubernetes/equal-values.ts";
import type { JsonObject } from "../../src/estate/kubernetes/kubernetes-object.ts";
import { readYaml } from "../../src/estate/sources/read-yaml.ts";
import { objectKeyOf, objectKeyText } from "../../src/gitops/delivery/object-key.ts";
import { leafFolder } from "../../src/gitops/repository/leaf-folder.ts";
import { type RenderedRepository, renderRepository } from "../../src/operations/gitops/render.ts";
import { readEstate } from "../../src/operations/read-estate.ts";
import { kubectlKustomize, kubeToolPath, skipsWithoutKubeTools } from "./kubectl.ts";

const example = join(import.meta.dirname, "../../examples/nordwind");

/** Objects of YAML documents by identity. */
function objectsOf(text: string): ReadonlyMap<string, JsonObject> {
  const values = readYaml(text, "built").documents.map(({ value }) => value as JsonObject);
  return new Map(values.map((value) => [objectKeyText(objectKeyOf(value)), value]));
}

function differences(expected: readonly JsonObject[], built: ReadonlyMap<string, JsonObject>): readonly string[] {
  const wrong = expected
    .map((object) => objectKeyText(objectKeyOf(object)))
    .filter((key, index) => !equalValues(built.get(key), expected[index]));
  return built.size === expected.length ? wrong : [...wrong, `${built.size} objects instead of ${expected.length}`];
}

describe.skipIf(skipsWithoutKubeTools())("the repository of an estate, built by the real tools", () => {
  let folder: string;
  const rendered = new Map<string, RenderedRepository>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "scantling-render-"));
    const { estate } = await readEstate([example], { sources: sourceReader, charts: chartRenderer });
    for (const packaging of ["kustomize", "helm"] as const) {
      const repository = renderRepository(
        estate,
        { files: new Map(), uncommitted: undefined },
        {
          packaging,
          agent: "flux",
          source: { url: "https://git.example.com/estate.git", branch: "main" },
          force: false,
        },
      );
      rendered.set(packaging, repository);
      for (const { path, after } of repository.changes) {
        mkdirSync(dirname(join(folder, packaging, path)), { recursive: true });
        writeFileSync(join(folder, packaging, path), after ?? "");
      }
    }
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("kubectl kustomize gives every leaf exactly its objects", () => {
    const { units = [], refused } = rendered.get("kustomize") ?? {};
    expect(refused).toBe(false);
    const leaves = units.flatMap((unit) => unit.leaves.map((leaf) => ({ path: leafFolder(unit, leaf), leaf })));
    expect(leaves.length).toBeGreaterThan(50);
    for (const { path, leaf } of leaves) {
      expect({
        path,
        wrong: differences(leaf.objects, objectsOf(kubectlKustomize(join(folder, "kustomize", path)))),
      }).toEqual({ path, wrong: [] });
    }
  });

  test("kubectl kustomize builds what Flux is given on every cluster", () => {
    for (const cluster of ["dev-weu", "staging-weu", "prod-neu", "prod-weu"]) {
      const entries = objectsOf(kubectlKustomize(join(folder, "kustomize/clusters", cluster, "flux")));
      expect(entries.size).toBeGreaterThan(10);
      expect([...entries.values()].every(({ kind }) => kind === "Kustomization")).toBe(true);
      expect(objectsOf(kubectlKustomize(join(folder, "kustomize/clusters", cluster, "flux/bootstrap"))).size).toBe(2);
    }
  });

  test("helm template gives every release exactly the objects of its leaf", () => {
    const { units = [] } = rendered.get("helm") ?? {};
    for (const unit of units) {
      for (const leaf of unit.leaves) {
        const name = unit.tree === "platform" ? `platform-${unit.name}` : unit.name;
        const release = readYaml(
          rendered
            .get("helm")
            ?.changes.find(({ path }) => path === `clusters/${leaf.cluster}/flux/releases/${name}/release.yaml`)
            ?.after ?? "",
          "release",
        ).documents[0]?.value as {
          readonly spec: {
            readonly chart: { readonly spec: { readonly chart: string; readonly valuesFiles: readonly string[] } };
          };
        };
        const { chart, valuesFiles } = release.spec.chart.spec;
        const values = valuesFiles.flatMap((file) => ["--values", file]);
        const text = execFileSync(kubeToolPath("helm"), ["template", name, chart, ...values], {
          cwd: join(folder, "helm"),
          encoding: "utf8",
          env: { PATH: "", HOME: folder },
        });
        expect({ name, cluster: leaf.cluster, wrong: differences(leaf.objects, objectsOf(text)) }).toEqual({
          name,
          cluster: leaf.cluster,
          wrong: [],
        });
      }
    }
  });
});
