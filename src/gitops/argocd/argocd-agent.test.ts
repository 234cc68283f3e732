import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { loadEstate } from "../../estate/load-estate.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { memorySources } from "../../estate/sources/memory-sources.ts";
import { noFacts } from "../delivery/delivery-inputs.ts";
import type { DeliveryLeaf, DeliveryUnit } from "../delivery/delivery-unit.ts";
import { helmPackaging } from "../helm/helm-packaging.ts";
import type { Packaging } from "../packaging.ts";
import { leafFolder } from "../repository/leaf-folder.ts";
import { argocdAgent } from "./argocd-agent.ts";
import { readApplications } from "./read-applications.ts";

const source = { url: "https://git.example.com/org/estate.git", branch: "main" };
const foldersOnly: Packaging = {
  name: "kustomize",
  files: () => [],
  leafSource: (unit, leaf) => ({ kind: "kustomizePath", path: leafFolder(unit, leaf) }),
};

function leaf(environment: string, cluster: string, ring: string | undefined, image: string): DeliveryLeaf {
  const objects: readonly JsonObject[] = [
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web", namespace: "shop" },
      spec: { template: { spec: { containers: [{ name: "web", image }] } } },
    },
    { apiVersion: "storage.k8s.io/v1", kind: "StorageClass", metadata: { name: "shop-disk" }, provisioner: "x" },
  ];
  return { environment, cluster, ring, region: "westeurope", objects };
}

const units: readonly DeliveryUnit[] = [
  {
    tree: "platform",
    name: "retail",
    namespace: undefined,
    tenant: "retail",
    dependsOn: [],
    leaves: [leaf("dev", "dev-weu", "0", "a"), leaf("prod", "prod-weu", undefined, "b")],
  },
  {
    tree: "apps",
    name: "shop",
    namespace: "shop",
    tenant: "retail",
    dependsOn: ["platform/retail"],
    leaves: [
      leaf("dev", "dev-weu", "0", "a"),
      leaf("test", "dev-weu", "0", "b"),
      leaf("prod", "prod-weu", undefined, "c"),
    ],
  },
];

const ownersId = "7c1b0d1e-5a40-4a4e-9a55-0f3c6f5b2f10";
const facts = new Map([["prod-weu", { ...noFacts, groups: { "retail-owners": ownersId } }]]);

describe.each([foldersOnly, helmPackaging()])("Argo CD with $name", (packaging) => {
  const files = argocdAgent.files({ estate: estate(), units, packaging, source, facts });
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const objects = files.filter(({ path }) => path.endsWith(".yaml")).map(({ text }) => load(text) as JsonObject);
  const delivered = readApplications(objects, texts);

  it("delivers every leaf to its cluster, and nothing else", () => {
    expect(delivered.problems).toEqual([]);
    const expected = units.flatMap((unit) =>
      unit.leaves.map((each) => {
        const from = packaging.leafSource(unit, each);
        return from.kind === "chart"
          ? { cluster: each.cluster, path: from.chart, valueFiles: from.valueFiles, release: from.release }
          : { cluster: each.cluster, path: from.path, valueFiles: undefined, release: undefined };
      }),
    );
    const found = delivered.applications
      .filter(({ project }) => project !== "estate")
      .map(({ cluster, path, valueFiles, release }) => ({ cluster, path, valueFiles, release }));
    expect(found).toHaveLength(expected.length);
    expect(found).toEqual(expect.arrayContaining(expected));
    expect(delivered.applications.every(({ prunes, heals }) => prunes && heals)).toBe(true);
  });

  it("holds a tenant to its namespaces and to the cluster-scoped kinds that it has", () => {
    const project = load(texts.get("argocd/delivery/projects/retail.yaml") ?? "") as { spec: JsonObject };
    expect(project.spec).toMatchObject({
      destinations: [
        { name: "dev-weu", namespace: "shop" },
        { name: "prod-weu", namespace: "shop" },
      ],
      clusterResourceWhitelist: [{ group: "storage.k8s.io", kind: "StorageClass" }],
      roles: [{ groups: [ownersId] }],
    });
    expect(JSON.stringify(project.spec["namespaceResourceBlacklist"])).toContain("NetworkPolicy");
  });

  it("gives no role to a group whose object id nobody knows: no token carries its name", () => {
    const unknown = argocdAgent.files({ estate: estate(), units, packaging, source, facts: new Map() });
    const project = unknown.find(({ path }) => path.endsWith("/projects/retail.yaml"));
    expect(project?.text).not.toContain("roles:");
  });
});

