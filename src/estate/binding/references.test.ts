import { describe, expect, test } from "vitest";
import { complaints, document, givenTexts, webService } from "../testing/given-texts.ts";

const estate = document(
  "Estate",
  "e",
  `
  regions: [{name: westeurope, zones: ["1", "2", "3"]}]
  environments: [{name: dev, criticality: low, hours: always}, {name: prod, criticality: high, hours: always}]
  networks: [{name: hub, region: westeurope, addressSpace: [10.0.0.0/16], subnets: [{name: nodes, prefix: 10.0.0.0/20}]}]
`,
);
const cluster = document(
  "Cluster",
  "prod-weu",
  "{region: westeurope, environments: [dev, prod], network: {name: hub}}",
);
const tenant = document("Tenant", "retail", "{trust: team, classification: internal}");
const good = {
  "a-estate.yaml": estate,
  "b-cluster.yaml": cluster,
  "c-tenant.yaml": tenant,
  "shop/web.yaml": webService("web"),
};

const shop = "tenant: retail, namespace: shop, manifests: ./shop";

/** Line and column of the mark, and the text without it. */
function marked(written: string): { readonly text: string; readonly place: string } {
  const before = written.slice(0, written.indexOf("§")).split("\n");
  return { text: written.replace("§", ""), place: `${before.length}:${(before.at(-1) ?? "").length + 1}` };
}

/** [what, kind, spec with a mark where the problem is, code, hint]. */
const cases: readonly (readonly [what: string, kind: string, spec: string, code: string, hint: RegExp])[] = [
  [
    "a tenant",
    "Application",
    "{§tenant: retial, namespace: shop, manifests: ./shop}",
    "EST-212",
    /Did you mean retail\?/,
  ],
  ["an environment", "Application", `{${shop}, environments: [§prdo, dev]}`, "EST-212", /Did you mean prod\?/],
  [
    "an environment of manifests",
    "Application",
    "{tenant: retail, namespace: shop, manifests: {default: ./shop, §prdo: ./shop}}",
    "EST-212",
    /prod/,
  ],
  ["a cluster", "Application", `{${shop}, environments: [prod], clusters: {prod: [§prod-wue]}}`, "EST-212", /prod-weu/],
  ["an environment of clusters", "Application", `{${shop}, clusters: {§staging: [prod-weu]}}`, "EST-212", /dev, prod/],
  [
    "a workload of an entry point",
    "Application",
    `{${shop}, entryPoints: [{name: w, §workload: shop/Deployment/wbe, exposure: public}]}`,
    "EST-212",
    /shop\/Deployment\/web\?/,
  ],
  [
    "a cloud service",
    "Application",
    `{${shop}, entryPoints: [{name: w, workload: shop/Deployment/web, exposure: public, through: [§CloudService/door]}]}`,
    "EST-212",
    /none/,
  ],
  ["an entry point", "Application", `{${shop}, journeys: [{name: j, §entryPoint: nothing}]}`, "EST-212", /./],
  [
    "a data store",
    "Application",
    `{${shop}, dependencies: [{from: shop/Deployment/web, §to: DataStore/db, type: hard}]}`,
    "EST-212",
    /none/,
  ],
  [
    "a caller",
    "Application",
    `{${shop}, dependencies: [{§from: shop/Deployment/api, to: host:a.example, type: hard}]}`,
    "EST-212",
    /web/,
  ],
  [
    "a load profile",
    "Application",
    `{${shop}, load: [{§profile: LoadProfile/day, workload: shop/Deployment/web, perReplica: 1}]}`,
    "EST-212",
    /none/,
  ],
  ["a primary region", "Application", `{${shop}, regions: {§primary: eastus}}`, "EST-212", /westeurope/],
  [
    "manifests",
    "Application",
    "{tenant: retail, namespace: shop, §manifests: ./shp}",
    "EST-220",
    /Did you mean shop\?/,
  ],
  [
    "a chart that is elsewhere",
    "Application",
    "{tenant: retail, namespace: shop, manifests: {§chart: 'oci://registry.example/chart'}}",
    "EST-223",
    /helm pull/,
  ],
  ["a region of a cluster", "Cluster", "{§region: westeurop, environments: [dev]}", "EST-212", /westeurope\?/],
  ["an environment of a cluster", "Cluster", "{region: westeurope, environments: [§dve, dev]}", "EST-212", /dev\?/],
  ["a network", "Cluster", "{region: westeurope, environments: [dev], network: {§name: hbu}}", "EST-212", /hub/],
  [
    "a zone",
    "Cluster",
    "{region: westeurope, environments: [dev], nodePools: [{name: a, zones: [§'4']}]}",
    "EST-212",
    /1, 2, 3/,
  ],
  ["a classification", "Tenant", "{§classification: secrett}", "EST-212", /secret\?/],
  ["an application of a store", "DataStore", "{§application: shopp}", "EST-212", /none/],
  ["a workload of a store", "DataStore", "{§workload: shop/StatefulSet/db}", "EST-212", /shop|default/],
  ["a region of a store", "DataStore", "{regions: {readers: [§eastus]}}", "EST-212", /westeurope/],
  ["a region of a service", "CloudService", "{service: redis, regions: [§eastus]}", "EST-212", /westeurope/],
];

