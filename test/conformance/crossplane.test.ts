import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import fc from "fast-check";
import { loadAll } from "js-yaml";
import { beforeAll, describe, expect, test } from "vitest";
import { readSources } from "../../src/adapters/filesystem/read-sources.ts";
import { asObject } from "../../src/estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../src/estate/kubernetes/kubernetes-object.ts";
import { loadEstate } from "../../src/estate/load-estate.ts";
import { crossplaneFiles } from "../../src/gitops/cloud/crossplane/crossplane-files.ts";
import { crossplaneGaps } from "../../src/gitops/cloud/crossplane/managed-resources.ts";
import { readCrossplane } from "../../src/gitops/cloud/crossplane/read-crossplane.ts";
import { asCrossplaneSays } from "../../src/gitops/cloud/crossplane/said-graph.ts";
import { graphDifferences } from "../../src/gitops/cloud/equality/compare-graphs.ts";
import { cloudGraph } from "../../src/gitops/cloud/graph/cloud-graph.ts";
import type { CloudResource, ResourceGraph, ResourceValue } from "../../src/gitops/cloud/graph/resource-graph.ts";
import { isPlainObject, isResourceList } from "../../src/gitops/cloud/graph/resource-value.ts";
import { sharedFolder } from "../corpus/placed-files.ts";

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });

function documentsOf(graph: ResourceGraph): readonly JsonObject[] {
  return crossplaneFiles(graph).flatMap(({ text }) => loadAll(text) as readonly JsonObject[]);
}

function typeOf(document: JsonObject): string {
  const [group = "", version] = String(document["apiVersion"]).split("/");
  return version === undefined ? String(document["kind"]) : `${group} ${String(document["kind"])}`;
}

describe("Crossplane on examples/nordwind", () => {
  let graph: ResourceGraph;
  beforeAll(async () => {
    const root = join(import.meta.dirname, "../..");
    graph = cloudGraph(loadEstate(await readSources(["examples/nordwind"], {}, { workingFolder: root }))).graph;
  });

  test.each([
    ["CompositeResourceDefinition", "compositeresourcedefinition_v2.json"],
    ["Composition", "composition_v1.json"],
  ])("%s is valid by its schema", (kind, schemaFile) => {
    const text = readFileSync(join(sharedFolder, "schemas", "apiextensions.crossplane.io", schemaFile), "utf8");
    const validate = ajv.compile(JSON.parse(text) as object);
    const documents = documentsOf(graph).filter((document) => document["kind"] === kind);
    expect(documents).toHaveLength(1);
    for (const document of documents) expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  });

  test("the definition has nothing that version 2 forbids, and its names fit", () => {
    const definition = documentsOf(graph).find(({ kind }) => kind === "CompositeResourceDefinition");
    const spec = asObject(definition?.["spec"]);
    const names = asObject(spec["names"]);
    expect(Object.keys(spec)).not.toContain("claimNames");
    expect(Object.keys(spec)).not.toContain("connectionSecretKeys");
    expect(asObject(definition?.["metadata"])["name"]).toBe(`${String(names["plural"])}.${String(spec["group"])}`);
  });

  test("kinds without a schema at hand are known: they are not validated here", () => {
    const withoutSchema = new Set(
      documentsOf(graph)
        .map(typeOf)
        .filter((type) => type.includes("upbound.io")),
    );
    expect([...withoutSchema].sort()).toEqual(managedKinds);
  });

  test("read back, the objects are the graph, but for what is said to be lossy", () => {
    const gaps = crossplaneGaps(graph);
    const { graph: read, problems } = readCrossplane(documentsOf(graph));
    expect(problems).toEqual([]);
    expect(graphDifferences(asCrossplaneSays(graph, gaps), asCrossplaneSays(read, []))).toEqual([]);
    expect(read.resources.length).toBeGreaterThan(320);
    const types = new Map(graph.resources.map(({ key, type }) => [key, type]));
    const lost = gaps.filter(({ path }) => path === "").map(({ resource }) => types.get(resource));
    expect([...new Set(lost)].toSorted((left = "", right = "") => (left < right ? -1 : 1))).toEqual([
      "Microsoft.DataProtection/backupVaults/backupInstances",
      "Microsoft.DataProtection/backupVaults/backupPolicies",
      "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments",
      "Microsoft.KubernetesConfiguration/fluxConfigurations",
      "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
    ]);
  });

  test("whatever fields change, they are read back or said to be lossy", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { minLength: 20, maxLength: 20 }), (picks) => {
        const changed = { resources: graph.resources.map((each, index) => changedResource(each, picks, index)) };
        const gaps = crossplaneGaps(changed);
        const { graph: read, problems } = readCrossplane(documentsOf(changed));
        expect(problems).toEqual([]);
        expect(graphDifferences(asCrossplaneSays(changed, gaps), asCrossplaneSays(read, []))).toEqual([]);
      }),
      { numRuns: 12, seed: 10 },
    );
  });
});

/**
 * Where a pool is written follows from its mode, access to a container has three values and is read as no other, and
 * metrics that are off are said by leaving them out.
 */
const fixed = new Set(["mode", "publicAccess", "azureMonitorProfile"]);

