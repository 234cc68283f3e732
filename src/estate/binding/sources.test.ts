import { describe, expect, test } from "vitest";
import { chartRequests } from "../load-estate.ts";
import { memorySources } from "../sources/memory-sources.ts";
import { assumed, complaints, document, givenTexts, webService } from "../testing/given-texts.ts";

const overlay = {
  "base/kustomization.yaml": "resources: [web.yaml]\n",
  "base/web.yaml": webService("web"),
  "overlays/dev/kustomization.yaml": "resources: [../../base]\nnamePrefix: dev-\n",
};

function names(texts: { readonly [path: string]: string }, roots?: readonly string[]): readonly string[] {
  return givenTexts(texts, roots).objects.map(({ object }) => `${object.kind}/${object.name}`);
}

describe("what is read", () => {
  test("of a Kustomize tree are the leaves, and nothing below them by itself", () => {
    expect(names(overlay)).toEqual(["Service/dev-web", "Deployment/dev-web"].toSorted().toReversed());
  });

  test("is a Kustomize folder that is named itself, also by its file", () => {
    expect(names(overlay, ["overlays/dev"])).toHaveLength(2);
    expect(names(overlay, ["overlays/dev/kustomization.yaml"])).toHaveLength(2);
  });

  test("lies under a root: what a kustomization needs from outside is no manifest of its own", () => {
    expect(names({ ...overlay, "other/x.yaml": webService("other") }, ["overlays/dev"])).toHaveLength(2);
  });

  test("may be several roots, one file, or standard input", () => {
    const texts = { "a/x.yaml": webService("a"), "b/y.yaml": webService("b"), "c/z.yaml": webService("c") };
    expect(names(texts, ["a", "b/y.yaml"])).toEqual(["Deployment/a", "Service/a", "Deployment/b", "Service/b"]);
    expect(names({ "-": webService("piped") }, ["-"])).toEqual(["Deployment/piped", "Service/piped"]);
  });

  test("says the same from a file and from standard input, but for the place", () => {
    const strip = (text: string) => text.replaceAll('"source":"-"', '"source":"x.yaml"');
    const text = webService("web", { type: "LoadBalancer" });
    expect(strip(JSON.stringify(givenTexts({ "-": text }, ["-"])))).toBe(
      JSON.stringify(givenTexts({ "x.yaml": text }, ["x.yaml"])),
    );
  });

  test("does not depend on the order of the texts", () => {
    const texts = {
      "a.yaml": webService("a", { calls: "b" }),
      "b.yaml": webService("b"),
      "e.yaml": document("Estate", "e", "{}"),
    };
    const turned = Object.fromEntries(Object.entries(texts).toReversed());
    expect(JSON.stringify(givenTexts(turned))).toBe(JSON.stringify(givenTexts(texts)));
  });

  test("may hold documents and objects in one list", () => {
    const list = `apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
  - {apiVersion: scantling/v1alpha1, kind: Tenant, metadata: {name: t}, spec: {trust: team}}
`;
    const estate = givenTexts({ "list.yaml": list });
    expect(estate.objects).toHaveLength(1);
    expect(estate.tenants[0]).toMatchObject({ name: "t", place: { line: 5 } });
  });
});

