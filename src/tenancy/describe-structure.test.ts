import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../catalog/default-catalog.ts";
import { likelyValue } from "../estate/figures/figure.ts";
import type { Workload } from "../estate/kubernetes/workload.ts";
import type { Cluster } from "../estate/model/cluster.ts";
import type { Estate, PlacedObject } from "../estate/model/estate.ts";
import { tenancyLayerNames } from "../estate/model/tenancy-layer.ts";
import type { Tenant } from "../estate/model/tenant.ts";
import { placeWorkloads } from "../scheduling/place-workloads.ts";
import {
  givenCluster,
  givenEstate,
  givenObject,
  givenPlacedObject,
  givenPool,
  givenTenant,
  givenWorkload,
} from "../scheduling/testing/given-estate.ts";
import { describeStructure } from "./describe-structure.ts";
import type { SharedLayer, StructureReport } from "./structure-report.ts";

function structure(given: Partial<Estate>): StructureReport {
  const estate = givenEstate(given);
  return describeStructure(estate, placeWorkloads(estate, defaultCatalog), defaultCatalog);
}

const shop = givenWorkload({ name: "web", namespace: "shop", tenant: "retail", cpu: 500, memoryMiB: 512 });
const ledger = givenWorkload({ name: "ledger", namespace: "treasury", tenant: "treasury", cpu: 500, memoryMiB: 512 });

interface GivenPair {
  readonly accepts?: Tenant["accepts"];
  readonly workloads?: readonly Workload[];
  readonly clusters?: readonly Cluster[];
  readonly objects?: readonly PlacedObject[];
}

/** `retail`, which accepts everything, and `treasury`, which accepts what the test says. */
function pair({ accepts = {}, workloads = [shop, ledger], clusters = [givenCluster()], objects = [] }: GivenPair) {
  const everything = Object.fromEntries(tenancyLayerNames.map((layer) => [layer, "shared" as const]));
  const tenants = [
    givenTenant("platform"),
    givenTenant("retail", { accepts: everything }),
    givenTenant("treasury", { accepts: { ...everything, ...accepts } }),
  ];
  const [found] = structure({ tenants, workloads, clusters, objects }).pairs;
  if (found === undefined) throw new Error("no pair");
  const layer = (name: string): SharedLayer => {
    const one = found.layers.find((each) => each.layer === name);
    if (one === undefined) throw new Error(`no layer ${name}`);
    return one;
  };
  return { ...found, layer };
}

function policies(namespace: string, spec: object, tenant: string): PlacedObject {
  const value = { apiVersion: "networking.k8s.io/v1", metadata: { name: "p", namespace }, spec };
  return givenPlacedObject(givenObject("NetworkPolicy", "p", value), { namespace, tenant });
}

const denyAll = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };

function withEngine(policyEngine: string | undefined): Cluster {
  const cluster = givenCluster();
  return { ...cluster, network: { ...cluster.network, policyEngine } };
}

describe("clusters", () => {
  test("carry pools with their fill, namespaces with their owners, and what does not fit", () => {
    const huge = givenWorkload({ name: "huge", namespace: "shop", tenant: "retail", cpu: 99_000, memoryMiB: 1 });
    const opaque = givenWorkload({
      name: "model",
      kind: "Workspace",
      namespace: "shop",
      tenant: "retail",
      opaque: true,
    });
    const report = structure({
      workloads: [shop, ledger, huge, opaque],
      objects: [givenPlacedObject(givenObject("ConfigMap", "c"), { namespace: "empty", tenant: "unassigned" })],
    });
    const [cluster] = report.clusters;
    const [pool] = cluster?.pools ?? [];
    expect(pool).toMatchObject({ pool: "user", mode: "User", zones: ["1", "2", "3"], vmSize: "Standard_D4s_v5" });
    expect(pool === undefined ? undefined : likelyValue(pool.nodes)).toBe(1);
    expect(pool?.workloads).toEqual([
      { workload: shop.id, pods: 1 },
      { workload: ledger.id, pods: 1 },
    ]);
    // Two workloads of 500m and system pods of 350m, of 3,510m.
    expect(pool?.requested.cpu).toBeCloseTo(1350 / 3510, 12);
    expect(cluster?.namespaces.map(({ namespace, tenant }) => [namespace, tenant])).toEqual([
      ["empty", "unassigned"],
      ["shop", "retail"],
      ["treasury", "treasury"],
    ]);
    expect(cluster?.unplaced).toEqual([{ workload: huge.id, reason: "1 pool (user): cpu 99 of 3.51 free" }]);
  });
});

