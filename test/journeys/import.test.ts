import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ImportSchema, importSchemaMatches } from "../../src/operations/gitops/import-schema.ts";
import { runScantling } from "./run-scantling.ts";

const work = mkdtempSync(join(tmpdir(), "scantling-import-journey-"));

afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

function write(folder: string, files: { readonly [path: string]: string }): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(work, folder, path)), { recursive: true });
    writeFileSync(join(work, folder, path), text);
  }
  return folder;
}

const scantling = (...line: readonly string[]) => runScantling(line, { in: work });
const contents = (folder: string) => readdirSync(join(work, folder), { recursive: true }).map(String);
const text = (path: string) => readFileSync(join(work, path), "utf8");

const web = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "registry.example.com/web:1.4.0"}]}
`;

function fluxKustomization(name: string, path: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec: {interval: 10m, prune: true, path: ${path}, sourceRef: {kind: GitRepository, name: flux-system}}
`;
}

describe("scantling import", () => {
  beforeAll(() => {
    write("repository", {
      "clusters/prod-weu/shop.yaml": fluxKustomization("shop", "./clusters/prod-weu/apps/shop"),
      "clusters/prod-weu/apps/shop/kustomization.yaml": "resources: [../../../../apps/shop/base]\n",
      "clusters/dev-weu/shop.yaml": fluxKustomization("shop", "./clusters/dev-weu/apps/shop"),
      "clusters/dev-weu/apps/shop/kustomization.yaml": "resources: [../../../../apps/shop/base]\n",
      "apps/shop/base/web.yaml": web,
      "apps/shop/base/kustomization.yaml": "resources: [web.yaml]\n",
    });
  });

  test("writes documents that point at what is there, and what they leave open above them", () => {
    const { code, stdout, stderr } = scantling("import", "repository", "--to", "estate");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("Read by the objects of Flux: 1 application with 2 objects.");
    expect(stdout).toContain("WHAT TO FILL IN NEXT");
    expect(text("estate/applications/shop.yaml")).toBe(`apiVersion: scantling/v1alpha1
kind: Application
metadata:
  name: shop
spec:
  environments: [dev, prod]
  namespace: shop
  manifests: "../../repository/clusters/{cluster}/apps/shop"
`);
    expect(text("estate/clusters/prod-weu.yaml")).toMatch(/^# ASM-321 environment-by-cluster-name: .*\n/m);
    expect(text("estate/estate.yaml")).toContain("- name: dev\n    - name: prod\n");
  });

  test("what was written is an estate", () => {
    const { code, stdout } = scantling("validate", "estate", "-o", "json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ diagnostics: expect.not.arrayContaining([{ severity: "error" }]) });
  });

  test("leaves a folder that is not empty alone, unless it is told otherwise or nothing would change", () => {
    expect(scantling("import", "repository", "--to", "estate").code).toBe(0);
    write("taken", { "own.txt": "mine\n" });
    const refused = scantling("import", "repository", "--to", "taken");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("EST-979");
    expect(contents("taken")).toEqual(["own.txt"]);
    expect(scantling("import", "repository", "--to", "taken", "--force").code).toBe(0);
    expect(text("taken/own.txt")).toBe("mine\n");
    expect(contents("taken")).toContain("estate.yaml");
  });

  test("a dry run writes nothing, and its report has the published form", () => {
    const { code, stdout } = scantling("import", "repository", "--to", "dry", "--dry-run", "-o", "json");
    expect(code).toBe(0);
    const report: unknown = JSON.parse(stdout);
    expect(ImportSchema.parse(report)).toMatchObject({ written: false, form: "repository", agent: "flux" });
    expect(importSchemaMatches).toBe(true);
    expect(() => contents("dry")).toThrow();
  });

  test("nothing to import is refused, and a path that is delivered and missing is a finding at its place", () => {
    write("nothing", { "values.yaml": "replicas: 2\n" });
    expect(scantling("import", "nothing", "--to", "none").code).toBe(2);
    write("broken", {
      "clusters/a/one.yaml": fluxKustomization("one", "./one"),
      "clusters/a/two.yaml": fluxKustomization("two", "./two"),
      "one/web.yaml": web,
    });
    const { code, stderr } = scantling("import", "broken", "--to", "broken-estate");
    expect(code).toBe(1);
    expect(stderr).toMatch(/broken\/clusters\/a\/two\.yaml:4.*\n?.*EST-970/s);
    expect(contents("broken-estate")).toContain("estate.yaml");
  });
});

describe("scantling import of clusters", () => {
  const node = (name: string, pool: string, zone: string) => ({
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      uid: name,
      labels: {
        "kubernetes.azure.com/agentpool": pool,
        "kubernetes.azure.com/mode": pool === "system" ? "system" : "user",
        "node.kubernetes.io/instance-type": "Standard_D4s_v5",
        "topology.kubernetes.io/region": "westeurope",
        "topology.kubernetes.io/zone": `westeurope-${zone}`,
      },
    },
    spec: {},
    status: { capacity: { pods: "110" }, nodeInfo: { kubeletVersion: "v1.34.2" } },
  });
  const metadata = (name: string) => ({ name, namespace: "shop", uid: `${name}-uid`, resourceVersion: "7" });
  const items = [
    node("a", "system", "1"),
    node("b", "apps", "1"),
    node("c", "apps", "2"),
    { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", uid: "n", labels: { team: "Retail" } } },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: metadata("owners"),
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "edit" },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "retail-team" }],
    },
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: metadata("web"),
      spec: {
        selector: { matchLabels: { app: "web" } },
        template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web", image: "web:1" }] } },
      },
      status: { replicas: 1 },
    },
    {
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata: { ...metadata("web-1"), ownerReferences: [{ kind: "Deployment", name: "web" }] },
    },
    { apiVersion: "v1", kind: "Secret", metadata: metadata("keys"), type: "Opaque", data: { token: "c2VjcmV0" } },
    { apiVersion: "v1", kind: "Pod", metadata: { name: "dns", namespace: "kube-system", uid: "d" }, spec: {} },
  ];

  test("reads pools, versions, tenants and what was declared, and keeps no value of a Secret", () => {
    write("dumps", {
      "prod-weu.json": JSON.stringify({ apiVersion: "v1", kind: "List", items }),
      "dev-weu.json": JSON.stringify({ apiVersion: "v1", kind: "List", items: items.slice(3) }),
    });
    const { code, stdout } = scantling("import", "dumps", "--to", "dumped", "-o", "json");
    expect(code).toBe(0);
    const report = ImportSchema.parse(JSON.parse(stdout));
    expect(report.form).toBe("dump");
    expect(report.tenants).toEqual([{ tenant: "retail", owners: ["retail-team"], namespaces: ["shop"] }]);
    expect(report.clusters.map(({ cluster, nodePools }) => [cluster, nodePools])).toEqual([
      ["dev-weu", 0],
      ["prod-weu", 2],
    ]);
    expect(text("dumped/clusters/prod-weu.yaml")).toContain(
      '    - name: apps\n      mode: User\n      vmSize: Standard_D4s_v5\n      zones: ["1", "2"]\n',
    );
    expect(text("dumped/clusters/prod-weu.yaml")).toContain('kubernetesVersion: "1.34.2"');
    const manifests = text("dumped/manifests/prod-weu/shop.yaml");
    expect(manifests.match(/^kind: (.*)$/gm)).toEqual([
      "kind: Namespace",
      "kind: RoleBinding",
      "kind: Deployment",
      "kind: Secret",
    ]);
    expect(manifests).not.toMatch(/uid|resourceVersion|status|c2VjcmV0/);
    expect(text("dumped/applications/shop.yaml")).toContain('manifests: "../manifests/{cluster}/shop.yaml"');
  });
});