describe("a reference that stands for nothing", () => {
  test.each(cases.map(([what, ...given]) => ({ what, given })))("$what", ({ given: [kind, spec, code, hint] }) => {
    const { text, place } = marked(document(kind, "x", spec));
    const loaded = givenTexts({ ...good, "x.yaml": text });
    expect(complaints(loaded)).toEqual([`${code} x.yaml:${place}`]);
    const problem = loaded.diagnostics.find(({ severity }) => severity !== "note");
    expect(problem?.hint).toMatch(hint);
    expect(problem?.affects).toEqual([`${kind}/x`]);
    // The rest still counts.
    expect(loaded.clusters.map(({ name }) => name)).toContain("prod-weu");
    expect(loaded.tenants.map(({ name }) => name)).toContain("retail");
  });
});

describe("contradictions", () => {
  const contradictions: readonly (readonly [what: string, written: string, code: string])[] = [
    ["two documents of one name", document("Tenant", "retail", "{trust: team}").replace("{name", "{§name"), "EST-209"],
    ["two estates", document("Estate", "other", "{}").replace("{name", "{§name"), "EST-210"],
    [
      "two pools of one name",
      document(
        "Cluster",
        "x",
        "{region: westeurope, environments: [dev], nodePools: [{name: a, zones: []}, {§name: a, zones: []}]}",
      ),
      "EST-211",
    ],
    [
      "minimum above maximum",
      document(
        "Cluster",
        "x",
        "{region: westeurope, environments: [dev], nodePools: [{name: a, zones: [], §autoscaling: {min: 5, max: 2}}]}",
      ),
      "EST-214",
    ],
    [
      "count and autoscaling",
      document(
        "Cluster",
        "x",
        "{region: westeurope, environments: [dev], nodePools: [{name: a, zones: [], count: 3, §autoscaling: {min: 1, max: 2}}]}",
      ),
      "EST-213",
    ],
    [
      "an environment that no cluster serves",
      document("Application", "x", `{${shop}, §environments: [dev], clusters: {dev: []}}`),
      "EST-218",
    ],
    [
      "an application without anything",
      document("Application", "x", "{tenant: retail, environments: [dev]}").replace("spec:", "§spec:"),
      "EST-238",
    ],
    [
      "an application with an empty namespace",
      document("Application", "x", "{tenant: retail, environments: [dev], namespace: void}").replace("spec:", "§spec:"),
      "EST-238",
    ],
    [
      "an environment without manifests",
      document(
        "Application",
        "x",
        "{tenant: retail, namespace: shop, environments: [dev, prod], §manifests: {dev: ./shop}}",
      ),
      "EST-236",
    ],
    [
      "manifests where it does not run",
      document(
        "Application",
        "x",
        "{tenant: retail, namespace: shop, environments: [dev], manifests: {dev: ./shop, §prod: ./shop}}",
      ),
      "EST-237",
    ],
    [
      "a dependency on itself",
      document("Application", "x", `{${shop}, dependencies: [§{from: shop/Deployment/web, to: shop/Deployment/web}]}`),
      "EST-232",
    ],
    [
      "a dependency twice",
      document(
        "Application",
        "x",
        `{${shop}, dependencies: [{from: shop/Deployment/web, to: host:a.example, type: hard}, §{from: shop/Deployment/web, to: host:a.example, type: soft}]}`,
      ),
      "EST-211",
    ],
    [
      "a load profile without demand",
      document("LoadProfile", "x", "{unit: requestsPerSecond}").replace("spec:", "§spec:"),
      "EST-239",
    ],
    ["a kind that does not exist", document("Clutser", "x", "{}").replace("kind:", "§kind:"), "EST-200"],
    [
      "a version that does not exist",
      document("Cluster", "x", "{}").replace("scantling/v1alpha1", "scantling/v2").replace("apiVersion", "§apiVersion"),
      "EST-201",
    ],
    [
      "a group that is nearly ours",
      document("DataStore", "x", "{}")
        .replace("scantling/v1alpha1", "scantling.dev/v1alpha1")
        .replace("apiVersion", "§apiVersion"),
      "EST-201",
    ],
    ["an SLO of a draft", "§apiVersion: openslo/v2alpha\nkind: SLO\nmetadata: {name: x}\n", "EST-201"],
  ];

  test.each(contradictions)("%s", (_what, written, code) => {
    const { text, place } = marked(written);
    const loaded = givenTexts({ ...good, "x.yaml": text });
    expect(complaints(loaded)).toEqual([`${code} x.yaml:${place}`]);
    const problem = loaded.diagnostics.find(({ severity }) => severity !== "note");
    expect(problem?.hint).toMatch(/./);
    expect(loaded.clusters[0]?.name).toBe("prod-weu");
  });

  test.each([
    [
      "a subnet outside its network",
      "[{name: n, addressSpace: [10.0.0.0/16], subnets: [{name: a, prefix: 10.1.0.0/24}]}]",
      "EST-215",
    ],
    [
      "subnets that overlap",
      "[{name: n, addressSpace: [10.0.0.0/16], subnets: [{name: a, prefix: 10.0.0.0/22}, {name: b, prefix: 10.0.3.0/24}]}]",
      "EST-216",
    ],
    [
      "networks that overlap",
      "[{name: n, addressSpace: [10.0.0.0/16]}, {name: m, addressSpace: [10.0.128.0/20]}]",
      "EST-216",
    ],
    ["a network of a region that is not there", "[{name: n, region: nowhere}]", "EST-212"],
  ])("%s", (_what, networks, code) => {
    const text = document("Estate", "e", `{regions: [{name: westeurope, zones: []}], networks: ${networks}}`);
    expect(complaints(givenTexts({ "e.yaml": text })).map((complaint) => complaint.slice(0, 7))).toEqual([code]);
  });

  test("money in a currency without a rate", () => {
    const loaded = givenTexts({ "e.yaml": document("Estate", "e", "{currency: EUR}"), "w.yaml": webService("web") });
    expect(complaints(loaded)).toEqual(["EST-233 e.yaml:4:8"]);
    expect(loaded).toMatchObject({ currency: "EUR", exchangeRate: undefined });
  });

  test("a failure model of other names", () => {
    const spec = '{failureModel: {zone-unavailabilty: "1%", node-repair-time: 2h}}';
    const loaded = givenTexts({ "e.yaml": document("Estate", "e", spec), "w.yaml": webService("web") });
    expect(complaints(loaded)).toEqual(["EST-234 e.yaml:4:23"]);
    expect(loaded.diagnostics[0]?.hint).toBe("Did you mean zone-unavailability?");
    expect(loaded.failureModel.get("node-repair-time")?.value).toBe(2);
  });
});

