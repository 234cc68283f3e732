import fc from "fast-check";
import { loadAll } from "js-yaml";
import { describe, expect, it } from "vitest";
import { asObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { graphDifferences } from "../equality/compare-graphs.ts";
import type { CloudResource, ResourceGraph } from "../graph/resource-graph.ts";
import { resourceKey } from "../graph/resource-value.ts";
import { landingComposition } from "./aks-landing.ts";
import { crossplaneFiles } from "./crossplane-files.ts";
import { crossplaneGaps, managedResources } from "./managed-resources.ts";
import { readCrossplane } from "./read-crossplane.ts";
import { asCrossplaneSays } from "./said-graph.ts";

const subscription = "Shop Prod";
const groupType = "Microsoft.Resources/resourceGroups";
const groupKey = resourceKey({ type: groupType, name: "rg-shop", subscription });
const of = (type: string, name: string) => resourceKey({ type, name, subscription, resourceGroup: groupKey });
const clusterType = "Microsoft.ContainerService/managedClusters";
const clusterKey = of(clusterType, "aks-shop");
const identityType = "Microsoft.ManagedIdentity/userAssignedIdentities";
const identityKey = of(identityType, "id-shop");
const networkKey = of("Microsoft.Network/virtualNetworks", "vnet");
const gatewayKey = of("Microsoft.Network/natGateways", "ng");
const subnetKey = `${networkKey}/subnets/nodes`;
const vaultKey = of("Microsoft.KeyVault/vaults", "kv");

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

const cluster = resource({
  key: clusterKey,
  type: clusterType,
  name: "aks-shop",
  location: "westeurope",
  sku: { name: "Base", tier: "Standard" },
  identity: { type: "UserAssigned", userAssignedIdentities: [{ $ref: identityKey }] },
  tags: { estate: "shop", "cost/center": "$" + "{x} %{y}" },
  properties: {
    kubernetesVersion: "1.36",
    aadProfile: { managed: true, adminGroupObjectIDs: [{ $parameter: "adminGroup", secure: false }] },
    autoScalerProfile: { "balance-similar-node-groups": "true" },
    azureMonitorProfile: { metrics: { enabled: true } },
    identityProfile: {
      kubeletidentity: {
        resourceId: { $ref: identityKey },
        clientId: { $ref: identityKey, output: "properties.clientId" },
      },
    },
  },
});

const graph: ResourceGraph = {
  resources: [
    {
      ...resource({ key: groupKey, type: groupType, name: "rg-shop" }),
      resourceGroup: undefined,
      location: "westeurope",
    },
    cluster,
    pool("system", "System", { enableAutoScaling: true, minCount: 3, maxCount: 6, count: 3 }),
    pool("user", "User", { enableAutoScaling: true, minCount: 0, maxCount: 6, count: 0, nodeLabels: { "a.b/c": "d" } }),
    pool("fixed", "User", { count: 2 }),
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
      properties: { principalId: { $ref: identityKey, output: "properties.principalId" } },
    }),
    resource({ key: networkKey, type: "Microsoft.Network/virtualNetworks", name: "vnet", location: "westeurope" }),
    resource({ key: gatewayKey, type: "Microsoft.Network/natGateways", name: "ng", location: "westeurope" }),
    resource({
      key: subnetKey,
      type: "Microsoft.Network/virtualNetworks/subnets",
      name: "nodes",
      parent: networkKey,
      properties: { natGateway: { id: { $ref: gatewayKey } } },
    }),
    resource({
      key: vaultKey,
      type: "Microsoft.KeyVault/vaults",
      name: "kv",
      location: "westeurope",
      properties: { tenantId: { $parameter: "tenantId", secure: false } },
    }),
    resource({
      key: of("Microsoft.DBforMySQL/flexibleServers", "my"),
      type: "Microsoft.DBforMySQL/flexibleServers",
      name: "my",
      location: "westeurope",
      properties: {
        administratorLogin: { $parameter: "login", secure: false },
        administratorLoginPassword: { $parameter: "password", secure: true },
      },
    }),
  ].toSorted((left, right) => (left.key < right.key ? -1 : 1)),
};

function documentsOf(of: ResourceGraph): readonly JsonObject[] {
  return crossplaneFiles(of).flatMap(({ text }) => loadAll(text) as readonly JsonObject[]);
}

