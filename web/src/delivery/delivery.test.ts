import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/estate/kubernetes/kubernetes-object.ts";
import { loadEstate } from "../../../src/estate/load-estate.ts";
import { workloadIdParts } from "../graph/workload-id.ts";
import { answerDelivery } from "./answer-delivery.ts";
import { deliveryLens } from "./delivery-lens.ts";
import type { DeliveryAnswers, DeliveryRequest } from "./delivery-request.ts";
import { strategyBadge, worstEffect } from "./delivery-words.ts";
import { fileKey, fileRows, fileTree, filterPaths, foldersAbove } from "./file-tree.ts";
import { landedStrategies, leadingStrategy } from "./landed-strategy.ts";
import { countDifferences, objectDifferences } from "./leaf-differences.ts";
import { crc32, zipArchive } from "./zip-archive.ts";

const header = "apiVersion: scantling/v1alpha1\n";

function cluster(name: string, environment: string, region: string, ring: string): string {
  return `${header}kind: Cluster
metadata: { name: ${name} }
spec:
  region: ${region}
  environments: [${environment}]
  ring: "${ring}"
  kubernetesVersion: "1.34"
  network: { plugin: azureOverlay }
  nodePools:
    - { name: system, mode: System, vmSize: Standard_D4s_v5, zones: ["1", "2", "3"], autoscaling: { min: 3, max: 6 } }
`;
}

function deployment(image: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: web, image: "${image}" }
`;
}

const sources = {
  texts: new Map([
    [
      "estate/estate.yaml",
      `${header}kind: Estate
metadata: { name: small }
spec:
  environments:
    - { name: dev, criticality: low }
    - { name: prod, criticality: high }
  delivery: { agent: flux, packaging: kustomize, cloudTarget: terraform }
`,
    ],
    ["estate/dev.yaml", cluster("dev-weu", "dev", "westeurope", "0")],
    ["estate/prod-weu.yaml", cluster("prod-weu", "prod", "westeurope", "10")],
    ["estate/prod-neu.yaml", cluster("prod-neu", "prod", "northeurope", "9")],
    [
      "estate/shop.yaml",
      `${header}kind: Application
metadata: { name: shop }
spec:
  tenant: retail
  namespace: shop
  environments: [dev, prod]
  manifests: { dev: ../manifests/dev, prod: ../manifests/prod }
  delivery: { strategy: canary, controller: flagger }
