import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { load, loadAll } from "js-yaml";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/estate/kubernetes/kubernetes-object.ts";
import type { DeliveryLeaf, DeliveryUnit } from "../../src/gitops/delivery/delivery-unit.ts";
import { objectKeyOf, objectKeyText } from "../../src/gitops/delivery/object-key.ts";
import { helmPackaging } from "../../src/gitops/helm/helm-packaging.ts";
import { kubeToolPath, skipsWithoutKubeTools } from "./kubectl.ts";

const places = [
  { environment: "dev", ring: "0", region: "westeurope", cluster: "dev-weu" },
  { environment: "prod", ring: "1", region: "northeurope", cluster: "prod-neu" },
  { environment: "prod", ring: "2", region: "westeurope", cluster: "prod-weu" },
];

function unitOf(objects: readonly (readonly JsonObject[])[]): DeliveryUnit {
  const leaves = places.map((place, index): DeliveryLeaf => ({ ...place, objects: objects[index] ?? [] }));
  return { tree: "apps", name: "shop", namespace: "shop", tenant: "retail", dependsOn: [], leaves };
}

function byKey(objects: readonly unknown[]): ReadonlyMap<string, unknown> {
  return new Map(objects.map((object) => [objectKeyText(objectKeyOf(object as JsonObject)), object]));
}

const deployment = (replicas: number, image: string, more: JsonObject = {}): JsonObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "orders-api", namespace: "shop", labels: { app: "orders", version: "1.30" } },
  spec: {
    replicas,
    selector: { matchLabels: { app: "orders" } },
    template: {
      metadata: { labels: { app: "orders" } },
      spec: {
        containers: [
          {
            name: "api",
            image,
            args: ["--verbose", "--limit=1000000"],
            env: [
              { name: "MODE", value: "yes" },
              { name: "TEMPLATE", value: "{{ .Values.trap }}" },
            ],
            resources: { requests: { cpu: "100m", memory: "64Mi" } },
          },
        ],
        ...more,
      },
    },
  },
});

const configuration = (data: JsonObject): JsonObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "settings", namespace: "shop" },
  data,
});

/** JSON with the traps of YAML and of Helm in it. */
const scalar = fc.oneof(
  fc.constantFrom("yes", "0644", "1e3", "", "{{ x }}", "a: b", "line\nline\n", "null", "<&>", "3", "~", "- x"),
  fc.integer({ min: -3, max: 5_000_000 }),
  fc.boolean(),
);
const tree = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 2 }, scalar, tie("list"), tie("map")),
  list: fc.array(tie("value"), { maxLength: 3 }),
  map: fc.dictionary(fc.constantFrom("a", "b", "c-d", "e.f/g"), tie("value"), { maxKeys: 3 }),
}));
const anything = fc.record({ present: fc.boolean(), spec: tree.map, named: fc.array(tree.map, { maxLength: 2 }) });

function custom(name: string, { spec, named }: { spec: unknown; named: readonly unknown[] }): JsonObject {
  const parts = named.map((part, index) => ({ name: `part-${index}`, ...(part as JsonObject) }));
  return { apiVersion: "example.com/v1", kind: "Thing", metadata: { name }, spec, parts };
}

describe.skipIf(skipsWithoutKubeTools()).each(["helm", "helm3"] as const)("rendered charts by %s", (tool) => {
  let root: string;
  let count = 0;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "scantling-rendered-"));
  });

  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });

  function expectEachLeaf(unit: DeliveryUnit): void {
    count += 1;
    const folder = join(root, String(count));
    for (const { path, text } of helmPackaging().files([{ unit, base: [], variations: [] }])) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    for (const leaf of unit.leaves) {
      const source = helmPackaging().leafSource(unit, leaf);
      if (source.kind !== "chart") throw new Error("a chart is expected");
      const values = source.valueFiles.flatMap((file) => ["--values", join(folder, file)]);
      const run = (command: readonly string[]) =>
        execFileSync(kubeToolPath(tool), [...command, ...values], { encoding: "utf8", env: { PATH: "", HOME: root } });
      const chart = join(folder, source.chart);
      const printed = run(["template", source.release, chart, "--namespace", source.namespace]);
      const documents = (loadAll(printed) as readonly unknown[]).filter((document) => document !== null);
      expect(byKey(documents)).toEqual(byKey(leaf.objects));
      expect(run(["lint", "--strict", chart])).toContain("0 chart(s) failed");
    }
  }

  it("gives each place its objects, lists of lists and maps that lose keys as well", () => {
    const selector = (nodes: JsonObject) => ({ nodeSelector: nodes });
    expectEachLeaf(
      unitOf([
        [deployment(1, "shop:1"), configuration({ a: "1", mode: "debug" })],
        [deployment(3, "shop:1", selector({ pool: "x", zone: "1" })), configuration({ a: "2" })],
        [
          deployment(4, "shop:2", selector({ pool: "y" })),
          configuration({ a: "2" }),
          { apiVersion: "v1", kind: "Service", metadata: { name: "orders-api", namespace: "shop" }, spec: {} },
        ],
      ]),
    );
  });

  it("law: whatever the objects, each place gets exactly its own", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(anything, { minLength: 2, maxLength: 2 }), { minLength: 3, maxLength: 3 }),
        (all) => {
          const objects = all.map((things) =>
            things.flatMap((thing, index) => (thing.present ? [custom(`thing-${index}`, thing)] : [])),
          );
          expectEachLeaf(unitOf(objects.map((each) => [deployment(1, "shop:1"), ...each])));
        },
      ),
      { numRuns: 10 },
    );
  });

  it("writes what all places of an environment share once", () => {
    const unit = unitOf([
      [deployment(1, "shop:1")],
      [deployment(3, "shop:2")],
      [deployment(3, "shop:2", { priorityClassName: "high" })],
    ]);
    const files = new Map(
      helmPackaging()
        .files([{ unit, base: [], variations: [] }])
        .map(({ path, text }) => [path, text]),
    );
    expect([...files.keys()].filter((path) => path.includes("/values"))).toEqual([
      "apps/shop/chart/values.yaml",
      "apps/shop/chart/values.schema.json",
      "apps/shop/values/env/dev.yaml",
      "apps/shop/values/ring/2.yaml",
    ]);
    expect(load(files.get("apps/shop/values/env/dev.yaml") ?? "")).toEqual({
      ordersApi: { deployment: { replicas: 1, containers: { api: { image: "shop:1" } } } },
    });
    expect(load(files.get("apps/shop/values/ring/2.yaml") ?? "")).toEqual({
      ordersApi: { deployment: { priorityClassName: "high" } },
    });
  });
});