function objectOf(kind: string, name: string, of: ResourceGraph = graph): JsonObject {
  const found = documentsOf(of).find(
    (object) => object["kind"] === kind && asObject(object["metadata"])["name"] === name,
  );
  return asObject(asObject(found)["spec"]);
}

describe("managed resources of Crossplane", () => {
  it("say the whole graph: references, parameters, secrets, facts, and what ties two resources together", () => {
    const { graph: read, problems } = readCrossplane(documentsOf(graph));
    expect(crossplaneGaps(graph)).toEqual([]);
    expect(problems).toEqual([]);
    expect(graphDifferences(asCrossplaneSays(graph, []), asCrossplaneSays(read, []))).toEqual([]);
    expect(read.resources.map(({ key }) => key)).toEqual(graph.resources.map(({ key }) => key));
  });

  it("hold the first system pool within the cluster, and no pool twice", () => {
    const pools = managedResources(graph).objects.filter(({ kind }) => kind.kind === "KubernetesClusterNodePool");
    expect(pools.map(({ externalName }) => externalName)).toEqual(["fixed", "user"]);
    expect(objectOf("KubernetesCluster", "aks-shop")).toMatchObject({
      forProvider: { defaultNodePool: { name: "system", vnetSubnetIdRef: { name: "vnet-nodes" } } },
    });
  });

  it("give the count of an autoscaled pool for its creation alone, and never learn fields from Azure", () => {
    const specs = ["user", "fixed"].map((name) => objectOf("KubernetesClusterNodePool", `aks-shop-${name}`));
    expect(specs.map(({ initProvider }) => initProvider)).toEqual([{ nodeCount: 0 }, undefined]);
    expect(specs.map(({ forProvider }) => asObject(forProvider)["nodeCount"])).toEqual([undefined, 2]);
    const spec = objectOf("KubernetesCluster", "aks-shop");
    expect(spec["initProvider"]).toEqual({ defaultNodePool: { nodeCount: 3 } });
    expect(spec["managementPolicies"]).not.toContain("LateInitialize");
  });

  it("leave behind what holds data when an object goes", () => {
    expect(objectOf("Vault", "kv")["managementPolicies"]).toEqual(["Create", "Observe", "Update"]);
    expect(objectOf("VirtualNetwork", "vnet")["managementPolicies"]).toContain("Delete");
  });

  it("are filled in from the user's parameters, and from what other resources tell", () => {
    const kustomization = documentsOf(graph).find(({ kind, replacements }) => kind === "Kustomization" && replacements);
    expect(kustomization?.["replacements"]).toContainEqual({
      source: { kind: "ConfigMap", name: "estate-facts", fieldPath: "data.kubernetescluster_aks-shop_oidcIssuerUrl" },
      targets: [
        {
          select: {
            group: "managedidentity.azure.m.upbound.io",
            version: "v1beta1",
            kind: "FederatedIdentityCredential",
            name: "id-shop-web",
            namespace: "shop-prod",
          },
          fieldPaths: ["spec.forProvider.issuer"],
        },
      ],
    });
    expect(objectOf("RoleAssignment", "aks-shop-a")).toMatchObject({
      forProvider: {
        scope: `/subscriptions/subscriptionIdShopProd/resourceGroups/rg-shop/providers/${clusterType}/aks-shop`,
      },
    });
  });

  it("name the parent by what the provider makes the id from", () => {
    expect(objectOf("FederatedIdentityCredential", "id-shop-web")["forProvider"]).toEqual({
      audience: ["api://AzureADTokenExchange"],
      issuer: "kubernetescluster_aks-shop_oidcIssuerUrl",
      parentIdRef: { name: "id-shop" },
      resourceGroupNameRef: { name: "rg-shop" },
      subject: "system:serviceaccount:shop:web",
    });
  });

  it("have names that differ where Azure names do not", () => {
    const other = resource({
      key: of("Microsoft.Network/natGateways", "NG"),
      type: "Microsoft.Network/natGateways",
      name: "NG",
    });
    const { objects } = managedResources({ resources: [...graph.resources, other] });
    const gateways = objects.filter(({ kind }) => kind.kind === "NATGateway");
    expect(gateways.map(({ name, externalName }) => [name, externalName])).toEqual([
      ["ng", "ng"],
      ["ng-2", "NG"],
    ]);
  });

  it("name what they cannot say, and leave just that out", () => {
    const odd = resource({ key: of("Contoso.Test/boxes", "box"), type: "Contoso.Test/boxes", name: "box" });
    const flux = resource({
      key: `${clusterKey}/providers/Microsoft.KubernetesConfiguration/fluxConfigurations/f`,
      type: "Microsoft.KubernetesConfiguration/fluxConfigurations",
      name: "f",
      parent: clusterKey,
    });
    const site = resource({
      key: of("Microsoft.Cache/redis", "r"),
      type: "Microsoft.Cache/redis",
      name: "r",
      location: "westeurope",
      properties: {
        minimumTlsVersion: { $ref: odd.key, output: "properties.x" },
        redisVersion: { $text: ["a", { $ref: clusterKey }] },
        enableNonSslPort: false,
        unheardOf: 1,
      },
    });
    const given = { resources: [...graph.resources, odd, flux, site] };
    const gaps = crossplaneGaps(given);
    expect(gaps.map(({ resource: key, path }) => [key, path])).toEqual([
      [odd.key, ""],
      [flux.key, ""],
      [site.key, "properties.unheardOf"],
      [site.key, "properties.minimumTlsVersion"],
      [site.key, "properties.redisVersion"],
    ]);
    const { graph: read, problems } = readCrossplane(documentsOf(given));
    expect(problems).toEqual([]);
    expect(graphDifferences(asCrossplaneSays(given, gaps), asCrossplaneSays(read, []))).toEqual([]);
  });

  it("are refused where a pool is within its cluster and beside it", () => {
    const twice = documentsOf(graph).map((document) => {
      const metadata = asObject(document["metadata"]);
      if (metadata["name"] !== "aks-shop-user") return document;
      return { ...document, metadata: { ...metadata, annotations: { "crossplane.io/external-name": "system" } } };
    });
    expect(readCrossplane(twice).problems).toEqual([
      "KubernetesClusterNodePool/aks-shop-user is written within KubernetesCluster/aks-shop too",
    ]);
  });

  it("are not read where what they refer to is not there", () => {
    const lost = {
      apiVersion: "network.azure.m.upbound.io/v1beta1",
      kind: "Subnet",
      metadata: { name: "s", namespace: "n" },
      spec: { forProvider: { virtualNetworkNameRef: { name: "gone" } } },
    };
    expect(readCrossplane([lost]).problems).toEqual([
      "Subnet/s refers to gone by virtual_network_name, which is not there",
    ]);
  });
});

