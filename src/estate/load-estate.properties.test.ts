import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadEstate } from "./load-estate.ts";
import type { Estate } from "./model/estate.ts";
import { memorySources } from "./sources/memory-sources.ts";
import { readYaml } from "./sources/read-yaml.ts";
import { breweryDocuments, breweryTexts, taproomManifests } from "./testing/brewery-estate.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const documents = readYaml(breweryDocuments, "brewery.yaml").documents.map(({ value }) => value as Json);
const manifests = readYaml(taproomManifests, "taproom.yaml").documents.map(({ value }) => value as Json);

/** Every place inside a value. */
function pathsOf(value: Json, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...entries.flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

const paths = [...documents, ...manifests].flatMap((document, index) =>
  pathsOf(document).map((path) => ({ index, path })),
);

const hostile: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e308,
    "",
    " ",
    "a",
    "always",
    "100%",
    "-5m",
    "../..",
    "host:",
    "a/b/c",
    "Cluster/x",
    "__proto__",
    "constructor",
    [],
    {},
    [[]],
    [null],
    { a: { b: [1] } },
    { toString: 1, __proto__x: 2 },
  ),
  fc.string({ maxLength: 20 }),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
);

type Mutation =
  | { readonly kind: "delete"; readonly at: number }
  | { readonly kind: "replace"; readonly at: number; readonly by: Json }
  | { readonly kind: "copy"; readonly at: number; readonly from: number }
  | { readonly kind: "rename"; readonly at: number; readonly name: string };

const at = fc.nat(paths.length - 1);
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant("delete" as const), at }),
  fc.record({ kind: fc.constant("replace" as const), at, by: hostile }),
  fc.record({ kind: fc.constant("copy" as const), at, from: at }),
  fc.record({ kind: fc.constant("rename" as const), at, name: fc.string({ minLength: 1, maxLength: 10 }) }),
);

/** The documents with mutations applied one after the other, where their place still exists. */
function mutate(mutations: readonly Mutation[]): readonly Json[] {
  const all = structuredClone([...documents, ...manifests]);
  for (const change of mutations) {
    const { index, path } = paths[change.at] ?? { index: 0, path: [] };
    const key = path.at(-1);
    const parent = key === undefined ? all : valueAt(all[index], path.slice(0, -1));
    const slot = key ?? index;
    if (typeof parent !== "object" || parent === null) continue;
    const container = parent as { [key: string | number]: Json };
    if (change.kind === "delete") delete container[slot];
    if (change.kind === "replace") container[slot] = structuredClone(change.by);
    if (change.kind === "copy") container[slot] = structuredClone(sourceOf(all, change.from));
    if (change.kind === "rename" && !Array.isArray(parent)) {
      Object.defineProperty(container, change.name, {
        value: container[slot],
        enumerable: true,
        configurable: true,
        writable: true,
      });
      delete container[slot];
    }
  }
  return all;
}

function sourceOf(all: readonly Json[], from: number): Json {
  const { index, path } = paths[from] ?? { index: 0, path: [] };
  return valueAt(all[index], path) ?? null;
}

function valueAt(value: Json | undefined, path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? (inner as { [key: string | number]: Json })[key] : undefined,
    value,
  );
}

function textOf(all: readonly (Json | undefined)[]): string {
  return all.map((document) => JSON.stringify(document ?? null)).join("\n---\n");
}

/** What must hold of every estate, however broken its input. */
function expectSound(estate: Estate): void {
  for (const { code, message, severity } of estate.diagnostics) {
    expect(code).toMatch(/^EST-\d{3}$/);
    expect(message).toMatch(/^[^\n]+[.?]$/);
    expect(["error", "warning", "note"]).toContain(severity);
  }
  const clusters = new Set(estate.clusters.map(({ name }) => name));
  const environments = new Set(estate.environments.map(({ name }) => name));
  const tenants = new Set(estate.tenants.map(({ name }) => name));
  expect(environments.size).toBeGreaterThan(0);
  expect(clusters.size).toBe(estate.clusters.length);
  expect(clusters.size).toBeGreaterThan(0);
  expect(tenants.size).toBe(estate.tenants.length);
  for (const placed of estate.objects) {
    expect(clusters).toContain(placed.cluster);
    expect(environments).toContain(placed.environment);
    expect(tenants).toContain(placed.tenant);
  }
  const ids = estate.workloads.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const journey of estate.journeys) {
    for (const id of [...journey.through, ...journey.entryPoint.workloads]) expect(ids).toContain(id);
  }
  for (const { nodePools } of estate.clusters) {
    for (const pool of nodePools) expect(pool.minimumNodes).toBeLessThanOrEqual(pool.maximumNodes);
  }
}

describe("loading", () => {
  test("survives any mutation of valid documents, says what is wrong, and keeps what it says consistent", () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) => {
        expectSound(loadEstate(memorySources({ "all.yaml": textOf(mutate(mutations)) })));
      }),
      { numRuns: 250 },
    );
  });

  test("survives any text among the files", () => {
    const fragment = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.constantFrom(
        "apiVersion: scantling/v1alpha1\n",
        "kind: Cluster\n",
        "metadata: {name: a}\n",
        "spec:\n",
        "  - ",
        "---\n",
        "{{ x }}\n",
        "\t",
        "&a [*a]\n",
        "kind: List\nitems: 7\n",
      ),
    );
    const text = fc.array(fragment, { maxLength: 8 }).map((fragments) => fragments.join(""));
    const path = fc.constantFrom(
      "a.yaml",
      "brewery.yaml",
      "manifests/taproom.yaml",
      "x/kustomization.yaml",
      "c/Chart.yaml",
      "c/templates/t.yaml",
      "-",
    );
    fc.assert(
      fc.property(
        fc.dictionary(path, text, { maxKeys: 3 }),
        fc.constantFrom(".", "manifests", "a.yaml", "nowhere"),
        (texts, root) => {
          expectSound(loadEstate(memorySources({ ...breweryTexts, ...texts }, [root])));
        },
      ),
      { numRuns: 200 },
    );
  });

  test("reports each thing that was taken out: no field of a document is lost without a word", () => {
    expect(fieldErrors(loadEstate(memorySources({ "all.yaml": textOf(mutate([])) })))).toBe(0);
    const wrong = paths.flatMap(({ index, path }, at) =>
      index < documents.length && path[0] === "spec" && path.length > 1 ? [at] : [],
    );
    expect(wrong.length).toBeGreaterThan(200);
    for (const at of wrong) {
      if (isOpen(paths[at]?.path ?? [])) continue;
      const broken = loadEstate(
        memorySources({ "all.yaml": textOf(mutate([{ kind: "replace", at, by: [["nobody wants this"]] }])) }),
      );
      expect(fieldErrors(broken), JSON.stringify(paths[at])).toBeGreaterThan(0);
    }
  });

  test("gives the same bytes for the same input", () => {
    fc.assert(
      fc.property(fc.array(mutation, { maxLength: 3 }), (mutations) => {
        const sources = memorySources({ "all.yaml": textOf(mutate(mutations)) });
        expect(JSON.stringify(loadEstate(sources))).toBe(JSON.stringify(loadEstate(sources)));
      }),
      { numRuns: 40 },
    );
  });
});

/** Errors of single fields. */
function fieldErrors(estate: Estate): number {
  return estate.diagnostics.filter(({ code }) => code >= "EST-203" && code <= "EST-208").length;
}

/** Parts of OpenSLO that are taken as they are. */
function isOpen(path: readonly (string | number)[]): boolean {
  return path[1] === "indicator";
}
