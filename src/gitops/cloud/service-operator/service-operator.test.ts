import { loadAll } from "js-yaml";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { CloudResource, ResourceGraph } from "../graph/resource-graph.ts";
import { resourceKey } from "../graph/resource-value.ts";
import { operatorObjects } from "./operator-objects.ts";
import { readServiceOperator } from "./read-service-operator.ts";
import { serviceOperatorFiles } from "./service-operator-files.ts";

const subscription = "Shop Prod";
const groupKey = resourceKey({ type: "Microsoft.Resources/resourceGroups", name: "rg-shop", subscription });
const of = (type: string, name: string) => resourceKey({ type, name, subscription, resourceGroup: groupKey });
const clusterType = "Microsoft.ContainerService/managedClusters";
const clusterKey = of(clusterType, "aks-shop");
const identityType = "Microsoft.ManagedIdentity/userAssignedIdentities";
const identityKey = of(identityType, "id-shop");
const networkKey = of("Microsoft.Network/virtualNetworks", "vnet");
const subnetKey = `${networkKey}/subnets/nodes`;

function resource(given: Partial<CloudResource> & Pick<CloudResource, "key" | "type" | "name">): CloudResource {
  const above = given.parent === undefined ? { resourceGroup: groupKey } : { resourceGroup: undefined };
  return {
    parent: undefined,
    ...above,
    subscription,
    part: "shop",
    location: undefined,
    properties: {},
    tells: "Cluster/shop",
    ...given,
  };
}

function pool(name: string, mode: string, more: CloudResource["properties"] = {}): CloudResource {
  return resource({
    key: `${clusterKey}/agentPools/${name}`,
    type: `${clusterType}/agentPools`,
    name,
    parent: clusterKey,
    properties: { mode, vmSize: "Standard_D4ds_v5", vnetSubnetID: { $ref: subnetKey }, ...more },
  });
}

const graph: ResourceGraph = {
  resources: [
    {
      ...resource({ key: groupKey, type: "Microsoft.Resources/resourceGroups", name: "rg-shop" }),
      resourceGroup: undefined,
      location: "westeurope",
    },
    resource({
      key: clusterKey,
      type: clusterType,
      name: "aks-shop",
      location: "westeurope",
      sku: { name: "Base", tier: "Standard" },
      identity: { type: "UserAssigned", userAssignedIdentities: [{ $ref: identityKey }] },
      tags: { estate: "shop" },
      properties: {
        kubernetesVersion: "1.36",
        aadProfile: { managed: true, adminGroupObjectIDs: [{ $parameter: "adminGroup", secure: false }] },
        autoScalerProfile: { "balance-similar-node-groups": "true" },
      },
    }),
    pool("system", "System", { enableAutoScaling: true, minCount: 3, maxCount: 6, count: 3 }),
    pool("spare", "System"),
    pool("user", "User", { count: 2 }),
    resource({ key: identityKey, type: identityType, name: "id-shop", location: "westeurope" }),
    resource({
      key: `${identityKey}/federatedIdentityCredentials/web`,
      type: `${identityType}/federatedIdentityCredentials`,
      name: "web",
      parent: identityKey,
      properties: {
        audiences: ["api://AzureADTokenExchange"],
        issuer: { $ref: clusterKey, output: "properties.oidcIssuerProfile.issuerURL" },
        subject: "system:serviceaccount:shop:web",
      },
    }),
    resource({
      key: `${clusterKey}/providers/Microsoft.Authorization/roleAssignments/a`,
      type: "Microsoft.Authorization/roleAssignments",
      name: "a",
      parent: clusterKey,
      properties: {
        principalId: { $ref: identityKey, output: "properties.principalId" },
        roleDefinitionId: "/providers/Microsoft.Authorization/roleDefinitions/1",
      },
    }),
    resource({ key: networkKey, type: "Microsoft.Network/virtualNetworks", name: "vnet", location: "westeurope" }),
    resource({
      key: subnetKey,
      type: "Microsoft.Network/virtualNetworks/subnets",
      name: "nodes",
      parent: networkKey,
      properties: { addressPrefix: "10.0.0.0/22" },
    }),
    resource({
      key: of("Microsoft.DBforPostgreSQL/flexibleServers", "pg"),
      type: "Microsoft.DBforPostgreSQL/flexibleServers",
      name: "pg",
      location: "westeurope",
      properties: {
        administratorLogin: { $parameter: "login", secure: false },
        administratorLoginPassword: { $parameter: "password", secure: true },
        network: { delegatedSubnetResourceId: { $ref: subnetKey } },
      },
    }),
  ],
};