describe("documents of Scantling beside a kustomization", () => {
  const manifests = { "web.yaml": webService("web", { namespace: "shop" }) };
  const cluster = document("Cluster", "main", "{region: northeurope, environments: [prod]}");
  const application = document("Application", "shop", "{namespace: shop, manifests: .}");
  const documents = {
    "estate.yaml": document("Estate", "e", "{environments: [{name: prod}]}") + cluster + application,
  };

  test.each([
    ["beside it", "resources: [web.yaml]\n", documents],
    ["listed as its resource", "resources: [web.yaml, estate.yaml]\n", documents],
    [
      "below it",
      "resources: [web.yaml]\n",
      { "docs/estate.yaml": documents["estate.yaml"].replace("manifests: .", "manifests: ..") },
    ],
    [
      "as JSON",
      "resources: [web.yaml]\n",
      {
        ...documents,
        "tenant.json":
          '{"apiVersion": "scantling/v1alpha1", "kind": "Tenant", "metadata": {"name": "retail"}, "spec": {}}',
      },
    ],
  ])("are read %s", (_where, kustomization, docs) => {
    const estate = givenTexts({ "kustomization.yaml": kustomization, ...manifests, ...docs });
    expect(complaints(estate)).toEqual([]);
    expect(estate.clusters.map(({ name, region }) => [name, region])).toEqual([["main", "northeurope"]]);
    expect(estate.applications.map(({ name }) => name)).toEqual(["shop"]);
    expect(estate.workloads.map(({ id }) => id)).toEqual(["prod/main/shop/Deployment/web"]);
    expect(estate.objects.map(({ object }) => object.kind).toSorted()).toEqual(["Deployment", "Service"]);
  });

  test("are named when they cannot be read", () => {
    const broken = `${cluster.replace("metadata", "\tmetadata")}`;
    const estate = givenTexts({
      "kustomization.yaml": "resources: [web.yaml]\n",
      ...manifests,
      "clusters.yaml": broken,
    });
    expect(complaints(estate)).toContain("EST-002 clusters.yaml:3:1");
  });

  test("are something without manifests, but nothing runs", () => {
    const estate = givenTexts(documents, ["estate.yaml"]);
    expect(complaints({ ...estate, diagnostics: estate.diagnostics.filter(({ code }) => code > "EST-221") })).toEqual(
      [],
    );
    const alone = givenTexts({ "clusters.yaml": cluster });
    expect(alone.diagnostics.map(({ code }) => code)).toContain("EST-241");
    expect(alone.diagnostics.map(({ code }) => code)).not.toContain("EST-227");
    expect(complaints(givenTexts({ "values.yaml": "a: 1\n" }, ["."]))).toContain("EST-227");
  });
});

describe("files of other tools", () => {
  test("in a folder are one note each", () => {
    const estate = givenTexts({
      "web.yaml": webService("web"),
      "values.yaml": "replicas: 2\n---\nimage: x\n",
      "ci.yaml": "- a\n- b\n",
    });
    expect(estate.diagnostics.map(({ code, severity, place }) => [code, severity, place?.source])).toEqual([
      ["EST-226", "note", "ci.yaml"],
      ["EST-226", "note", "values.yaml"],
    ]);
  });

  test("named by the user are an error", () => {
    const estate = givenTexts({ "values.yaml": "replicas: 2\n" }, ["values.yaml"]);
    expect(complaints(estate)).toEqual(["EST-225 values.yaml:1:1"]);
  });

  test("that hold manifests too are read", () => {
    const estate = givenTexts({ "all.yaml": `replicas: 2\n---\n${webService("web")}` });
    expect(estate.objects).toHaveLength(2);
    expect(complaints(estate)).toEqual([]);
  });

  test.each([
    ["an empty folder", {}, ["empty"], "EST-227"],
    ["a folder of other files", { "a/values.yaml": "x: 1\n" }, ["a"], "EST-227 "],
    ["an empty file", { "a.yaml": "" }, ["a.yaml"], "EST-225 a.yaml"],
    ["empty standard input", { "-": "" }, ["-"], "EST-225 -"],
    ["a file that is only comments", { "a.yaml": "# nothing\n" }, ["a.yaml"], "EST-225 a.yaml"],
  ])("%s is an error with a hint", (_what, texts, roots, complaint) => {
    const estate = givenTexts(texts, roots);
    expect(complaints(estate)).toHaveLength(1);
    expect(complaints(estate)[0]).toBe(complaint.trim());
    expect(estate.diagnostics.find(({ severity }) => severity === "error")?.hint).toMatch(/./);
  });

  test("that are broken are reported once, without a second error on top", () => {
    const estate = givenTexts({ "a.yaml": "a: [1\n" }, ["a.yaml"]);
    expect(estate.diagnostics.filter(({ severity }) => severity === "error")).toHaveLength(1);
  });
});

