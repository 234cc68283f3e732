import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadEstate } from "../../estate/load-estate.ts";
import type { NodePool } from "../../estate/model/cluster.ts";
import { memorySources } from "../../estate/sources/memory-sources.ts";
import { poolChanges } from "../../planning/documents/pool-changes.ts";
import { EstateDocuments } from "./write-documents.ts";

const text = `# The cluster of the shop.
apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: prod}
spec:
  region: westeurope # near the users
  nodePools:
    - name: system
      mode: System
      vmSize: Standard_D4s_v5
      zones: ["1", "2", "3"]
      count: 3
    # Sized in 2024.
    - name: general
      mode: User
      vmSize: Standard_D8s_v5
      zones: ["1", "2", "3"]
      autoscaling: {min: 3, max: 6} # twice
      upgrade: {maxSurge: "33%", drainTimeout: 30m}
    # For a job that is gone.
    - name: batch
      mode: User
      vmSize: Standard_D16s_v5
      zones: []
      count: 1
`;

const document = { kind: "Cluster", name: "prod" } as const;

function clusterOf(texts: { readonly [path: string]: string }) {
  const [cluster] = loadEstate(memorySources(texts)).clusters;
  if (cluster === undefined) throw new Error("the text declares a cluster");
  return cluster;
}

/** The text with these pools in the place of its own. */
function rewritten(before: string, pools: readonly NodePool[]): string {
  const texts = { "estate.yaml": before };
  const changes = poolChanges(clusterOf(texts), pools);
  if (changes.length === 0) return before;
  const { texts: after, unwritten } = new EstateDocuments(memorySources(texts)).write([
    { kind: "edit", document, changes },
  ]);
  expect(unwritten).toEqual([]);
  return after.get("estate.yaml") ?? before;
}

/** The pool without where it is declared. */
function plain(pool: NodePool): NodePool {
  const { place: _place, vmSizePlace: _size, declared: _part, ...rest } = pool;
  return rest;
}

const zones = fc.constantFrom<readonly string[]>([], ["1"], ["1", "2", "3"]);
const taint = fc.record({
  key: fc.constantFrom("dedicated", "CriticalAddonsOnly", "example.com/pool"),
  value: fc.constantFrom("true", "treasury", "1e3", "no"),
  effect: fc.constantFrom("NoSchedule" as const, "NoExecute" as const),
});
const pool = fc
  .record({
    mode: fc.constantFrom("System" as const, "User" as const),
    vmSize: fc.constantFrom("Standard_D4s_v5", "Standard_D8ds_v5", "Standard_E4ads_v5"),
    zones,
    minimumNodes: fc.integer({ min: 0, max: 9 }),
    more: fc.integer({ min: 0, max: 9 }),
    autoscaling: fc.boolean(),
    maxPods: fc.integer({ min: 10, max: 250 }),
    osSku: fc.constantFrom("Ubuntu", "AzureLinux"),
    osDisk: fc.record({
      type: fc.constantFrom("Ephemeral" as const, "Managed" as const),
      sizeGiB: fc.option(fc.integer({ min: 30, max: 512 }), { nil: undefined }),
    }),
    taints: fc.uniqueArray(taint, { maxLength: 2, selector: ({ key }) => key }),
    labels: fc.dictionary(fc.constantFrom("pool", "example.com/team"), fc.constantFrom("a", "on", "0644")),
    spot: fc.boolean(),
    workloadRuntime: fc.constantFrom("OCIContainer", "KataVmIsolation"),
    drainTimeoutSeconds: fc.option(fc.integer({ min: 1, max: 20_000 }), { nil: undefined }),
  })
  .map(
    ({ more, drainTimeoutSeconds, ...fields }): Omit<NodePool, "name"> => ({
      ...fields,
      cluster: "prod",
      maximumNodes: fields.minimumNodes + (fields.autoscaling ? more : 0),
      countDeclared: true,
      spotMaxPrice: undefined,
      upgrade: drainTimeoutSeconds === undefined ? {} : { drainTimeoutSeconds },
      linux: { sysctls: {} },
    }),
  );