describe("presence of tenants", () => {
  test("is where their namespaces are and where their pods may run, not where they sit today", () => {
    const pools = [
      givenPool(),
      givenPool({ name: "spare" }),
      givenPool({ name: "closed", taints: [{ key: "x", effect: "NoSchedule" }] }),
    ];
    const report = structure({ workloads: [shop], clusters: [givenCluster({ nodePools: pools })] });
    expect(report.tenants.map(({ tenant }) => tenant)).toEqual(["platform", "retail", "unassigned"]);
    expect(report.tenants[1]).toEqual({
      tenant: "retail",
      trust: "internal",
      classification: undefined,
      clusters: ["main"],
      pools: ["main/spare", "main/user"],
      namespaces: ["main/shop"],
      workloads: 1,
    });
  });

  test("a tenant that only a workload names is there too", () => {
    const report = structure({ tenants: [], workloads: [shop] });
    expect(report.tenants.map(({ tenant, workloads }) => [tenant, workloads])).toEqual([["retail", 1]]);
  });

  test("the platform and absent tenants are in no pair", () => {
    const gitops = givenWorkload({ name: "flux", namespace: "flux", tenant: "platform", cpu: 100, memoryMiB: 100 });
    expect(structure({ workloads: [shop, gitops] }).pairs).toEqual([]);
  });
});

describe("what two tenants share", () => {
  test("on one pool is everything, kernel and pod network included", () => {
    const found = pair({ accepts: { kernel: "separate", podsNetwork: "bounded" } });
    expect(found.layers.map(({ layer }) => layer)).toEqual(tenancyLayerNames);
    const shared = found.layers.filter(({ sharing }) => sharing === "shared").map(({ layer }) => layer);
    expect(shared).toEqual(
      expect.arrayContaining(["subscription", "region", "cluster", "nodePool", "kernel", "podsNetwork"]),
    );
    expect(found.layer("namespace").sharing).toBe("separate");
    expect(found.layer("kernel")).toMatchObject({ accepted: "separate", met: false });
    expect(found.layer("podsNetwork")).toMatchObject({ accepted: "bounded", met: false });
    expect(found.layer("cluster").met).toBe(true);
    expect(found.verdict).toBe(
      "retail and treasury may share the kernel of a node (nothing keeps Deployment/web and Deployment/ledger off one node of main/user), and treasury wants it separate; the pod network falls short too. A sandboxed pool (KataVmIsolation) for treasury and a default-deny policy for treasury with a policy engine on main would lift this.",
    );
  });

  test("a dedicated pool separates the kernel only when neither may run on the other's", () => {
    const taints = [{ key: "tenant", value: "treasury", effect: "NoSchedule" }] as const;
    const clusters = [givenCluster({ nodePools: [givenPool(), givenPool({ name: "treasury", taints })] })];
    const tolerations = [{ key: "tenant", operator: "Exists" }];
    const tolerant = givenWorkload({
      name: "ledger",
      namespace: "treasury",
      tenant: "treasury",
      cpu: 100,
      memoryMiB: 100,
      tolerations,
    });
    const loose = pair({ accepts: { kernel: "separate" }, clusters, workloads: [shop, tolerant] });
    expect(loose.layer("kernel").met).toBe(false);
    const tight = { ...tolerant, nodeSelector: { agentpool: "treasury" } };
    const closed = pair({ accepts: { kernel: "separate" }, clusters, workloads: [shop, tight] });
    expect(closed.layer("nodePool").sharing).toBe("separate");
    expect(closed.layer("kernel")).toMatchObject({ sharing: "separate", met: true });
  });

  test("sandboxed pods have a kernel of their own on a shared pool", () => {
    const clusters = [givenCluster({ nodePools: [givenPool({ workloadRuntime: "KataVmIsolation" })] })];
    const sandboxed = { ...ledger, runtimeClassName: "kata-vm-isolation" };
    const found = pair({ accepts: { kernel: "separate" }, clusters, workloads: [shop, sandboxed] });
    expect(found.layer("nodePool").sharing).toBe("shared");
    expect(found.layer("kernel")).toMatchObject({ sharing: "separate", met: true });
    expect(found.verdict).toContain("share nothing that one of them wants apart");
    const mixed = pair({
      accepts: { kernel: "separate" },
      clusters,
      workloads: [shop, sandboxed, { ...ledger, id: `${ledger.id}2` }],
    });
    expect(mixed.layer("kernel").met).toBe(false);
  });

  test("a namespace with objects of both is shared", () => {
    const found = pair({ accepts: { namespace: "separate" }, workloads: [shop, { ...ledger, namespace: "shop" }] });
    expect(found.layer("namespace")).toMatchObject({
      sharing: "shared",
      met: false,
      because: "both have objects in main/shop",
    });
  });

  test("different clusters separate all but subscription and region", () => {
    const clusters = ["a", "b"].map((name) => givenCluster({ name, subscription: name === "a" ? "one" : "two" }));
    const on = (workload: Workload, cluster: string) => ({
      ...workload,
      cluster,
      id: workload.id.replace("main", cluster),
    });
    const workloads = [on(shop, "a"), on(ledger, "b")];
    const apart = pair({ accepts: { cluster: "separate", kernel: "separate" }, clusters, workloads });
    expect(apart.layers.filter(({ sharing }) => sharing === "shared").map(({ layer }) => layer)).toEqual(["region"]);
    expect(apart.layers.every(({ met }) => met !== false)).toBe(true);
    const undeclared = pair({
      clusters: clusters.map((cluster) => ({ ...cluster, subscription: undefined })),
      workloads,
      accepts: { subscription: "separate" },
    });
    expect(undeclared.layer("subscription")).toMatchObject({ sharing: "unknown", met: "notEvaluable" });
    expect(undeclared.verdict).toBe(
      "Whether retail and treasury share a subscription cannot be told: the subscription of cluster a is not declared.",
    );
  });
});