describe("the same object twice", () => {
  test("from two folders is one warning for the two", () => {
    const changed = webService("web").replace("replicas: 2", "replicas: 5");
    const estate = givenTexts({ "a.yaml": webService("web"), "b.yaml": changed });
    expect(complaints(estate)).toEqual(["EST-224 a.yaml:1:1"]);
    expect(estate.objects).toHaveLength(2);
    expect(estate.workloads[0]?.replicas.declared).toBe(5);
  });

  test("with the same content is a note", () => {
    const estate = givenTexts({ "a.yaml": webService("web"), "b.yaml": webService("web") });
    expect(complaints(estate)).toEqual([]);
    expect(estate.diagnostics.map(({ code }) => code)).toEqual(["EST-240"]);
  });

  test("in one file is a warning at the second", () => {
    const estate = givenTexts({ "a.yaml": webService("web") + webService("web") });
    expect(complaints(estate).map((complaint) => complaint.slice(0, 14))).toEqual(["EST-306 a.yaml", "EST-306 a.yaml"]);
    expect(estate.objects).toHaveLength(2);
  });
});

describe("charts", () => {
  const chart = {
    "charts/shop/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
    "charts/shop/values.yaml": "a: 1\n",
    "charts/shop/templates/web.yaml": "{{ if .Values.a }}\nx: {{ .Values.b }}\n{{ end }}\n",
  };
  const rendered = `---\n# Source: shop/templates/web.yaml\n${webService("web")}`;

  test("are asked for, and their files are not read as manifests", () => {
    const requests = chartRequests(memorySources(chart));
    expect(requests).toMatchObject([{ chart: "charts/shop", release: "shop", values: [], kubernetesVersion: "1.36" }]);
    const estate = givenTexts(chart, undefined, {
      renderedCharts: new Map([[requests[0]?.key ?? "", { text: rendered, diagnostics: [] }]]),
    });
    expect(complaints(estate)).toEqual([]);
    expect(estate.objects[0]?.object.locate([])).toEqual({
      precision: "file",
      source: "charts/shop/templates/web.yaml",
    });
    expect(assumed(estate)).toContain("chart-release Chart/charts/shop");
  });

  test("are rendered per environment with the values that an Application names", () => {
    const texts = {
      ...chart,
      "prod.yaml": "a: 2\n",
      "app.yaml":
        document("Estate", "e", "{environments: [{name: dev}, {name: prod}]}") +
        document("Cluster", "c", "{kubernetesVersion: '1.35'}") +
        document(
          "Application",
          "shop",
          "{namespace: shop, manifests: {default: {chart: ./charts/shop}, prod: {chart: ./charts/shop, values: [./prod.yaml], release: big}}}",
        ),
    };
    const requests = chartRequests(memorySources(texts));
    expect(
      requests.map(({ release, namespace, values, kubernetesVersion }) => [
        release,
        namespace,
        values,
        kubernetesVersion,
      ]),
    ).toEqual([
      ["shop", "shop", [], "1.35"],
      ["big", "shop", ["prod.yaml"], "1.35"],
    ]);
    const renderedCharts = new Map(requests.map(({ key }) => [key, { text: rendered, diagnostics: [] }]));
    const estate = givenTexts(texts, undefined, { renderedCharts });
    expect(estate.workloads.map(({ id }) => id)).toEqual(["dev/c/shop/Deployment/web", "prod/c/shop/Deployment/web"]);
    expect(estate.diagnostics).toEqual([]);
  });

  test("that nobody rendered are an error, and mark the journeys", () => {
    const texts = {
      ...chart,
      "app.yaml": document(
        "Application",
        "shop",
        "{namespace: shop, journeys: [{name: j, entryPoint: w}], manifests: {chart: ./charts/shop}}",
      ),
    };
    const estate = givenTexts(texts);
    expect(complaints(estate).map((complaint) => complaint.slice(0, 18))).toContain("EST-222 app.yaml:4");
    expect(estate.journeys[0]?.broken).toContain("all of charts/shop, which could not be read");
  });

  test("with values that are not there are reported", () => {
    const texts = {
      ...chart,
      "app.yaml": document(
        "Application",
        "shop",
        "{namespace: shop, manifests: {chart: ./charts/shop, values: [./nope.yaml]}}",
      ),
    };
    const problem = givenTexts(texts).diagnostics.find(({ code }) => code === "EST-235");
    expect(problem).toMatchObject({ affects: ["Application/shop"], place: { source: "app.yaml", line: 4 } });
  });
});
