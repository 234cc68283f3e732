import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { rules } from "../../audit/rules/rules.ts";
import { ruleIdOf } from "../../audit/settings/effective-rules.ts";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { loadEstate } from "../../estate/load-estate.ts";
import { memorySources } from "../../estate/sources/memory-sources.ts";
import { splitDocuments } from "../../estate/sources/split-documents.ts";
import type { ReadEstate } from "../read-estate.ts";
import type { AuditRunOptions } from "./audit.ts";
import { type AuditFix, fixAudit } from "./audit-fix.ts";

const today = "2026-11-22";
const folder = join(import.meta.dirname, "../../audit/rules");

type Texts = { readonly [path: string]: string };

function read(texts: Texts): ReadEstate {
  const sources = memorySources(texts);
  return { estate: loadEstate(sources), sources };
}

function fix(texts: Texts, options: Partial<AuditRunOptions> = {}): AuditFix {
  return fixAudit(read(texts), defaultCatalog, { today, ...options });
}

/** The texts after. */
function fixed(texts: Texts, options: Partial<AuditRunOptions> = {}): Texts {
  return { ...texts, ...Object.fromEntries(fix(texts, options).texts) };
}

function fixtureTexts(rule: string, fixture: string): Texts {
  const path = join(folder, rule, "testdata", fixture);
  if (fixture.endsWith(".yaml")) return { [fixture]: readFileSync(path, "utf8") };
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((file) => [
      relative(path, join(file.parentPath, file.name)),
      readFileSync(join(file.parentPath, file.name), "utf8"),
    ]),
  );
}

const failing = rules.flatMap(({ id }) =>
  readdirSync(join(folder, id, "testdata"))
    .filter((fixture) => fixture.startsWith("fail."))
    .map((fixture) => ({ id, fixture })),
);

/** Fixes that no text can take: the name is taken by an object that is not to be changed. */
const refusals: { readonly [fixture: string]: readonly string[] } = {
  "AVL-002 fail.budget-selects-another.yaml": ["an object of that name is there already"],
};

describe("fixes of each rule on its own manifests", () => {
  let written = 0;

  test.each(failing)("$id $fixture", ({ id, fixture }) => {
    const texts = fixtureTexts(id, fixture);
    const options = { rules: [id] };
    const result = fix(texts, options);
    expect(result.refused.map(({ reason }) => reason)).toEqual(refusals[`${id} ${fixture}`] ?? []);
    if (result.fixed.length === 0) return;
    written += 1;
    const after = { ...texts, ...Object.fromEntries(result.texts) };
    const again = fix(after, options);
    expect(again.fixed).toEqual([]);
    expect(again.texts.size).toBe(0);
    for (const [path, text] of Object.entries(texts)) expect(commentsOf(after[path] ?? "")).toEqual(commentsOf(text));
  });

  test("are written for many", () => {
    expect(written).toBeGreaterThan(40);
  });
});

function commentsOf(text: string): readonly string[] {
  return text.match(/(?<=^|\s)#.*$/gm) ?? [];
}

const web = `# the shop
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 1 # for now
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: app, image: "registry.example/web:1.0.0"}
`;
const other = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name:   odd,  namespace: shop}\ndata:   {a:    b}\n";

test("only what is fixed changes: other documents stay byte for byte, comments too", () => {
  const text = `${other}---\n${web}---\n${other.replace("odd", "odd-2")}`;
  const result = fixed({ "shop.yaml": text }, { rules: ["AVL-001"] })["shop.yaml"] ?? "";
  expect(result).toBe(text.replace("replicas: 1 #", "replicas: 2 #"));
  expect(splitDocuments(result).length).toBe(3);
});