describe("reading what others wrote", () => {
  const files = new Map([
    ["clusters/a/cluster.json", '{"cluster": {"name": "a", "ring": "0"}}'],
    ["clusters/b/cluster.yaml", "cluster: {name: b, ring: '1'}"],
    ["apps/shop/kustomization.yaml", ""],
    ["apps/legacy/kustomization.yaml", ""],
  ]);
  const set = (generator: JsonObject, template: JsonObject, more: JsonObject = {}): JsonObject => ({
    apiVersion: "argoproj.io/v1alpha1",
    kind: "ApplicationSet",
    metadata: { name: "all" },
    spec: { goTemplate: true, generators: [generator], template, ...more },
  });
  const template = (name: string, cluster: string, path: string): JsonObject => ({
    metadata: { name },
    spec: { project: "p", destination: { name: cluster }, source: { path } },
  });

  it("expands a matrix of files and directories, without those left out", () => {
    const directories = [{ path: "apps/*" }, { path: "apps/legacy", exclude: true }];
    const generator = {
      matrix: {
        generators: [
          { git: { files: [{ path: "clusters/*/cluster.*" }] } },
          { git: { directories, pathParamPrefix: "app" } },
        ],
      },
    };
    const { applications, problems } = readApplications(
      [
        set(
          generator,
          template("{{.cluster.name}}-{{.app.path.basename}}", "{{ .cluster.name }}", "{{ .app.path.path }}"),
        ),
      ],
      files,
    );
    expect(problems).toEqual([]);
    expect(applications.map(({ name, cluster, path }) => [name, cluster, path])).toEqual([
      ["a-shop", "a", "apps/shop"],
      ["b-shop", "b", "apps/shop"],
    ]);
  });

  it("takes value files from the chart's folder", () => {
    const list = { list: { elements: [{ env: "prod" }] } };
    const { applications } = readApplications(
      [
        set(list, {
          metadata: { name: "{{ .env | upper | lower }}" },
          spec: {
            source: { path: "apps/shop/chart", helm: { valueFiles: ["../values/{{ .env }}.yaml", "values.yaml"] } },
          },
        }),
      ],
      files,
    );
    expect(applications[0]?.valueFiles).toEqual(["apps/shop/values/prod.yaml", "apps/shop/chart/values.yaml"]);
  });

  it.each([
    ["a generator that asks a cluster", { clusters: {} }, "{{ .name }}", "generator clusters"],
    ["a field that is missing", { list: { elements: [{ a: 1 }] } }, "{{ .b }}", "no value for {{ .b }}"],
    ["an action that it does not know", { list: { elements: [{ a: 1 }] } }, "{{ if .a }}x{{ end }}", "{{ if .a }}"],
    [
      "a function that it does not know",
      { list: { elements: [{ a: 1 }] } },
      "{{ .a | sha256sum }}",
      "function sha256sum",
    ],
    ["a file that is no YAML", { git: { files: [{ path: "bad" }] } }, "x", "file bad"],
  ])("says of %s that it cannot be said", (_, generator, name, problem) => {
    const { problems } = readApplications([set(generator, template(name, "c", "p"))], new Map([["bad", "a: [}"]]));
    expect(problems.join()).toContain(problem);
    expect(problems.every((each) => each.startsWith("ApplicationSet all: "))).toBe(true);
  });
});

function estate(): Estate {
  const texts = {
    "estate.yaml": `apiVersion: scantling/v1alpha1
kind: Tenant
metadata: {name: retail}
spec: {owners: [{entraGroup: retail-owners}], namespaces: [shop]}
`,
  };
  return loadEstate(memorySources(texts));
}
