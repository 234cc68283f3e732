import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runScantling } from "./run-scantling.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "scantling-bad-input-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "example.azurecr.io/web:1", resources: {requests: {cpu: 100m, memory: 64Mi}}}]
`;

/** Writes files below a fresh folder and returns its path. */
function givenFiles(name: string, files: { readonly [path: string]: string }): string {
  const root = join(folder, name);
  mkdirSync(root, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function document(kind: string, name: string, spec: string): string {
  return `---\napiVersion: scantling/v1alpha1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec: ${spec}\n`;
}

function aliasBomb(): string {
  const levels = "abcdefghijkl".split("");
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bomb}\ndata:\n  a: &a ["x","x","x","x","x","x","x","x","x"]\n${levels
    .slice(1)
    .map((level, index) => `  ${level}: &${level} [${Array(9).fill(`*${levels[index]}`).join(",")}]\n`)
    .join("")}`;
}

/** A valid workload stands beside each broken text: the rest must still count. */
const brokenBesideGood: readonly (readonly [name: string, text: string, place: RegExp])[] = [
  ["malformed YAML", "a: [1, 2\nb: 3\n", /bad\.yaml:\d+:\d+: error EST-\d+/],
  ["tab indentation", "apiVersion: v1\nkind: Service\nmetadata:\n\tname: web\n", /bad\.yaml:4:\d+: error EST-\d+/],
  ["unknown Scantling kind", document("Clutser", "x", "{}"), /bad\.yaml:3:\d+: error EST-\d+[\s\S]*hint:.*Cluster/],
  [
    "unknown field",
    document("Cluster", "x", "{regoin: westeurope}"),
    /bad\.yaml:5:\d+: error EST-\d+[\s\S]*hint:.*region/,
  ],
  ["wrong type", document("Cluster", "x", "{region: westeurope, nodePools: seven}"), /bad\.yaml:5:\d+: error EST-\d+/],
  [
    "duplicate names",
    document("Tenant", "x", "{trust: team}") + document("Tenant", "x", "{trust: team}"),
    /bad\.yaml:\d+:\d+: error EST-\d+.*x/,
  ],
  [
    "dangling reference",
    document("Application", "x", "{tenant: nobody, namespace: shop}"),
    /bad\.yaml:\d+:\d+: error EST-\d+.*nobody/,
  ],
  ["alias bomb", aliasBomb(), /bad\.yaml.*error EST-\d+/],
  ["10,000 levels of nesting", `a: ${"[".repeat(10_000)}${"]".repeat(10_000)}\n`, /bad\.yaml.*error EST-\d+/],
  ["binary file", "\u0000\u0001\u0002binary\u0000", /bad\.yaml.*error EST-\d+/],
  [
    "a replica count in words",
    deployment.replace("replicas: 2", "replicas: two").replaceAll("web", "other"),
    /bad\.yaml:5:\d+: error EST-\d+/,
  ],
];

describe("broken beside good", () => {
  test.each(brokenBesideGood)("%s", (name, text, place) => {
    const root = givenFiles(name.replaceAll(/\W+/g, "-"), { "good.yaml": deployment, "bad.yaml": text });
    const run = runScantling(["assess", root, "-o", "json", "--today", "2026-11-22"]);
    expect(run.stderr).toMatch(place);
    expect(run.stderr).toMatch(/hint: /);
    expect(run.code).toBe(1);
    const assessment = JSON.parse(run.stdout) as {
      estate: { workloads: { label: string }[] };
      diagnostics: { code: string }[];
    };
    expect(assessment.estate.workloads.map(({ label }) => label)).toContain("web");
    expect(assessment.diagnostics.length).toBeGreaterThan(0);
  });
});

describe("nothing can be said", () => {
  test("a missing file", () => {
    const root = givenFiles("missing", { "manifests.yaml": deployment });
    const run = runScantling(["assess", join(root, "manifest.yaml")]);
    expect(run.code).toBe(2);
    expect(run.stdout).toBe("");
    expect(run.stderr).toMatch(/error EST-\d+[\s\S]*hint:.*manifests\.yaml/);
  });

  test("an empty folder", () => {
    const run = runScantling(["assess", givenFiles("empty", {})]);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/error EST-\d+[\s\S]*hint:/);
  });

  test("only a broken file", () => {
    const run = runScantling(["assess", givenFiles("only-broken", { "bad.yaml": "a: [1\n" })]);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/bad\.yaml:\d+:\d+: error EST-\d+/);
  });

  test("a file over 256 MiB", () => {
    const root = givenFiles("large", { "large.yaml": "" });
    truncateSync(join(root, "large.yaml"), 257 * 1024 * 1024);
    const run = runScantling(["assess", join(root, "large.yaml")]);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/large\.yaml.*error EST-\d+.*256 MiB/);
  });

  test("empty standard input", () => {
    const run = runScantling(["assess", "-"], { input: "" });
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/error EST-\d+/);
  });

  test("no path and no estate.yaml above", () => {
    const run = runScantling(["assess"], { in: givenFiles("nowhere", {}) });
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/hint:/);
  });
});

describe("sources that refer to one another", () => {
  test("links that form a cycle", () => {
    const root = givenFiles("links", {
      "good.yaml": deployment,
      "below/keep.yaml": deployment.replaceAll("web", "other"),
    });
    symlinkSync(root, join(root, "below", "again"));
    const run = runScantling(["assess", root, "-o", "json", "--today", "2026-11-22"]);
    expect(JSON.parse(run.stdout).estate.workloads).toHaveLength(2);
    expect(run.code).not.toBe(2);
  });

  test("a Kustomize patch that matches nothing", () => {
    const root = givenFiles("patch", {
      "kustomization.yaml": "resources: [web.yaml]\npatches:\n  - path: patch.yaml\n",
      "web.yaml": deployment,
      "patch.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: wbe, namespace: shop}\nspec: {replicas: 3}\n",
    });
    const run = runScantling(["assess", root, "-o", "json", "--today", "2026-11-22"]);
    expect(run.stderr).toMatch(/(?:patch|kustomization)\.yaml:\d+:\d+: error EST-1\d\d/);
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout).estate.workloads).toHaveLength(1);
  });

  test("a Kustomize folder that refers to itself", () => {
    const root = givenFiles("cycle", {
      "a/kustomization.yaml": "resources: [../b]\n",
      "b/kustomization.yaml": "resources: [../a]\n",
      "good.yaml": deployment,
    });
    const run = runScantling(["assess", root, "-o", "json", "--today", "2026-11-22"]);
    expect(run.stderr).toMatch(/error EST-1\d\d.*cycl/i);
    expect(run.code).toBe(1);
  });

  test("a chart without helm on PATH", () => {
    const root = givenFiles("chart", {
      "good.yaml": deployment,
      "chart/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
      "chart/templates/web.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: {{ .Release.Name }}}\n",
    });
    const run = runScantling(["assess", root, "-o", "json", "--today", "2026-11-22"], {
      environment: { PATH: dirname(process.execPath) },
    });
    expect(run.stderr).toMatch(/error EST-4\d\d.*helm[\s\S]*hint:.*helm template/);
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout).estate.workloads).toHaveLength(1);
  });
});