describe("the pod network", () => {
  const demanding = { podsNetwork: "separate" } as const;
  const deny = [policies("shop", denyAll, "retail"), policies("treasury", denyAll, "treasury")];

  test("is separate when policies let nothing pass and an engine enforces them", () => {
    const found = pair({ accepts: demanding, objects: deny, clusters: [withEngine("cilium")] });
    expect(found.layer("podsNetwork")).toMatchObject({ sharing: "separate", met: true });
  });

  test("is shared when no engine enforces them, unknown when none is declared", () => {
    expect(pair({ accepts: demanding, objects: deny, clusters: [withEngine("none")] }).layer("podsNetwork").met).toBe(
      false,
    );
    const unknown = pair({ accepts: demanding, objects: deny, clusters: [withEngine(undefined)] });
    expect(unknown.layer("podsNetwork")).toMatchObject({ sharing: "unknown", met: "notEvaluable" });
  });

  test("is bounded when policies allow some connection", () => {
    const from = [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } } }];
    const allow = { podSelector: {}, ingress: [{ from, ports: [{ port: 443 }] }] };
    const objects = [policies("treasury", allow, "treasury")];
    const found = pair({ accepts: { podsNetwork: "bounded" }, objects, clusters: [withEngine("azure")] });
    // The policy restricts what reaches treasury; nothing restricts what treasury reaches.
    expect(found.layer("podsNetwork")).toMatchObject({ sharing: "shared", met: false });
    const both = [...objects, policies("shop", { podSelector: {}, policyTypes: ["Ingress"] }, "retail")];
    const bounded = pair({ accepts: { podsNetwork: "bounded" }, objects: both, clusters: [withEngine("azure")] });
    expect(bounded.layer("podsNetwork")).toMatchObject({ sharing: "bounded", met: true });
    expect(bounded.layer("podsNetwork").because).toBe("policies on main let Deployment/web reach Deployment/ledger");
  });

  test("is unknown where policies of another kind stand", () => {
    const calico = givenObject("GlobalNetworkPolicy", "c", { apiVersion: "crd.projectcalico.org/v1" });
    const found = pair({
      accepts: demanding,
      objects: [...deny, givenPlacedObject(calico)],
      clusters: [withEngine("calico")],
    });
    expect(found.layer("podsNetwork")).toMatchObject({ sharing: "unknown", met: "notEvaluable" });
  });

  test("spans the environments of a cluster", () => {
    const staged = { ...ledger, environment: "staging", id: ledger.id.replace("prod/", "staging/") };
    const found = pair({ accepts: demanding, workloads: [shop, staged], clusters: [withEngine("cilium")] });
    expect(found.layer("podsNetwork").sharing).toBe("shared");
  });
});

test("nothing stated about a shared layer leaves it open", () => {
  const tenants = [givenTenant("retail"), givenTenant("treasury")];
  const [found] = structure({ tenants, workloads: [shop, ledger] }).pairs;
  expect(found?.layers.find(({ layer }) => layer === "kernel")).toMatchObject({
    accepted: undefined,
    met: "notEvaluable",
  });
  expect(found?.layers.find(({ layer }) => layer === "namespace")?.met).toBe(true);
  expect(found?.verdict).toBe(
    "retail and treasury may share the kernel of a node (nothing keeps Deployment/web and Deployment/ledger off one node of main/user), and neither says whether it accepts that.",
  );
});

test("of very many tenants only pairs that tell something are listed", () => {
  const names = Array.from({ length: 210 }, (_, index) => `t${index}`);
  const accepts = Object.fromEntries(tenancyLayerNames.map((layer) => [layer, "shared" as const]));
  const tenants = names.map((name) =>
    givenTenant(name, { accepts: name === "t7" ? { ...accepts, kernel: "separate" } : accepts }),
  );
  const workloads = names.map((name) => givenWorkload({ name, namespace: name, tenant: name, cpu: 1, memoryMiB: 1 }));
  const report = structure({ tenants, workloads });
  expect(report.pairs).toHaveLength(209);
  expect(report.pairs.every((each) => each.tenants.includes("t7"))).toBe(true);
});