/** One field of a resource with another value. */
function changedResource(resource: CloudResource, picks: readonly number[], index: number): CloudResource {
  const paths = leafPaths(resource.properties, []).filter(([first]) => !fixed.has(first ?? ""));
  const path = paths[(picks[index % picks.length] ?? 0) % Math.max(1, paths.length)];
  if (path === undefined) return resource;
  return { ...resource, properties: changedAt(resource.properties, path) as CloudResource["properties"] };
}

function leafPaths(value: ResourceValue, path: readonly string[]): readonly (readonly string[])[] {
  if (isResourceList(value)) return value.flatMap((item, index) => leafPaths(item, [...path, String(index)]));
  if (isPlainObject(value)) return Object.entries(value).flatMap(([name, item]) => leafPaths(item, [...path, name]));
  return value === null || typeof value === "object" ? [] : [path];
}

function changedAt(value: ResourceValue, [step, ...rest]: readonly string[]): ResourceValue {
  if (step === undefined) {
    if (typeof value === "boolean") return !value;
    if (typeof value === "number") return value + 1;
    return typeof value === "string" ? `${value}$\{x}` : value;
  }
  if (isResourceList(value)) {
    return value.map((item, index) => (index === Number(step) ? changedAt(item, rest) : item));
  }
  return isPlainObject(value) ? { ...value, [step]: changedAt(value[step] ?? null, rest) } : value;
}

/** Their definitions come with the provider; none of them is among the published schemas at hand. */
const managedKinds: readonly string[] = [
  "authorization.azure.m.upbound.io RoleAssignment",
  "authorization.azure.m.upbound.io TrustedAccessRoleBinding",
  "azure.m.upbound.io ProviderConfig",
  "azure.m.upbound.io ResourceGroup",
  "cache.azure.m.upbound.io RedisCache",
  "cache.azure.m.upbound.io RedisCacheAccessPolicyAssignment",
  "cdn.azure.m.upbound.io FrontdoorCustomDomain",
  "cdn.azure.m.upbound.io FrontdoorEndpoint",
  "cdn.azure.m.upbound.io FrontdoorFirewallPolicy",
  "cdn.azure.m.upbound.io FrontdoorOrigin",
  "cdn.azure.m.upbound.io FrontdoorOriginGroup",
  "cdn.azure.m.upbound.io FrontdoorProfile",
  "cdn.azure.m.upbound.io FrontdoorRoute",
  "cdn.azure.m.upbound.io FrontdoorSecurityPolicy",
  "compute.azure.m.upbound.io DiskEncryptionSet",
  "containerregistry.azure.m.upbound.io Registry",
  "containerservice.azure.m.upbound.io KubernetesCluster",
  "containerservice.azure.m.upbound.io KubernetesClusterExtension",
  "containerservice.azure.m.upbound.io KubernetesClusterNodePool",
  "cosmosdb.azure.m.upbound.io Account",
  "cosmosdb.azure.m.upbound.io SQLDatabase",
  "dataprotection.azure.m.upbound.io BackupVault",
  "dbforpostgresql.azure.m.upbound.io FlexibleServer",
  "dbforpostgresql.azure.m.upbound.io FlexibleServerActiveDirectoryAdministrator",
  "dbforpostgresql.azure.m.upbound.io FlexibleServerDatabase",
  "eventhub.azure.m.upbound.io EventHub",
  "eventhub.azure.m.upbound.io EventHubNamespace",
  "insights.azure.m.upbound.io MonitorDataCollectionEndpoint",
  "insights.azure.m.upbound.io MonitorDataCollectionRule",
  "insights.azure.m.upbound.io MonitorDataCollectionRuleAssociation",
  "insights.azure.m.upbound.io MonitorDiagnosticSetting",
  "insights.azure.m.upbound.io MonitorWorkspace",
  "keyvault.azure.m.upbound.io Key",
  "keyvault.azure.m.upbound.io Vault",
  "managedidentity.azure.m.upbound.io FederatedIdentityCredential",
  "managedidentity.azure.m.upbound.io UserAssignedIdentity",
  "network.azure.m.upbound.io DNSZone",
  "network.azure.m.upbound.io Firewall",
  "network.azure.m.upbound.io FirewallPolicy",
  "network.azure.m.upbound.io NATGateway",
  "network.azure.m.upbound.io NATGatewayPublicIPAssociation",
  "network.azure.m.upbound.io PrivateDNSZone",
  "network.azure.m.upbound.io PrivateDNSZoneVirtualNetworkLink",
  "network.azure.m.upbound.io PrivateEndpoint",
  "network.azure.m.upbound.io PublicIP",
  "network.azure.m.upbound.io RouteTable",
  "network.azure.m.upbound.io Subnet",
  "network.azure.m.upbound.io SubnetNATGatewayAssociation",
  "network.azure.m.upbound.io SubnetRouteTableAssociation",
  "network.azure.m.upbound.io VirtualNetwork",
  "operationalinsights.azure.m.upbound.io Workspace",
  "servicebus.azure.m.upbound.io ServiceBusNamespace",
  "sql.azure.m.upbound.io MSSQLDatabase",
  "sql.azure.m.upbound.io MSSQLFailoverGroup",
  "sql.azure.m.upbound.io MSSQLServer",
  "storage.azure.m.upbound.io Account",
  "storage.azure.m.upbound.io Container",
];