describe("reading whatever it is given", () => {
  it("ends without throwing", () => {
    const name = fc.constantFrom(
      "a",
      "b",
      "forProvider",
      "defaultNodePool",
      "resourceGroupNameRef",
      "name",
      "identity",
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.array(tie("any"), { maxLength: 2 }), tie("map")),
      map: fc.dictionary(name, tie("any"), { maxKeys: 4 }),
    }));
    const document = fc.record({
      apiVersion: fc.constantFrom("network.azure.m.upbound.io/v1beta1", "azure.m.upbound.io/v1beta1", "v1"),
      kind: fc.constantFrom("Subnet", "ResourceGroup", "VirtualNetwork", "Kustomization", "Namespace"),
      metadata: fc.record({ name, namespace: name }),
      spec: fc.record({ forProvider: value.any, initProvider: value.any }),
    });
    fc.assert(
      fc.property(fc.array(document, { maxLength: 4 }), (documents) => {
        expect(() => readCrossplane(documents)).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});

describe("the landing of a cluster", () => {
  it("has what all clusters have in common, and nothing that is of one alone", () => {
    const second = {
      ...cluster,
      key: of(clusterType, "aks-two"),
      name: "aks-two",
      sku: { name: "Base", tier: "Free" },
    };
    const composition = landingComposition(managedResources({ resources: [...graph.resources, second] }).objects);
    const text = JSON.stringify(composition);
    expect(text).toContain('"autoScalerProfile":{"balanceSimilarNodeGroups":true}');
    for (const alone of ["skuTier", 'adminGroup"', "userAssignedIdentityId", "1.36", 'Ref":{"name":"vnet'])
      expect(text).not.toContain(alone);
  });

  it("is not written for an estate without clusters", () => {
    expect(landingComposition(managedResources({ resources: graph.resources.slice(0, 1) }).objects)).toBeUndefined();
  });
});
