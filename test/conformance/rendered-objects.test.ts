import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readSources } from "../../src/adapters/filesystem/read-sources.ts";
import { isJsonObject } from "../../src/estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../src/estate/kubernetes/kubernetes-object.ts";
import { buildKustomization } from "../../src/estate/kustomize/build-kustomization.ts";
import { loadEstate } from "../../src/estate/load-estate.ts";
import type { Estate } from "../../src/estate/model/estate.ts";
import { readYaml } from "../../src/estate/sources/read-yaml.ts";
import { agentNames } from "../../src/gitops/agent.ts";
import { packagingNames } from "../../src/gitops/packaging.ts";
import { factsPath, factsTemplate } from "../../src/gitops/repository/facts-file.ts";
import { leafFolder } from "../../src/gitops/repository/leaf-folder.ts";
import { type RenderedRepository, renderRepository } from "../../src/operations/gitops/render.ts";
import { SchemaCheck } from "./schema-check.ts";

const check = new SchemaCheck();

/** Every fact known, so that what needs one is there too. */
function filledFacts(estate: Estate): ReadonlyMap<string, string> {
  return new Map(
    estate.clusters.map(({ name }) => [
      factsPath(name),
      factsTemplate(estate, name).replaceAll('""', '"00000000-0000-0000-0000-000000000001"'),
    ]),
  );
}

/** Objects of the agent: what of the repository is no leaf's, and no configuration of Kustomize or Helm. */
function agentObjects(texts: ReadonlyMap<string, string>): readonly JsonObject[] {
  return [...texts]
    .filter(([path]) => /^(?:clusters\/[^/]+\/flux|argocd)\/.*\.yaml$/.test(path))
    .flatMap(([path, text]) => readYaml(text, path).documents.map(({ value }) => value))
    .filter(isJsonObject)
    .filter(({ apiVersion }) => !String(apiVersion).startsWith("kustomize.config.k8s.io/"));
}

describe("the repository of examples/nordwind", () => {
  let estate: Estate;

  beforeAll(async () => {
    const root = join(import.meta.dirname, "../..");
    estate = loadEstate(await readSources(["examples/nordwind"], {}, { workingFolder: root }));
  });

  const textsOf = ({ changes }: RenderedRepository) =>
    new Map(changes.flatMap(({ path, after }) => (after === undefined ? [] : [[path, after] as const])));

  const cases = packagingNames.flatMap((packaging) => agentNames.map((agent) => ({ packaging, agent })));

  test.each(cases)("holds only valid objects as $packaging for $agent", ({ packaging, agent }) => {
    const rendered = renderRepository(
      estate,
      { files: filledFacts(estate), uncommitted: undefined },
      { packaging, agent, source: { url: "https://git.example.com/estate.git", branch: "main" }, force: true },
    );
    expect(rendered.refused).toBe(false);
    const texts = textsOf(rendered);
    const leaves = rendered.units.flatMap((unit) =>
      unit.leaves.flatMap((leaf) => {
        if (packaging === "helm") return leaf.objects;
        const built = buildKustomization(leafFolder(unit, leaf), texts);
        expect(built.diagnostics).toEqual([]);
        return built.objects.map(({ value }) => value);
      }),
    );
    const entries = agentObjects(texts);
    expect(leaves.length).toBeGreaterThan(600);
    expect(entries.length).toBeGreaterThan(agent === "flux" ? 80 : 5);
    const found = check.check([...leaves, ...entries]);
    expect(found.errors).toEqual([]);
    expect(found.unevaluated).toEqual([]);
    expect(found.withoutSchema).toEqual(["ExternalSecret.external-secrets.io"]);
    expect(found.valid).toBe([...leaves, ...entries].filter(({ kind }) => kind !== "ExternalSecret").length);
    // The schemas of Argo CD have no rules.
    expect(found.rules > 0).toBe(agent === "flux");
  });

  test.each([
    { controller: "flagger", kinds: ["Canary", "MetricTemplate"] },
    { controller: "argoRollouts", kinds: ["AnalysisTemplate", "Rollout"] },
  ])("holds only valid objects where $controller rolls out", ({ controller, kinds }) => {
    const bring = (name: string, namespace: string) => ({
      name,
      version: undefined,
      namespace,
      crds: [],
      requests: {},
      replicas: 1,
    });
    const components = [
      bring("flagger", "flagger-system"),
      bring("argo-rollouts", "argo-rollouts"),
      bring("kube-prometheus-stack", "monitoring"),
    ];
    const equipped: Estate = {
      ...estate,
      clusters: estate.clusters.map((cluster) => ({ ...cluster, components: [...cluster.components, ...components] })),
      applications: estate.applications.map((application) => ({
        ...application,
        delivery: { ...application.delivery, strategy: "canary", controller },
      })),
    };
    const { units } = renderRepository(
      equipped,
      { files: filledFacts(estate), uncommitted: undefined },
      {
        packaging: "kustomize",
        agent: "flux",
        source: { url: "https://git.example.com/e.git", branch: "main" },
        force: true,
      },
    );
    const objects = units.flatMap(({ leaves }) => leaves.flatMap((leaf) => leaf.objects));
    const written = objects.filter(({ kind }) => kinds.includes(String(kind)));
    expect(new Set(written.map(({ kind }) => kind))).toEqual(new Set(kinds));
    const found = check.check(written);
    expect([...found.errors, ...found.withoutSchema, ...found.unevaluated]).toEqual([]);
  });

  test("a field that no schema knows and a rule that does not hold are found", () => {
    const release = {
      apiVersion: "helm.toolkit.fluxcd.io/v2",
      kind: "HelmRelease",
      metadata: { name: "both" },
      spec: {
        interval: "10m",
        chart: { spec: { chart: "a", sourceRef: { kind: "GitRepository", name: "b" } } },
        chartRef: { kind: "HelmChart", name: "c" },
      },
    };
    const service = { apiVersion: "v1", kind: "Service", metadata: { name: "odd" }, spec: { prots: [] } };
    const { errors, valid } = check.check([release, service]);
    expect(errors.join("\n")).toContain("breaks");
    expect(errors.join("\n")).toContain("Service/odd/spec");
    expect(valid).toBe(0);
  });
});
