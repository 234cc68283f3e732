import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import type { Tenant } from "../../estate/model/tenant.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import {
  givenCluster,
  givenEstate,
  givenObject,
  givenPlacedObject,
  givenTenant,
  givenWorkload,
} from "../../scheduling/testing/given-estate.ts";
import { describeStructure } from "../describe-structure.ts";

const separate = { podsNetwork: "separate", nodePool: "separate", kernel: "separate" } as const;
const web = givenWorkload({ name: "web", namespace: "a", tenant: "a", cpu: 100, memoryMiB: 100 });
const ledger = givenWorkload({ name: "ledger", namespace: "b", tenant: "b", cpu: 100, memoryMiB: 100 });

function pairsOf(given: Partial<Estate>) {
  const estate = givenEstate({ tenants: [givenTenant("a"), givenTenant("b", { accepts: separate })], ...given });
  return describeStructure(estate, placeWorkloads(estate, defaultCatalog), defaultCatalog).pairs;
}

function layersOf(given: Partial<Estate>) {
  const [pair] = pairsOf({ workloads: [web, ledger], ...given });
  return Object.fromEntries((pair?.layers ?? []).map((layer) => [layer.layer, layer]));
}

function withEngine(policyEngine: string | undefined) {
  const cluster = givenCluster();
  return [{ ...cluster, network: { ...cluster.network, policyEngine } }];
}

/** One policy for both directions in the namespace of each tenant. */
function bothWays(peer: object, ports: object = {}): PlacedObject[] {
  return ["a", "b"].map((namespace) => {
    const spec = { podSelector: {}, ingress: [{ from: [peer], ...ports }], egress: [{ to: [peer], ...ports }] };
    const value = { apiVersion: "networking.k8s.io/v1", metadata: { name: "p", namespace }, spec };
    return givenPlacedObject(givenObject("NetworkPolicy", "p", value), { namespace, tenant: namespace });
  });
}

function namespaceObject(name: string, labels: object): PlacedObject {
  const value = { apiVersion: "v1", metadata: { name, labels } };
  return { ...givenPlacedObject(givenObject("Namespace", name, value), { tenant: name }), namespace: undefined };
}

describe("address ranges in policies", () => {
  const everywhere = { ipBlock: { cidr: "0.0.0.0/0" } };
  const https = { ports: [{ port: 443 }] };

  test.each([
    ["azure", everywhere, {}, "shared", false],
    ["calico", everywhere, {}, "shared", false],
    ["cilium", everywhere, {}, "separate", true],
    [undefined, everywhere, {}, "unknown", "notEvaluable"],
    ["azure", everywhere, https, "bounded", false],
    ["azure", { ipBlock: { cidr: "10.0.0.0/8" } }, {}, "unknown", "notEvaluable"],
    ["azure", { ipBlock: { cidr: "20.0.0.0/8" } }, {}, "separate", true],
    ["cilium", { ipBlock: { cidr: "10.0.0.0/8" } }, {}, "separate", true],
  ])("%s, %j, %j: %s", (engine, peer, ports, sharing, met) => {
    const found = layersOf({ clusters: withEngine(engine), objects: bothWays(peer, ports) });
    expect(found.podsNetwork).toMatchObject({ sharing, met });
  });

  test("say which range leaves the doubt", () => {
    const objects = bothWays({ ipBlock: { cidr: "10.0.0.0/8" } });
    expect(layersOf({ clusters: withEngine("azure"), objects }).podsNetwork?.because).toBe(
      "Deployment/web may reach Deployment/ledger: NetworkPolicy p allows 10.0.0.0/8, and which addresses the pods of main have is not declared",
    );
  });
});

describe("namespaces by label", () => {
  const peer = { namespaceSelector: { matchLabels: { team: "x" } } };
  const clusters = withEngine("cilium");

  test("that no manifest declares leave it open, unless all is declared", () => {
    const objects = bothWays(peer);
    expect(layersOf({ clusters, objects }).podsNetwork).toMatchObject({
      sharing: "unknown",
      met: "notEvaluable",
      because:
        "Deployment/web may reach Deployment/ledger: NetworkPolicy p selects namespaces by label, and the Namespace a is not among the manifests",
    });
    expect(layersOf({ clusters, objects, complete: true }).podsNetwork).toMatchObject({
      sharing: "separate",
      met: true,
    });
  });

  test.each([
    ["x", "bounded"],
    ["y", "separate"],
  ])("with a declared label %s: %s", (team, sharing) => {
    const declared = ["a", "b"].map((name) => namespaceObject(name, { team }));
    const ports = { ports: [{ port: 443 }] };
    expect(layersOf({ clusters, objects: [...bothWays(peer, ports), ...declared] }).podsNetwork?.sharing).toBe(sharing);
  });

  test("are known by name without a manifest", () => {
    const named = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "c", team: "x" } } };
    expect(layersOf({ clusters, objects: bothWays(named) }).podsNetwork?.sharing).toBe("separate");
  });

  test("an empty selector and an empty rule bound nothing", () => {
    expect(layersOf({ clusters, objects: bothWays({ namespaceSelector: {} }) }).podsNetwork?.sharing).toBe("shared");
  });
});

test("a pod on the host network reaches the pods of its node past any policy", () => {
  const deny = bothWays({ podSelector: {} });
  const clusters = withEngine("cilium");
  expect(layersOf({ clusters, objects: deny }).podsNetwork?.sharing).toBe("separate");
  const found = layersOf({ clusters, objects: deny, workloads: [{ ...web, hostNetwork: true }, ledger] });
  expect(found.podsNetwork).toMatchObject({
    sharing: "shared",
    met: false,
    lift: "a pool of its own with a taint for b",
  });
});