describe("a broken part of a document", () => {
  const way =
    "entryPoints: [{name: f, workload: shop/Deployment/web, exposure: public}], journeys: [{name: j, entryPoint: f}]";

  test("marks the Application and leaves the rest", () => {
    const spec = `{${shop}, environments: [prod], journeys: [{name: j}], dependencies: [{from: shop/Deployment/web, to: host:a.example, type: hrad}]}`;
    const loaded = givenTexts({ ...good, "x.yaml": document("Application", "x", spec) });
    expect(complaints(loaded).map((complaint) => complaint.slice(0, 7))).toEqual(["EST-205", "EST-207"]);
    expect(loaded.applications[0]?.broken).toEqual([]);
    expect(loaded.dependencies.map(({ type }) => type)).toEqual(["hard"]);
    expect(loaded.workloads.map(({ id }) => id)).toEqual(["prod/prod-weu/shop/Deployment/web"]);
  });

  test("keeps an unreadable file of an Application from passing as nothing", () => {
    const texts = { ...good, "shop/bad.yaml": "a: [1\n", "x.yaml": document("Application", "x", `{${shop}, ${way}}`) };
    const loaded = givenTexts(texts);
    expect(loaded.journeys.map(({ id, broken }) => [id, broken])).toEqual([
      ["dev/x/j", ["all of shop/bad.yaml, which could not be read"]],
      ["prod/x/j", ["all of shop/bad.yaml, which could not be read"]],
    ]);
    expect(loaded.workloads).toHaveLength(2);
  });

  test("of a Cluster, a store or a service reaches what leans on it", () => {
    const docs =
      document("DataStore", "db", "{service: postgressql}") +
      document("CloudService", "door", "{service: frontDoor, teir: Premium}") +
      document(
        "Application",
        "x",
        `{${shop}, environments: [prod], entryPoints: [{name: f, workload: shop/Deployment/web, exposure: public, through: [CloudService/door]}], journeys: [{name: j, entryPoint: f}], dependencies: [{from: shop/Deployment/web, to: DataStore/db, type: hard}]}`,
      );
    const loaded = givenTexts({
      ...good,
      "b-cluster.yaml": cluster.replace("region:", "tier: Standrad, region:"),
      "x.yaml": docs,
    });
    const affects = new Map(
      loaded.diagnostics.map(({ code, place, affects: ids }) => [`${code} ${place?.source}`, ids]),
    );
    expect(affects.get("EST-207 b-cluster.yaml")).toEqual(["Cluster/prod-weu", "prod/x/j"]);
    expect(affects.get("EST-203 x.yaml")).toEqual(["CloudService/door"]);
    expect(affects.get("EST-207 x.yaml")).toEqual(["DataStore/db", "prod/prod-weu/shop/Deployment/web"]);
  });

  test.each([
    ["a tenant that is not there", shop.replace("retail", "retial")],
    ["an unknown field", `${shop}, regoins: {mode: single}`],
    [
      "a load profile that is not there",
      `${shop}, load: [{profile: LoadProfile/day, workload: shop/Deployment/web, perReplica: 1}]`,
    ],
    ["a primary region that is not there", `${shop}, regions: {primary: eastus}`],
    [
      "a soft dependency on nothing",
      `${shop}, dependencies: [{from: shop/Deployment/api, to: DataStore/db, type: soft}]`,
    ],
  ])("%s leaves the journeys evaluable", (_what, spec) => {
    const loaded = givenTexts({ ...good, "x.yaml": document("Application", "x", `{${spec}, ${way}}`) });
    expect(loaded.diagnostics.filter(({ severity }) => severity === "error").length).toBeGreaterThan(0);
    expect(loaded.applications[0]?.broken).toEqual([]);
    expect(loaded.journeys.map(({ id, broken }) => [id, broken])).toEqual([
      ["dev/x/j", undefined],
      ["prod/x/j", undefined],
    ]);
  });

  test.each([
    [
      "a misspelt field that they may need",
      `${shop}, dependancies: []`,
      ["a usable spec.dependancies of Application/x"],
      undefined,
    ],
    [
      "a cluster of one environment",
      `${shop}, clusters: {prod: [prod-wue, prod-weu]}`,
      [],
      ["Cluster/prod-wue, which is not declared"],
    ],
    [
      "manifests of one environment",
      "tenant: retail, namespace: shop, manifests: {dev: ./shop, prod: [./shop, ./shp]}",
      [],
      ["manifests ./shp, which were not read"],
    ],
    [
      "a hard dependency of nobody",
      `${shop}, environments: [prod], dependencies: [{from: shop/Deployment/api, to: host:a.example}]`,
      [],
      ["shop/Deployment/api, which is not among the workloads of prod"],
    ],
  ])("%s does not", (_what, spec, ofApplication, ofProduction) => {
    const loaded = givenTexts({ ...good, "x.yaml": document("Application", "x", `{${spec}, ${way}}`) });
    expect(loaded.applications[0]?.broken).toEqual(ofApplication);
    expect(loaded.journeys.find(({ id }) => id === "prod/x/j")?.broken).toEqual(ofProduction);
    expect(loaded.journeys.find(({ id }) => id === "dev/x/j")?.broken).toBeUndefined();
  });

  test.each(["shop/Deployment/pay", "DataStore/db", "CloudService/door"])(
    "a hard dependency on %s, which is not there, dangles from its caller",
    (to) => {
      const spec = `{${shop}, environments: [prod], dependencies: [{from: shop/Deployment/web, to: ${to}, type: hard}]}`;
      const loaded = givenTexts({ ...good, "x.yaml": document("Application", "x", spec) });
      expect(loaded.dependencies.map(({ from, to: target }) => [from, target])).toEqual([
        ["prod/prod-weu/shop/Deployment/web", { kind: "dangling", host: to }],
      ]);
    },
  );

  test("of one journey leaves the other journeys", () => {
    const journeys =
      "journeys: [{name: a, entryPoint: f, through: [shop/Deployment/gone]}, {name: b, entryPoint: g}, {name: c, entryPoint: f, throgh: []}, {name: d, entryPoint: f}]";
    const entry = way.replace(/journeys:.*/, journeys);
    const loaded = givenTexts({
      ...good,
      "x.yaml": document("Application", "x", `{${shop}, environments: [prod], ${entry}}`),
    });
    expect(loaded.journeys.map(({ name, broken }) => [name, broken])).toEqual([
      ["a", ["shop/Deployment/gone, which is not among the workloads of prod"]],
      ["b", ["entry point g, which does not exist in prod"]],
      ["c", ["a usable spec.journeys[2].throgh of Application/x"]],
      ["d", undefined],
    ]);
  });

  test("of a Cluster that is only an unknown field reaches no journey", () => {
    const texts = { ...good, "b-cluster.yaml": cluster.replace("region:", "kubernetesVersoin: '1.35', region:") };
    const loaded = givenTexts({ ...texts, "x.yaml": document("Application", "x", `{${shop}, ${way}}`) });
    expect(loaded.diagnostics.map(({ code, affects }) => [code, affects])).toEqual([["EST-203", ["Cluster/prod-weu"]]]);
  });
});

