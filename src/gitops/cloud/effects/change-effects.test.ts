import { describe, expect, it } from "vitest";
import type { CloudResource, ResourceGraph, ResourceValue } from "../graph/resource-graph.ts";
import { resourceGroupType, resourceKey } from "../graph/resource-value.ts";
import { changeEffects } from "./change-effects.ts";
import { rollingCost } from "./rolling-cost.ts";

const subscription = "prod";
const group = resourceKey({ type: resourceGroupType, name: "rg", subscription });
const clusterType = "Microsoft.ContainerService/managedClusters";
const clusterKey = resourceKey({ type: clusterType, name: "aks", resourceGroup: group, subscription });

type Properties = { readonly [name: string]: ResourceValue };

function resource(type: string, name: string, parent: string | undefined, properties: Properties): CloudResource {
  const above = parent === undefined ? undefined : { key: parent, type: clusterType };
  const resourceGroup = parent === undefined ? group : undefined;
  const key = resourceKey({ type, name, parent: above, resourceGroup, subscription });
  return {
    key,
    type,
    name,
    parent,
    resourceGroup,
    subscription,
    part: "aks",
    location: undefined,
    properties,
    tells: "",
  };
}

function graph(cluster: Properties, system: Properties, user: Properties): ResourceGraph {
  return {
    resources: [
      resource(clusterType, "aks", undefined, { kubernetesVersion: "1.34", ...cluster }),
      resource(`${clusterType}/agentPools`, "system", clusterKey, {
        mode: "System",
        vmSize: "D4",
        count: 3,
        ...system,
      }),
      resource(`${clusterType}/agentPools`, "user", clusterKey, { mode: "User", vmSize: "D8", maxCount: 10, ...user }),
    ],
  };
}

const before = graph({}, {}, {});
const kinds = (after: ResourceGraph, target: Parameters<typeof changeEffects>[2]) =>
  changeEffects(before, after, target).map(({ path, kind, stage }) => `${path} ${kind} ${stage}`);