function readBack(of: ResourceGraph) {
  const documents = serviceOperatorFiles(of).flatMap(({ text }) => loadAll(text) as readonly JsonObject[]);
  return readServiceOperator(documents);
}

function comparable({ resources }: ResourceGraph) {
  return resources
    .map((each): CloudResource => {
      const { count: _, ...rest } = each.properties;
      const properties = each.properties["enableAutoScaling"] === true ? rest : each.properties;
      return { ...each, part: "", tells: "", properties };
    })
    .toSorted((left, right) => (left.key < right.key ? -1 : 1));
}

describe("Azure Service Operator", () => {
  it("says the whole graph: references, parameters, secrets, and what is known only later", () => {
    const { graph: read, problems } = readBack(graph);
    expect(problems).toEqual([]);
    expect(comparable(read)).toEqual(comparable(graph));
  });

  it("writes the first system pool within the cluster, and no pool twice", () => {
    const { objects } = operatorObjects(graph);
    const pools = objects
      .filter(({ kind }) => kind.kind === "ManagedClustersAgentPool")
      .map(({ spec }) => spec["azureName"]);
    const cluster = objects.find(({ kind }) => kind.kind === "ManagedCluster");
    expect(pools).toEqual(["system", "user"]);
    expect(cluster?.spec["agentPoolProfiles"]).toMatchObject([{ name: "spare" }]);
  });

  it("leaves the count of an autoscaled pool to the autoscaler", () => {
    const specs = operatorObjects(graph).objects.map(({ spec }) => spec);
    expect(specs.find(({ azureName }) => azureName === "system")).not.toHaveProperty("count");
    expect(specs.find(({ azureName }) => azureName === "user")).toHaveProperty("count", 2);
  });

  it("names what it cannot say, and leaves just that out", () => {
    const odd = resource({
      key: of("Microsoft.Cdn/profiles", "front"),
      type: "Microsoft.Cdn/profiles",
      name: "front",
    });
    const vault = resource({
      key: of("Microsoft.KeyVault/vaults", "kv"),
      type: "Microsoft.KeyVault/vaults",
      name: "kv",
      location: "westeurope",
      properties: {
        tenantId: { $parameter: "tenant", secure: false },
        createMode: { $ref: odd.key, output: "properties.x" },
        enabledFor: { $text: ["a", { $ref: clusterKey }] },
        frontId: { $ref: odd.key },
      },
    });
    const { objects, gaps } = operatorObjects({ resources: [...graph.resources, odd, vault] });
    expect(gaps.map(({ resource: key, path }) => [key, path])).toEqual([
      [odd.key, ""],
      [vault.key, "properties.createMode"],
      [vault.key, "properties.enabledFor"],
      [vault.key, "properties.frontId"],
    ]);
    expect(objects.at(-1)?.spec["properties"]).toEqual({ tenantId: "tenant" });
  });

  it("says of objects without an owner that they have no place", () => {
    const lost = {
      apiVersion: "cache.azure.com/v1api20230801",
      kind: "Redis",
      metadata: { name: "r", namespace: "n" },
      spec: { owner: { name: "gone" } },
    };
    expect(readServiceOperator([lost])).toEqual({
      graph: { resources: [] },
      problems: ["Redis/r has no owner that is there"],
    });
  });
});