`,
    ],
    ["estate/tenant.yaml", `${header}kind: Tenant\nmetadata: { name: retail }\nspec: { trust: team }\n`],
    ["manifests/dev/web.yaml", deployment("web:2.0.0")],
    ["manifests/prod/web.yaml", deployment("web:1.9.0")],
  ]),
  roots: ["estate"],
  diagnostics: [],
};
const estate = loadEstate(sources);

function ask<const Request extends DeliveryRequest>(request: Request): DeliveryAnswers[Request["part"]] {
  // The answer to a request for a part is that part.
  return answerDelivery(estate, sources, request, () => undefined) as DeliveryAnswers[Request["part"]];
}

describe("the promotion board", () => {
  const board = ask({ part: "board" });
  const shop = board.rows.find(({ unit }) => unit === "apps/shop");

  it("stands in order of environment, then ring by its number", () => {
    expect(board.columns.map(({ cluster: name, stage }) => [name, stage])).toEqual([
      ["dev-weu", 0],
      ["prod-neu", 1],
      ["prod-weu", 2],
    ]);
    expect(board.columns.map(({ approval }) => approval.reviewers)).toEqual([0, 2, 2]);
  });

  it("compares each place with the stage before", () => {
    expect(shop?.cells.map((cell) => cell?.from)).toEqual([undefined, 0, 1]);
    expect(shop?.cells[1]?.differences).toBeGreaterThan(0);
    expect(shop?.cells[2]?.differences).toBe(0);
    const leaf = { unit: "apps/shop", environment: "prod", cluster: "prod-neu" };
    const found = ask({ part: "differences", leaf });
    expect(found?.from).toBe("dev on dev-weu");
    const fields = found?.objects.flatMap((each) => each.fields) ?? [];
    expect(fields).toContainEqual({
      path: "spec.template.spec.containers[web].image",
      before: "web:2.0.0",
      after: "web:1.9.0",
    });
    expect(countDifferences(found?.objects ?? [])).toBe(shop?.cells[1]?.differences);
    expect(ask({ part: "differences", leaf: { ...leaf, cluster: "gone" } })).toBeUndefined();
  });

  it("tells what lands, and that it is not what is declared", () => {
    expect(shop?.cells[0]?.strategy).toMatchObject({ kind: "rolling", declared: "canary" });
    const [id] = Object.keys(board.strategies);
    expect(workloadIdParts(id ?? "")?.name).toBe("web");
  });

  it("colours the map by stage, and says who agrees on a cluster", () => {
    const lens = deliveryLens(board);
    expect(lens.legend.map(({ label, filter }) => [label, filter])).toEqual([
      ["dev · ring 0", "env:dev"],
      ["prod · ring 9", "cluster:prod-neu"],
      ["prod · ring 10", "cluster:prod-weu"],
    ]);
    const box = { id: "", selection: "", parent: undefined, detail: "", tenants: [], pods: 1 };
    const measure = {} as Parameters<typeof lens.look>[1];
    const workload = {
      ...box,
      kind: "workload" as const,
      label: "web",
      workloads: ["prod/prod-neu/shop/Deployment/web"],
    };
    const look = lens.look(workload, measure);
    expect([look.tone, look.words, look.badges[0]?.text]).toEqual(["tenant-1", "prod · ring 9", "rolling, not canary"]);
    const frame = lens.look({ ...box, kind: "cluster", label: "prod-neu", workloads: [] }, measure);
    expect(frame.badges.map(({ text }) => text)).toEqual(["ring 9", "Flux · Kustomize"]);
  });
});

describe("the strategy that lands", () => {
  const web: JsonObject = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web", namespace: "shop" } };
  const steering = (apiVersion: string, kind: string, spec: JsonObject): JsonObject => ({
    apiVersion,
    kind,
    metadata: { name: "web", namespace: "shop" },
    spec,
  });
  const of = (...objects: readonly JsonObject[]) => leadingStrategy(landedStrategies(objects, undefined).values());

  it("is read from the objects", () => {
    const targetRef = { kind: "Deployment", name: "web" };
    const canary = (analysis: JsonObject) => steering("flagger.app/v1beta1", "Canary", { targetRef, analysis });
    expect(of(web)).toMatchObject({ kind: "rolling", detail: "surge 25%, unavailable 25%" });
    expect(of(web, canary({ stepWeights: [1, 10, 50] }))).toMatchObject({ kind: "canary", steps: [1, 10, 50] });
    expect(of(web, canary({ stepWeight: 20, maxWeight: 60 }))).toMatchObject({ kind: "canary", steps: [20, 40, 60] });
    expect(of(web, canary({ iterations: 5 }))).toMatchObject({ kind: "blueGreen", steps: [] });
    const workloadRef = targetRef;
    const steps = [{ setWeight: 5 }, { pause: {} }, { setWeight: 50 }];
    expect(
      of(web, steering("argoproj.io/v1alpha1", "Rollout", { workloadRef, strategy: { canary: { steps } } })),
    ).toMatchObject({ kind: "canary", steps: [5, 50] });
    expect(of({ ...web, spec: { strategy: { type: "Recreate" } } })).toMatchObject({ kind: "recreate" });
    expect(of({ apiVersion: "v1", kind: "Service", metadata: { name: "web" } })).toBeUndefined();
  });

  it("is said with its steps", () => {
    const badge = strategyBadge({ kind: "canary", steps: [5, 50], detail: "Flagger", declared: undefined });
    expect(badge.text).toBe("canary 5 → 50 %");
  });
});

describe("differences of objects", () => {
  const object = (spec: JsonObject): JsonObject => ({ apiVersion: "v1", kind: "Thing", metadata: { name: "a" }, spec });
  const fieldsOf = (before: JsonObject, after: JsonObject) =>
    objectDifferences([object(before)], [object(after)]).objects.flatMap(({ fields }) => fields);

  it("name items of lists, quote keys, and tell what is not there", () => {
    expect(
      fieldsOf({ list: [{ name: "x", value: 1 }, { name: "y" }] }, { list: [{ name: "y" }, { name: "x", value: 2 }] }),
    ).toEqual([{ path: "spec.list[x].value", before: "1", after: "2" }]);
    expect(fieldsOf({ labels: { "a.b/c": "d" } }, { labels: {} })).toEqual([
      { path: 'spec.labels["a.b/c"]', before: "d", after: undefined },
    ]);
    expect(fieldsOf({ rules: [{ host: "a" }, { host: "b" }] }, { rules: [{ host: "a" }, { host: "c" }] })).toEqual([
      { path: "spec.rules[1].host", before: "b", after: "c" },
    ]);
    expect(fieldsOf({ rules: [{ host: "a" }] }, { rules: [] })).toEqual([
      { path: "spec.rules", before: '[{"host":"a"}]', after: "[]" },
    ]);
    expect(fieldsOf({ list: [1, 2] }, { list: [1] })).toEqual([{ path: "spec.list", before: "[1,2]", after: "[1]" }]);
  });

  it("tell objects that come and go, and count what is the same", () => {
    const other: JsonObject = { apiVersion: "v1", kind: "Other", metadata: { name: "b" } };
    const found = objectDifferences([object({}), other], [object({})]);
    expect(found).toEqual({ objects: [{ kind: "removed", object: "Other b", fields: [] }], same: 1 });
  });
});

describe("effects of an edit", () => {
  const effects = (part: string, field: string, value: string) =>
    ask({ part: "effects", edit: { part, field, value } });

  it("are those of the engine, by target, with what replacing nodes takes", () => {
    const told = effects("pool/prod-weu/system", "vmSize", "Standard_D8s_v5");
    if (told.kind === "refused") throw new Error(told.problem);
    expect(told.before).toBe("Standard_D4s_v5");
    const [size] = told.changes.changes;
    expect(size?.effects).toMatchObject({ bicep: "reject", terraform: "rotate", crossplane: "reject" });
    expect(size?.rolling).toMatchObject({ nodes: 6, surgeNodes: 6, isAbrupt: true });
    expect(Object.keys(told.sources)).toEqual([size?.source]);
  });

  it("make the pools of an upgraded cluster roll", () => {
    const told = effects("cluster/prod-weu", "kubernetesVersion", "1.35");
    expect(told).toMatchObject({ kind: "told", pools: [{ pool: "prod-weu/system" }] });
  });

  it("can be had for every proposal", () => {
    for (const part of ask({ part: "edits" })) {
      for (const { field, current, proposed } of part.fields) {
        if (field !== "kubernetesVersion") expect(proposed, `${part.key} ${field}`).not.toBe(current);
        expect(effects(part.key, field, proposed).kind, `${part.key} ${field} ${proposed}`).toBe("told");
      }
    }
  });

  it.each([
    ["cluster/gone", "tier", "Free", "No cluster is called gone."],
    ["pool/prod-weu/gone", "vmSize", "Standard_D8s_v5", "prod-weu has no pool gone."],
    ["cluster/prod-weu", "colour", "red", "There is no field colour to change here."],
    ["cluster/prod-weu", "podCidr", "ten", "“ten” is no value of “Range of pods (CIDR)”"],
    ["pool/prod-weu/system", "zones", "1 1", "“1 1” is no value of “Zones”"],
    ["pool/prod-weu/system", "maxPods", "9000", "“9000” is no value of “Pods a node, at most”"],
    ["pool/prod-weu/system", "taints", "a=b:Never", "“a=b:Never” is no value of “Taints”"],
    ["pool/prod-weu/system", "labels", "a", "“a” is no value of “Labels”"],
  ])("refuse what is none: %s %s %s", (part, field, value, problem) => {
    const told = effects(part, field, value);
    expect(told.kind === "refused" ? told.problem : "").toContain(problem);
  });

  it("are told by the worst", () => {
    expect(worstEffect(["inPlace", "rotate", "rolling"])).toBe("rotate");
    expect(worstEffect([])).toBeUndefined();
  });
});

describe("the previewed repository", () => {
  it("is what a render writes, in the declared form or another", () => {
    const preview = ask({ part: "repository", form: {} });
    expect(preview.form).toEqual({ packaging: "kustomize", agent: "flux", cloud: "terraform" });
    expect(preview.refused).toBe(false);
    const paths = preview.files.map(({ path }) => path);
    expect(paths).toContain("clusters/prod-neu/apps/shop/kustomization.yaml");
    expect(paths.some((path) => path.startsWith("infra/terraform/"))).toBe(true);
    const helm = ask({ part: "repository", form: { packaging: "helm", cloud: "none" } });
    expect(helm.files.some(({ path }) => path.startsWith("infra/"))).toBe(false);
    expect(helm.files.some(({ path }) => path.endsWith("values.schema.json"))).toBe(true);
  });
});

describe("the tree of files", () => {
  const nodes = fileTree(["b.md", "a/x.yaml", "a/c/y.yaml", ".github/z.md"]);

  it("has folders first, and what is closed left out", () => {
    expect(fileRows(nodes, () => false).map(({ node }) => node.path)).toEqual([".github", "a", "b.md"]);
    expect(fileRows(nodes, ({ path }) => path === "a").map(({ node }) => node.path)).toEqual([
      ".github",
      "a",
      "a/c",
      "a/x.yaml",
      "b.md",
    ]);
    expect(nodes.map(({ files }) => files)).toEqual([1, 2, 1]);
    expect(foldersAbove("a/c/y.yaml")).toEqual(["a", "a/c"]);
  });

  it("is filtered by words in any order, and by none", () => {
    const paths = ["apps/orders/base/x.yaml", "clusters/prod/apps/orders/y.yaml"];
    expect(filterPaths(paths, "Orders prod")).toEqual([paths[1]]);
    expect(filterPaths(paths, "")).toEqual(paths);
  });

  it("follows the keys of the tree pattern", () => {
    const rows = fileRows(nodes, ({ path }) => path === "a");
    const step = (key: string, at: number) => {
      const row = rows[at];
      const found = row === undefined ? undefined : fileKey(key, rows, row);
      return found === undefined ? undefined : `${found.kind} ${found.node.path}`;
    };
    expect([step("ArrowDown", 0), step("ArrowUp", 0), step("End", 0), step("Home", 4)]).toEqual([
      "move a",
      undefined,
      "move b.md",
      "move .github",
    ]);
    expect([step("ArrowRight", 0), step("ArrowRight", 1), step("ArrowLeft", 1), step("ArrowLeft", 3)]).toEqual([
      "toggle .github",
      "move a/c",
      "toggle a",
      "move a",
    ]);
    expect([step("Enter", 1), step(" ", 3), step("x", 0)]).toEqual(["toggle a", "open a/x.yaml", undefined]);
  });
});

describe("the archive", () => {
  it("has the checksum of the standard", () => {
    expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array())).toBe(0);
  });

  it("holds every text where its directory says", () => {
    const files = [
      { path: "README.md", text: "# Größe\n" },
      { path: "apps/a/empty.yaml", text: "" },
    ];
    const bytes = zipArchive(files);
    const view = new DataView(bytes.buffer);
    const end = bytes.length - 22;
    expect(view.getUint32(end, true)).toBe(0x06054b50);
    expect(view.getUint16(end + 10, true)).toBe(files.length);
    let entry = view.getUint32(end + 16, true);
    const read = files.map(() => {
      expect(view.getUint32(entry, true)).toBe(0x02014b50);
      const [size, nameLength, at] = [
        view.getUint32(entry + 24, true),
        view.getUint16(entry + 28, true),
        view.getUint32(entry + 42, true),
      ];
      expect(view.getUint32(at, true)).toBe(0x04034b50);
      const textAt = at + 30 + nameLength;
      const text = new TextDecoder().decode(bytes.subarray(textAt, textAt + size));
      const path = new TextDecoder().decode(bytes.subarray(entry + 46, entry + 46 + nameLength));
      expect(view.getUint32(entry + 16, true)).toBe(crc32(new TextEncoder().encode(text)));
      entry += 46 + nameLength;
      return { path, text };
    });
    expect(read).toEqual(files);
    expect(entry).toBe(end);
    expect(zipArchive(files)).toEqual(bytes);
    expect(zipArchive([]).length).toBe(22);
  });
});