test("a tenant with a namespace and no known workload is apart only when all is declared", () => {
  const config = givenPlacedObject(givenObject("ConfigMap", "c"), { namespace: "b", tenant: "b" });
  const given = { workloads: [web], objects: [config], clusters: withEngine("cilium") };
  const open = layersOf(given);
  for (const layer of [open.nodePool, open.node, open.podsNetwork]) {
    expect(layer).toMatchObject({
      sharing: "unknown",
      met: "notEvaluable",
      because: "no workload of b on main is known",
    });
  }
  const closed = layersOf({ ...given, complete: true });
  for (const layer of [closed.nodePool, closed.node, closed.podsNetwork]) {
    expect(layer).toMatchObject({ sharing: "separate", met: true });
  }
});

describe("the order of pairs", () => {
  const workloads = ["a", "b", "c", "d"].map((name) =>
    givenWorkload({ name, namespace: name, tenant: name, cpu: 100, memoryMiB: 100 }),
  );
  const order = (tenants: readonly Tenant[]) =>
    pairsOf({ tenants, workloads, classifications: ["public", "internal", "confidential"] }).map((pair) =>
      pair.tenants.join(""),
    );

  test("is by trust, then by classification, then by how much falls short", () => {
    const kernel = { kernel: "separate" } as const;
    const tenants = [
      givenTenant("a", { accepts: kernel, trust: "team" }),
      givenTenant("b", { accepts: separate, trust: "team" }),
      givenTenant("c", { accepts: separate, trust: "team", classification: "confidential" }),
      givenTenant("d", { accepts: separate, trust: "external", classification: "public" }),
    ];
    expect(order(tenants)).toEqual(["cd", "ad", "bd", "ac", "bc", "ab"]);
  });

  test("puts what falls short before what cannot be told", () => {
    const tenants = [
      givenTenant("a", { trust: "hostile" }),
      givenTenant("b", { trust: "hostile" }),
      givenTenant("c", { trust: "team", accepts: separate }),
      givenTenant("d", { trust: "team" }),
    ];
    expect(order(tenants)).toEqual(["ac", "bc", "cd", "ab", "ad", "bd"]);
  });
});

test("witnesses come from the last stage of promotion", () => {
  const stages = ["dev", "staging", "prod"];
  const environments = stages.map((name) => ({ name, criticality: "low", hours: "always", timeZone: "UTC" }) as const);
  const clusters = stages.map((name) => givenCluster({ name: `${name}-weu`, environments: [name] }));
  const workloads = stages.flatMap((stage) =>
    [web, ledger].map((workload) => ({
      ...workload,
      id: `${stage}/${workload.id}`,
      label: `${stage}/${workload.name}`,
      environment: stage,
      cluster: `${stage}-weu`,
    })),
  );
  const [pair] = pairsOf({ environments, clusters, workloads });
  const layer = (name: string) => pair?.layers.find((each) => each.layer === name)?.because;
  expect(layer("kernel")).toBe(
    "nothing keeps prod/web and prod/ledger off one node of prod-weu/user, staging-weu/user and dev-weu/user",
  );
  expect(layer("podsNetwork")).toBe("on prod-weu no policy keeps prod/web from prod/ledger");
});

describe("what would lift a gap", () => {
  const verdict = (accepts: Tenant["accepts"], other: Tenant["accepts"] = {}) => {
    const tenants = [givenTenant("a", { accepts: other }), givenTenant("b", { accepts })];
    return pairsOf({ tenants, workloads: [web, ledger], clusters: withEngine("none") })[0]?.verdict;
  };

  test("is a pool where the pool must be apart, for whoever asks for it", () => {
    expect(verdict({ nodePool: "separate", kernel: "separate" })).toContain(
      "b wants it separate; the node pool falls short too. A pool of its own with a taint for b would lift this.",
    );
    expect(verdict(separate, separate)).toContain(
      "a and b want it separate; the pod network and the node pool fall short too. A pool of its own with a taint for one of them and a default-deny policy for one of them with a policy engine on main would lift this.",
    );
  });

  test("is a sandbox where only the kernel must be apart", () => {
    expect(verdict({ kernel: "separate" })).toContain(" A sandboxed pool (KataVmIsolation) for b would lift this.");
  });

  test("is the widest place where that must be apart", () => {
    expect(verdict({ ...separate, cluster: "separate" })).toContain(". A cluster of its own for b would lift this.");
    expect(verdict({ cluster: "separate", subscription: "separate" })).toContain(
      ". A cluster in a subscription of its own for b would lift this.",
    );
  });
});

describe("clusters apart", () => {
  test.each([
    ["azurePodSubnet", "hub", "hub", "unknown", "notEvaluable"],
    ["azurePodSubnet", "hub", "spoke", "separate", true],
    ["azureOverlay", "hub", "hub", "separate", true],
  ])("%s in %s and %s: %s", (plugin, one, other, sharing, met) => {
    const clusters = [
      ["main", one],
      ["other", other],
    ].map(([name = "", network = ""]) => {
      const cluster = givenCluster({ name });
      return { ...cluster, network: { ...cluster.network, plugin, name: network, policyEngine: "cilium" } };
    });
    const moved = { ...ledger, cluster: "other", id: ledger.id.replace("main", "other") };
    expect(layersOf({ clusters, workloads: [web, moved], complete: true }).podsNetwork).toMatchObject({ sharing, met });
  });
});