const pools = fc
  .uniqueArray(fc.tuple(fc.constantFrom("system", "system2", "general", "general2", "data", "spot"), pool), {
    minLength: 1,
    maxLength: 5,
    selector: ([name]) => name,
  })
  .map((named) => named.map(([name, fields]): NodePool => ({ ...fields, name })));

describe("pools of a Cluster document", () => {
  test("are read again as they were written, whatever was there before", () => {
    fc.assert(
      fc.property(pools, pools, (first, second) => {
        const once = rewritten(text, first);
        const twice = rewritten(once, second);
        const read = clusterOf({ "estate.yaml": twice }).nodePools.map(plain);
        const byName = (list: readonly { readonly name: string }[]) => new Map(list.map((each) => [each.name, each]));
        expect(byName(read)).toEqual(byName(second));
      }),
      { numRuns: 60, seed: 8 },
    );
  });

  test("are not touched by writing them again", () => {
    fc.assert(
      fc.property(pools, (planned) => {
        const once = rewritten(text, planned);
        expect(rewritten(once, planned)).toBe(once);
      }),
      { numRuns: 60, seed: 9 },
    );
  });

  test("keep what is not theirs: comments, other fields, the style of what stays", () => {
    const planned = clusterOf({ "estate.yaml": text }).nodePools.flatMap((each) =>
      each.name === "batch"
        ? []
        : [each.name === "general" ? { ...each, name: "general2", vmSize: "Standard_E8ds_v5" } : each],
    );
    const expected = text
      .replace("name: general", "name: general2")
      .replace("Standard_D8s_v5", "Standard_E8ds_v5")
      .replace(/ {4}# For a job[\s\S]*$/, "");
    expect(rewritten(text, planned)).toBe(expected);
  });
});

describe("documents", () => {
  const tenant = "apiVersion: scantling/v1alpha1\nkind: Tenant\nmetadata: {name: a}\nspec: {trust: team}\n";
  const create = (name: string) =>
    ({
      kind: "create",
      document: { kind: "Tenant", name },
      spec: { trust: "internal" },
      beside: { kind: "Tenant", name: "a" },
    }) as const;

  test("that are new get a file where their siblings have one each", () => {
    const { texts } = new EstateDocuments(memorySources({ "tenants/a.yml": tenant })).write([create("b")]);
    expect([...texts]).toEqual([["tenants/b.yml", tenant.replace("name: a", "name: b").replace("team", "internal")]]);
  });

  test("that are new go to the end of the file that their siblings share", () => {
    const shared = `${tenant}---\n${tenant.replace("name: a", "name: c")}`;
    const { texts } = new EstateDocuments(memorySources({ "tenants.yaml": shared })).write([create("b")]);
    expect(texts.get("tenants.yaml")).toBe(
      `${shared}---\n${tenant.replace("name: a", "name: b").replace("team", "internal")}`,
    );
  });

  test("that go leave the others of their file as they are", () => {
    const shared = `# First.\n${text}---\n${tenant}`;
    const { texts } = new EstateDocuments(memorySources({ "estate.yaml": shared })).write([
      { kind: "remove", document },
    ]);
    expect(loadEstate(memorySources(Object.fromEntries(texts))).tenants.some(({ name }) => name === "a")).toBe(true);
    expect(texts.get("estate.yaml")).not.toContain("kind: Cluster");
  });

  test("with a field that cannot be edited are left whole, with the reason", () => {
    const changes = [
      { path: ["spec", "tier"], value: "Free" },
      { path: ["spec", "region", "name"], value: "x" },
    ];
    const { texts, unwritten } = new EstateDocuments(memorySources({ "estate.yaml": text })).write([
      { kind: "edit", document, changes },
    ]);
    expect(texts.size).toBe(0);
    expect(unwritten.map(({ reason }) => reason)).toEqual(["something else stands where the field belongs"]);
  });
});
