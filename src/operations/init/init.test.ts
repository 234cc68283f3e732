import { describe, expect, test } from "vitest";
import { loadEstate } from "../../estate/load-estate.ts";
import { memorySources } from "../../estate/sources/memory-sources.ts";
import { breweryTexts, taproomManifests } from "../../estate/testing/brewery-estate.ts";
import { givenTexts, webService } from "../../estate/testing/given-texts.ts";
import { type InitOptions, initializeEstate } from "./init.ts";

type Texts = { readonly [path: string]: string };

/** The repository with what init adds to it, as a reader of folders sees it: without hidden files. */
function afterInit(texts: Texts, options: InitOptions): Texts {
  const written = [...initializeEstate(givenTexts(texts), options)].filter(([path]) => !path.startsWith("."));
  return { ...texts, ...Object.fromEntries(written) };
}

const repositories: readonly (readonly [string, Texts, InitOptions])[] = [
  ["one application in one folder", { "manifests/all.yaml": taproomManifests }, { manifests: "./manifests" }],
  ["one file", { "all.yaml": taproomManifests }, { manifests: "all.yaml" }],
  [
    "several namespaces",
    {
      "k8s/a.yaml":
        webService("a", { namespace: "one", type: "LoadBalancer" }) +
        webService("b", { namespace: "two" }) +
        webService("dns", { namespace: "kube-system" }),
    },
    { manifests: "k8s" },
  ],
  [
    "a Kustomize folder",
    {
      "base/kustomization.yaml": "resources: [a.yaml]\nnamespace: shop\n",
      "base/a.yaml": webService("a", { type: "LoadBalancer" }),
    },
    { manifests: "base" },
  ],
  [
    "names that YAML takes for something else",
    { "m/a.yaml": webService("on", { namespace: "1e3", type: "LoadBalancer" }) },
    { manifests: "m" },
  ],
];

describe("init", () => {
  test.each(repositories)(
    "for %s gives documents that load without errors and with fewer assumptions",
    (_what, texts, options) => {
      const before = givenTexts(texts);
      const after = givenTexts(afterInit(texts, options));
      expect(after.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(after.assumptions.length).toBeLessThan(before.assumptions.length);
      expect(after.workloads.map(({ id }) => id)).toEqual(before.workloads.map(({ id }) => id));
      expect(after.journeys.map(({ id }) => id)).toEqual(before.journeys.map(({ id }) => id));
      expect(
        after.clusters.map(({ name, region, tier, kubernetesVersion }) => [name, region, tier, kubernetesVersion]),
      ).toEqual(
        before.clusters.map(({ name, region, tier, kubernetesVersion }) => [name, region, tier, kubernetesVersion]),
      );
      expect(after.applications.length).toBeGreaterThan(0);
      for (const application of after.applications) expect(application.broken).toEqual([]);
    },
  );

  test("keeps the pools as they were assumed", () => {
    const pools = (texts: Texts) =>
      givenTexts(texts).clusters[0]?.nodePools.map(
        ({ place: _place, vmSizePlace: _size, declared: _part, ...pool }) => pool,
      );
    const texts = { "m/a.yaml": webService("a") };
    const counted = pools(afterInit(texts, { manifests: "m" }));
    expect(counted?.map(({ countDeclared }) => countDeclared)).toEqual([true, false]);
    const assumedPools = pools(texts)?.map((pool) =>
      pool.name === "system" ? { ...pool, autoscaling: false, countDeclared: true } : pool,
    );
    expect(counted).toEqual(assumedPools);
  });

  test("says why each value is there, by id", () => {
    const files = initializeEstate(givenTexts({ "m/a.yaml": webService("a", { type: "LoadBalancer" }) }), {
      manifests: "m",
    });
    const text = [...files]
      .filter(([path]) => !path.startsWith("."))
      .map(([, content]) => content)
      .join("");
    for (const id of ["ASM-002", "ASM-003", "ASM-004", "ASM-006", "ASM-007", "ASM-008", "ASM-009"])
      expect(text).toContain(`# ${id} `);
  });

  test("names the schema in the first line of every file, and writes it", () => {
    const files = initializeEstate(givenTexts({ "m/a.yaml": webService("a") }), { manifests: "m" });
    const schema = ".scantling/estate.v1alpha1.json";
    expect([...files.keys()]).toEqual(["estate.yaml", "clusters.yaml", "tenants.yaml", "applications.yaml", schema]);
    for (const [path, text] of files) {
      if (path !== schema) expect(text.split("\n")[0]).toBe(`# yaml-language-server: $schema=${schema}`);
    }
    expect(JSON.parse(files.get(schema) ?? "")).toMatchObject({ $schema: "http://json-schema.org/draft-07/schema#" });
  });

  test("gives the same bytes twice", () => {
    const texts = { "m/a.yaml": taproomManifests };
    const print = () => JSON.stringify([...initializeEstate(loadEstate(memorySources(texts)), { manifests: "m" })]);
    expect(print()).toBe(print());
  });

  test("writes only what the repository lacks", () => {
    expect(initializeEstate(givenTexts(breweryTexts), { manifests: "manifests" }).size).toBe(0);
    const withoutClusters = {
      ...breweryTexts,
      "brewery.yaml": (breweryTexts["brewery.yaml"] ?? "").replaceAll("kind: Cluster\n", "kind: Clusterr\n"),
    };
    expect([...initializeEstate(givenTexts(withoutClusters), { manifests: "manifests" }).keys()]).toContain(
      "clusters.yaml",
    );
  });

  test.each([
    ["./manifests", ".", "./manifests"],
    ["../repo/manifests", "../repo", "./manifests"],
    ["repo/k8s/all.yaml", "repo/docs", "../k8s/all.yaml"],
    ["/abs/m", "/abs", "./m"],
    [".", ".", '"."'],
  ])("names %s from %s as %s", (manifests, folder, written) => {
    const files = initializeEstate(givenTexts({ "a.yaml": webService("a") }), { manifests, folder });
    expect(files.get("applications.yaml")).toContain(`manifests: ${written}\n`);
  });

  test.each([
    ["/home/me/repo/k8s", ".", "/home/me/repo", "./k8s"],
    ["k8s", "/home/me/repo/docs", "/home/me/repo", "../k8s"],
    ["/home/me/repo", "/home/me/repo", "/home/me/repo", '"."'],
  ])("names %s from %s, started in %s, as %s", (manifests, folder, startedIn, written) => {
    const files = initializeEstate(givenTexts({ "a.yaml": webService("a") }), { manifests, folder, startedIn });
    expect(files.get("applications.yaml")).toContain(`manifests: ${written}\n`);
  });

  test("names no path for standard input", () => {
    const files = initializeEstate(givenTexts({ "-": webService("a") }), { manifests: "-" });
    expect(files.get("applications.yaml")).not.toContain("manifests:");
    expect(files.get("applications.yaml")).toContain("namespace: default");
  });
});
