import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluatedObjects, kustomizeCases, objectsOf } from "../../../test/tools/kustomize-cases.ts";
import { refusedKustomizations } from "../../../test/tools/kustomize-refused.ts";
import { buildKustomization } from "./build-kustomization.ts";

const cases = kustomizeCases();

function build(texts: { readonly [path: string]: string }, directory = ".") {
  return buildKustomization(directory, new Map(Object.entries(texts)));
}

const web = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n";

describe("what kubectl kustomize printed for the fixtures", () => {
  test.each(cases)("$name", ({ leaf, texts, expectedFile }) => {
    const expected = objectsOf(readFileSync(expectedFile, "utf8"));
    expect(expected.size).toBeGreaterThan(0);
    const evaluated = evaluatedObjects(leaf, texts);
    expect(evaluated).toEqual(expected);
    expect([...evaluated.keys()]).toEqual([...expected.keys()]);
  });

  test("gives no errors for them", () => {
    for (const { leaf, texts } of cases) {
      const { diagnostics } = buildKustomization(leaf, texts);
      expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    }
  });
});

describe("what kubectl kustomize refuses", () => {
  test.each(refusedKustomizations)("$name: $code", ({ directory, texts, code }) => {
    const errors = build(texts, directory).diagnostics.filter(({ severity }) => severity === "error");
    expect(errors.map((error) => error.code)).toContain(code);
    for (const { message, place } of errors) {
      expect(message).toMatch(/^["A-Z0-9].*[.]$/);
      // A folder without a kustomization has no text that could be pointed at.
      if (code !== "EST-101") expect(place?.line).toBeGreaterThan(0);
    }
  });

  test("still evaluates the rest", () => {
    const { objects, diagnostics } = build({
      "kustomization.yaml":
        "resources: [web.yaml, absent.yaml]\nnamespace: shop\nreplicas: [{name: other, count: 2}]\nimages: [{name: 5}]\nnamePrefix: p-",
      "web.yaml": web,
    });
    expect(diagnostics.map(({ code }) => code).sort()).toEqual(["EST-100", "EST-104", "EST-117", "EST-126"]);
    expect(objects.map(({ value }) => value.metadata)).toEqual([{ name: "p-web", namespace: "shop" }]);
  });
});

describe("what is not evaluated is said", () => {
  test.each([
    ["helmCharts: [{name: redis}]", "EST-120", "error"],
    ["transformers: ['{apiVersion: example.com/v1, kind: Sed, metadata: {name: s}}']", "EST-120", "error"],
    ["transformers: ['{apiVersion: builtin, kind: HashTransformer, metadata: {name: h}}']", "EST-120", "error"],
    ["generators: ['{apiVersion: example.com/v1, kind: Make, metadata: {name: m}}']", "EST-120", "error"],
    ["crds: [c.yaml]", "EST-120", "error"],
    ["openapi: {path: o.json}", "EST-120", "error"],
    ["validators: [v.yaml]", "EST-121", "warning"],
    ["buildMetadata: [managedByLabel]", "EST-121", "warning"],
    ["resources: [https://example.com/a.yaml]", "EST-108", "error"],
    ["components: ['github.com/example/repo//base?ref=v1']", "EST-108", "error"],
  ])("%s", (line, code, severity) => {
    const { objects, diagnostics } = build({
      "kustomization.yaml": `${line}\nconfigMapGenerator: [{name: c, literals: [a=b]}]\n`,
    });
    expect(diagnostics).toMatchObject([{ code, severity, place: { source: "kustomization.yaml", line: 1 } }]);
    expect(objects).toHaveLength(1);
  });

  test("a binary file of a generator is said to differ", () => {
    const { diagnostics } = build({
      "kustomization.yaml": "configMapGenerator: [{name: c, files: [logo.png]}]",
      "logo.png": "\uFFFDPNG\u0000",
    });
    expect(diagnostics).toMatchObject([{ code: "EST-121", severity: "warning" }]);
  });

  test("the built-in schema by its version is no such thing", () => {
    expect(
      build({ "kustomization.yaml": "openapi: {version: v1.21.2}\nresources: [web.yaml]", "web.yaml": web }),
    ).toMatchObject({
      diagnostics: [],
    });
  });

  test("a patch with a target that matches nothing warns where the patch stands", () => {
    const { diagnostics } = build({
      "kustomization.yaml":
        "resources: [web.yaml]\npatches:\n- target: {kind: Deployment, name: we}\n  patch: |-\n    - {op: remove, path: /spec}\n",
      "web.yaml": web,
    });
    expect(diagnostics).toMatchObject([
      { code: "EST-115", severity: "warning", place: { source: "kustomization.yaml", line: 3 } },
    ]);
  });
});

describe("limits", () => {
  test("bases that use each other many times are evaluated once each", () => {
    const texts: { [path: string]: string } = {
      "k30/kustomization.yaml": "resources: [web.yaml]",
      "k30/web.yaml": web,
    };
    for (let level = 0; level < 30; level += 1) {
      texts[`k${level}/kustomization.yaml`] = `resources: [../k${level + 1}, ../k${level + 1}]`;
    }
    expect(build(texts, "k0").objects).toHaveLength(1);
  });

  test("components that use each other many times come to an end", () => {
    const texts: { [path: string]: string } = {
      "kustomization.yaml": "components: [c0, c0]\nresources: [web.yaml]",
      "web.yaml": web,
    };
    for (let level = 0; level < 30; level += 1) {
      const next = `../c${level + 1}`;
      texts[`c${level}/kustomization.yaml`] =
        `kind: Component\n${level === 29 ? "labels: [{pairs: {a: b}}]" : `components: [${next}, ${next}]`}`;
    }
    const { diagnostics, objects } = build(texts);
    expect(objects).toHaveLength(1);
    expect(diagnostics.map(({ code }) => code)).toEqual(["EST-102"]);
  });

  test("an empty folder and an empty set of texts give one diagnostic", () => {
    expect(build({}).diagnostics).toMatchObject([{ code: "EST-100" }]);
    expect(build({ "kustomization.yaml": "" }).diagnostics).toMatchObject([{ code: "EST-102" }]);
    expect(build({ "kustomization.yaml": "a: [b" }).diagnostics).toHaveLength(1);
  });

  test("a key named __proto__ is data like any other", () => {
    const { objects } = build({
      "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml}]",
      "a.yaml": 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {"__proto__": "x"}\n',
      "p.yaml": 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {"__proto__": "y"}\n',
    });
    expect(Object.entries(objects[0]?.value.data ?? {})).toEqual([["__proto__", "y"]]);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});

describe("laws", () => {
  const fixture = fc.constantFrom(...cases);

  test("evaluating twice gives the same, and leaves the texts alone", () => {
    fc.assert(
      fc.property(fixture, ({ leaf, texts }) => {
        const first = buildKustomization(leaf, texts);
        const second = buildKustomization(leaf, texts);
        expect(JSON.stringify(second.objects)).toBe(JSON.stringify(first.objects));
        expect(second.diagnostics).toEqual(first.diagnostics);
      }),
      { numRuns: 40 },
    );
  });

  test("an overlay that changes nothing changes nothing", () => {
    fc.assert(
      fc.property(fixture, ({ leaf, texts, name }) => {
        // Sorting is asked for by the outermost kustomization only.
        fc.pre(!name.startsWith("order-"));
        const moved = new Map([...texts].map(([path, text]) => [`inner/${path}`, text]));
        const wrapped = new Map([...moved, ["outer/kustomization.yaml", `resources: [../inner/${leaf}]`]]);
        expect(evaluatedObjects("outer", wrapped)).toEqual(evaluatedObjects(leaf, texts));
      }),
      { numRuns: 40 },
    );
  });

  test("mutated texts give diagnostics, never a throw", () => {
    const mutation = fc.record({
      fixture,
      file: fc.nat(),
      at: fc.nat(),
      length: fc.nat({ max: 12 }),
      text: fc.constantFrom(
        "",
        "[",
        "{",
        "null",
        "- ",
        ": ",
        "\t",
        "'",
        "&a ",
        "*a",
        "$patch: delete",
        "5",
        "\n---\n",
        "[name=(",
      ),
    });
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const [{ fixture: mutated }] = mutations as [(typeof mutations)[number]];
        const texts = new Map(mutated.texts);
        for (const { file, at, length, text } of mutations) {
          const path = [...texts.keys()][file % texts.size] ?? "";
          const original = texts.get(path) ?? "";
          const start = at % (original.length + 1);
          texts.set(path, original.slice(0, start) + text + original.slice(start + length));
        }
        const { objects, diagnostics } = buildKustomization(mutated.leaf, texts);
        for (const object of objects) expect(object.locate(["spec", "replicas"]).source).not.toBe("");
        for (const { code, message } of diagnostics) expect(`${code} ${message}`).toMatch(/^EST-\d{3} \S/);
      }),
      { numRuns: 400 },
    );
  });
});