test("CR LF and JSON stay what they are", () => {
  const wide = web.replaceAll("\n", "\r\n");
  const result = fixed({ "shop.yaml": wide })["shop.yaml"] ?? "";
  expect(result).not.toBe(wide);
  expect(result.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  const json = `${JSON.stringify({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web", namespace: "shop" }, spec: { replicas: 1, selector: { matchLabels: { app: "web" } }, template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "app", image: "registry.example/web:1.0.0" }] } } } }, undefined, 4)}\n`;
  const after = fixed({ "shop.json": json }, { rules: ["AVL-001", "AVL-006"] })["shop.json"] ?? "";
  expect(JSON.stringify(JSON.parse(after), undefined, 4)).toBe(after.trimEnd());
  expect(after).toContain('"replicas": 2');
});

describe("Kustomize", () => {
  const estate = `apiVersion: scantling/v1alpha1
kind: Estate
metadata: {name: shop}
spec:
  complete: true
  environments:
    - {name: dev, criticality: low}
    - {name: prod, criticality: high}
---
apiVersion: scantling/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  environments: [dev, prod]
  manifests: {dev: overlays/dev, prod: overlays/prod}
`;
  const overlay = "resources: [../../base]\n";
  const texts: Texts = {
    "estate.yaml": estate,
    "base/kustomization.yaml": "# what all have\nresources:\n  - web.yaml\n",
    "base/web.yaml": web,
    "overlays/dev/kustomization.yaml": overlay,
    "overlays/prod/kustomization.yaml": overlay,
  };

  test("what all overlays ask for goes into the base", () => {
    expect([...fix(texts, { rules: ["AVL-016"] }).texts.keys()]).toEqual(["base/web.yaml"]);
  });

  test("replicas change only where the finding counts, as a patch of that overlay", () => {
    const result = fix(texts, { rules: ["AVL-001"] });
    expect([...result.texts.keys()]).toEqual([
      "overlays/prod/kustomization.yaml",
      "overlays/prod/web-deployment-patch.yaml",
    ]);
    expect(result.texts.get("overlays/prod/kustomization.yaml")).toBe(
      `${overlay}patches:\n  - {path: web-deployment-patch.yaml}\n`,
    );
    const replicas = result.after.estate.workloads.map(({ environment, replicas: { minimum } }) => [
      environment,
      minimum,
    ]);
    expect(Object.fromEntries(replicas)).toEqual({ dev: 1, prod: 2 });
  });

  test("a field that the overlay sets is set there", () => {
    const counted = {
      ...texts,
      "overlays/prod/kustomization.yaml": `${overlay}replicas:\n  - {name: web, count: 1} # small\n`,
    };
    expect(Object.fromEntries(fix(counted, { rules: ["AVL-001"] }).texts)).toEqual({
      "overlays/prod/kustomization.yaml": `${overlay}replicas:\n  - {name: web, count: 2} # small\n`,
    });
  });

  test("new objects are files of their own, listed where the subject's is; two overlays of two get them from the base", () => {
    const several = { ...texts, "base/web.yaml": web.replace("replicas: 1 # for now", "replicas: 3") };
    const result = fix(several, { rules: ["AVL-002"] });
    expect([...result.texts.keys()]).toEqual(["base/kustomization.yaml", "base/web-pod-disruption-budget.yaml"]);
    expect(result.texts.get("base/kustomization.yaml")).toBe(
      "# what all have\nresources:\n  - web.yaml\n  - web-pod-disruption-budget.yaml\n",
    );
  });
});

test("without a kustomization a new object follows its subject", () => {
  const estate = "apiVersion: scantling/v1alpha1\nkind: Estate\nmetadata: {name: shop}\nspec: {complete: true}\n";
  const text = web.replace("replicas: 1 # for now", "replicas: 3").trimEnd();
  const result = fixed({ "estate.yaml": estate, "web.yaml": text }, { rules: ["AVL-002"] })["web.yaml"] ?? "";
  expect(result.startsWith(`${text}\n---\napiVersion: policy/v1\nkind: PodDisruptionBudget\n`)).toBe(true);
  expect(fix({ "estate.yaml": estate, "web.yaml": result }, { rules: ["AVL-002"] }).fixed).toEqual([]);
});

test("a text that other places share through an anchor is left alone, and said so", () => {
  const text = web
    .replace("containers:\n        - {name: app", "containers: &all\n        - {name: app")
    .concat("      initContainers: *all\n");
  const result = fix({ "web.yaml": text }, { rules: ["AVL-013"] });
  expect(result.texts.size).toBe(0);
  for (const { reason } of result.refused) expect(reason).toContain("anchor &all");
});

test("what is exempted is not fixed", () => {
  const text = web.replace(
    "metadata: {name: web, namespace: shop}",
    'metadata: {name: web, namespace: shop, annotations: {ignore-check.kube-linter.io/minimum-three-replicas: "known"}}',
  );
  expect(fix({ "web.yaml": text }, { rules: ["AVL-001"] }).texts.size).toBe(0);
});

test("fixes of rules are named by the rule", () => {
  const rulesFixed = new Set(fix({ "web.yaml": web }).fixed.map(({ rule }) => ruleIdOf(rule)));
  expect([...rulesFixed]).toEqual(expect.arrayContaining(["AVL-001", "AVL-006", "AVL-007"]));
});