describe("what is said of problems", () => {
  test("names the list that a name is missing from", () => {
    const loaded = givenTexts({ ...good, "b-cluster.yaml": cluster.replace("region: westeurope", "region: uksouth") });
    expect(loaded.diagnostics[0]).toMatchObject({
      code: "EST-212",
      message: 'Cluster/prod-weu names region "uksouth", which is not among Estate.spec.regions (a-estate.yaml:5).',
      hint: "Names that would do: westeurope. To have it, add uksouth to Estate.spec.regions (a-estate.yaml:5).",
    });
  });

  test("comes in the order of causes: what cannot be read, then what refers to it without guessing", () => {
    const spec = `{${shop}, environments: [prod], entryPoints: [{name: f, workload: shop/Deployment/wob, exposure: public}], journeys: [{name: j, entryPoint: f}]}`;
    const loaded = givenTexts({ ...good, "a.yaml": document("Application", "x", spec), "shop/z.yaml": "a: [1\n" });
    expect(complaints(loaded).map((complaint) => complaint.slice(0, 7))).toEqual(["EST-017", "EST-242"]);
    expect(loaded.diagnostics[1]?.message).toMatch(/shop\/z\.yaml, which could not be read/);
    expect(loaded.diagnostics[1]?.hint).not.toMatch(/Did you mean/);
  });

  test("says which documents an unreadable file took away, and what stands in", () => {
    const loaded = givenTexts({
      "estate.yaml": `${tenant}${cluster.replace("metadata", "\tmetadata").replace(/^spec/m, "\tspec")}`,
      "web.yaml": `${webService("web", { type: "LoadBalancer" })}`,
    });
    const lost = loaded.diagnostics.find(({ code }) => code === "EST-243");
    expect(lost?.message).toMatch(/kind Cluster in estate\.yaml .* a default cluster stands in \(ASM-001\)/);
    expect(lost?.affects).toEqual(["Cluster/default", ...loaded.journeys.map(({ id }) => id)]);
    expect(loaded.journeys).toHaveLength(1);
    expect(loaded.clusters.map(({ name }) => name)).toEqual(["default"]);
    expect(loaded.diagnostics.filter(({ code }) => code === "EST-243")).toHaveLength(1);
    expect(givenTexts(good).diagnostics.map(({ code }) => code)).not.toContain("EST-243");
  });

  test("of a host that nobody answers to is settled by a declared dependency on it", () => {
    const manifests = { ...good, "shop/web.yaml": webService("web", { calls: "assistant" }) };
    const open = givenTexts({
      ...manifests,
      "x.yaml": document("Application", "x", `{${shop}, environments: [prod]}`),
    });
    const snippet = '{from: shop/Deployment/web, to: "host:assistant", type: soft}';
    expect(open.diagnostics.map(({ code }) => code)).toEqual(["EST-330"]);
    expect(open.diagnostics[0]?.hint).toContain(snippet);
    const spec = `{${shop}, environments: [prod], dependencies: [${snippet}]}`;
    const settled = givenTexts({ ...manifests, "x.yaml": document("Application", "x", spec) });
    expect(complaints(settled)).toEqual([]);
    expect(settled.dependencies).toMatchObject([{ to: { kind: "host", host: "assistant" }, type: "soft" }]);
  });
});