describe("effects of a change", () => {
  it("brings the control plane before its pools", () => {
    const after = graph({ kubernetesVersion: "1.35" }, { orchestratorVersion: "1.35" }, {});
    expect(kinds(after, "bicep")).toEqual([
      "properties.kubernetesVersion rolling 1",
      "properties.orchestratorVersion rolling 2",
    ]);
  });

  it("hides no edit of tags: they are changed in place on every target", () => {
    const tagged = (graph: ResourceGraph, ring: string) => ({
      resources: graph.resources.map((each) => (each.key === clusterKey ? { ...each, tags: { ring } } : each)),
    });
    const [one, other] = [tagged(before, "canary"), tagged(before, "broad")];
    for (const target of ["bicep", "terraform", "crossplane"] as const) {
      expect(changeEffects(one, other, target)).toMatchObject([
        { path: "tags.ring", before: "canary", after: "broad", kind: "inPlace", stage: 1, source: "aks-tags" },
      ]);
    }
    expect(changeEffects(before, one, "bicep")).toMatchObject([{ path: "tags.ring", kind: "inPlace" }]);
  });

  it("tells targets apart: Azure refuses a size that Terraform rotates and Crossplane cannot write", () => {
    const after = graph({}, {}, { vmSize: "D16" });
    expect(kinds(after, "serviceOperator")).toEqual(["properties.vmSize reject 1"]);
    expect(kinds(after, "terraform")).toEqual(["properties.vmSize rotate 1"]);
    expect(kinds(after, "crossplane")).toEqual(["properties.vmSize reject 1"]);
  });

  it("knows the first pool of Terraform, which goes with its cluster", () => {
    expect(kinds(graph({}, { scaleSetPriority: "Spot" }, {}), "terraform")).toEqual([
      "properties.scaleSetPriority recreateCluster 1",
    ]);
    expect(kinds(graph({}, {}, { scaleSetPriority: "Spot" }), "terraform")).toEqual([
      "properties.scaleSetPriority recreatePool 1",
    ]);
  });

  it("takes the most exact path of the table, and says of the rest that it is in place", () => {
    const after = graph(
      { networkProfile: { podCidr: "10.0.0.0/16", natGatewayProfile: { idleTimeoutInMinutes: 4 } } },
      {},
      {},
    );
    expect(kinds(after, "terraform")).toEqual([
      "properties.networkProfile.natGatewayProfile.idleTimeoutInMinutes inPlace 1",
      "properties.networkProfile.podCidr recreateCluster 1",
    ]);
    const first = graph({ networkProfile: { podCidr: "10.0.0.0/16" } }, {}, {});
    const [range] = changeEffects(first, graph({ networkProfile: { podCidr: "10.1.0.0/16" } }, {}, {}), "terraform");
    expect([range?.kind, range?.source, range?.verified]).toEqual(["recreateCluster", "azurerm-cluster", true]);
    expect(kinds(graph({}, {}, { maxCount: 12 }), "terraform")).toEqual(["properties.maxCount inPlace 1"]);
  });

  it("says of Pulumi that only a preview tells, wherever something would be refused or made anew", () => {
    expect(kinds(graph({}, {}, { vmSize: "D16", maxCount: 12 }), "pulumi")).toEqual([
      "properties.maxCount inPlace 1",
      "properties.vmSize unknown 1",
    ]);
  });

  it("looks at the values where the effect hangs on them", () => {
    const [cilium, azure] = ["cilium", "azure"].map((networkDataplane) =>
      graph({ networkProfile: { networkDataplane } }, {}, {}),
    );
    if (cilium === undefined || azure === undefined) expect.unreachable();
    expect(changeEffects(azure, cilium, "terraform").map(({ kind }) => kind)).toEqual(["rollingAllPools"]);
    expect(changeEffects(cilium, azure, "terraform").map(({ kind }) => kind)).toEqual(["recreateCluster"]);
    expect(changeEffects(cilium, azure, "crossplane").map(({ kind }) => kind)).toEqual(["reject"]);
    const systems = (osSKU: string) => graph({}, { osSKU }, { osSKU });
    const effects = (from: string, to: string) =>
      changeEffects(systems(from), systems(to), "terraform").map(({ kind }) => kind);
    expect(effects("Ubuntu", "AzureLinux")).toEqual(["inPlace", "inPlace"]);
    expect(effects("Ubuntu", "Ubuntu2204")).toEqual(["rotate", "recreatePool"]);
  });

  it("lets an OIDC issuer be turned on, never off", () => {
    const on = graph({ oidcIssuerProfile: { enabled: true } }, {}, {});
    const off = graph({ oidcIssuerProfile: { enabled: false } }, {}, {});
    expect(changeEffects(off, on, "bicep").map(({ kind }) => kind)).toEqual(["inPlace"]);
    expect(changeEffects(on, off, "bicep").map(({ kind }) => kind)).toEqual(["reject"]);
  });

  it("tells what comes and goes", () => {
    const without = { resources: before.resources.filter(({ name }) => name !== "user") };
    expect(changeEffects(before, without, "bicep").map(({ kind }) => kind)).toEqual(["delete"]);
    expect(changeEffects(without, before, "bicep").map(({ kind }) => kind)).toEqual(["create"]);
  });
});

describe("the cost of replacing nodes", () => {
  it("is ceil(nodes x share) surge nodes for ceil(nodes / surge) rounds", () => {
    const settings = { maxSurge: "33%", drainTimeoutInMinutes: 30, nodeSoakDurationInMinutes: 5 };
    const cost = rollingCost({ maxCount: 10, upgradeSettings: settings }, false);
    expect(cost).toEqual({ nodes: 10, surgeNodes: 4, hours: (3 * 40) / 60, surgeNodeHours: 8, isAbrupt: false });
  });

  it("is a second pool, undrained, in a rotation", () => {
    const cost = rollingCost({ count: 6 }, true);
    expect(cost).toEqual({ nodes: 6, surgeNodes: 6, hours: 10 / 60, surgeNodeHours: 1, isAbrupt: true });
  });
});
