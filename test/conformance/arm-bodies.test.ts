import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { readSources } from "../../src/adapters/filesystem/read-sources.ts";
import { asObject, isJsonObject } from "../../src/estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../src/estate/kubernetes/kubernetes-object.ts";
import { loadEstate } from "../../src/estate/load-estate.ts";
import { cloudGraph } from "../../src/gitops/cloud/graph/cloud-graph.ts";
import type { ResourceGraph, ResourceValue } from "../../src/gitops/cloud/graph/resource-graph.ts";
import {
  isParameter,
  isReference,
  isResourceList,
  isText,
  type ResourceObject,
} from "../../src/gitops/cloud/graph/resource-value.ts";
import { sharedFolder } from "../corpus/placed-files.ts";

/** Schemas whose specification has the shape of the ARM body, by type. */
const schemas: { readonly [type: string]: string } = {
  "Microsoft.ContainerService/managedClusters": "containerservice.azure.com/managedcluster_v1api20240901",
  "Microsoft.ContainerService/managedClusters/agentPools":
    "containerservice.azure.com/managedclustersagentpool_v1api20240901",
  "Microsoft.ContainerService/managedClusters/maintenanceConfigurations":
    "containerservice.azure.com/maintenanceconfiguration_v1api20240901",
  "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings":
    "containerservice.azure.com/trustedaccessrolebinding_v1api20240901",
  "Microsoft.ContainerRegistry/registries": "containerregistry.azure.com/registry_v1api20230701",
  "Microsoft.ContainerRegistry/registries/replications":
    "containerregistry.azure.com/registryreplication_v1api20230701",
  "Microsoft.DBforPostgreSQL/flexibleServers": "dbforpostgresql.azure.com/flexibleserver_v1api20240801",
  "Microsoft.DocumentDB/databaseAccounts": "documentdb.azure.com/databaseaccount_v1api20240815",
  "Microsoft.DocumentDB/databaseAccounts/sqlDatabases": "documentdb.azure.com/sqldatabase_v1api20240815",
  "Microsoft.KeyVault/vaults": "keyvault.azure.com/vault_v1api20230701",
  "Microsoft.ManagedIdentity/userAssignedIdentities": "managedidentity.azure.com/userassignedidentity_v1api20230131",
  "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials":
    "managedidentity.azure.com/federatedidentitycredential_v1api20230131",
  "Microsoft.Cache/redis": "cache.azure.com/redis_v1api20230801",
};

/** Newer than the schemas. */
const newer = new Set(["KataVmIsolation"]);
const newerFields = new Set(["Microsoft.Cache/redis.disableAccessKeyAuthentication"]);

let graph: ResourceGraph;

beforeAll(async () => {
  const root = join(import.meta.dirname, "../..");
  graph = cloudGraph(loadEstate(await readSources(["examples/nordwind"], {}, { workingFolder: root }))).graph;
});

test("every field of a body is in the schema of its type, with one of the values it may have", () => {
  const problems = new Set<string>();
  let checked = 0;
  for (const { type, properties: given, sku, zones } of graph.resources) {
    const file = schemas[type];
    if (file === undefined) continue;
    const path = join(sharedFolder, "schemas", `${file}.json`);
    expect(existsSync(path), path).toBe(true);
    const schema = asObject(JSON.parse(readFileSync(path, "utf8")));
    const spec = asObject(asObject(schema["properties"])["spec"]);
    // The operator keeps this level of vaults, and writes a backup policy under the name of its type.
    const { backupPolicy: _, ...properties }: ResourceObject = type.endsWith("/vaults") ? { properties: given } : given;
    const body = { ...properties, ...(sku === undefined ? {} : { sku }), ...(zones === undefined ? {} : { zones }) };
    for (const problem of problemsOf(body, spec, type)) problems.add(problem);
    checked += 1;
  }
  expect([...problems].toSorted()).toEqual([]);
  expect(checked).toBeGreaterThan(90);
});

function problemsOf(value: ResourceValue, schema: JsonObject, path: string): readonly string[] {
  if (value === null || isReference(value) || isParameter(value) || isText(value)) return [];
  if (isResourceList(value)) return value.flatMap((item) => problemsOf(item, asObject(schema["items"]), `${path}[]`));
  if (typeof value === "object") {
    const known = asObject(schema["properties"]);
    return Object.entries(value).flatMap(([name, entry]) => {
      const below = known[name] ?? schema["additionalProperties"];
      if (isJsonObject(below)) return problemsOf(entry, below, `${path}.${name}`);
      return isReplaced(name, known) || newerFields.has(`${path}.${name}`) ? [] : [`${path}.${name} is unknown`];
    });
  }
  const values = schema["enum"];
  const fits = !Array.isArray(values) || newer.has(String(value)) || values.includes(value);
  const type = schema["type"];
  const isKind = type === undefined || type === typeof value || (type === "integer" && Number.isInteger(value));
  return fits && isKind ? [] : [`${path} may not be ${JSON.stringify(value)}`];
}

/** The operator has references and values from elsewhere in the place of ids. */
function isReplaced(name: string, known: JsonObject): boolean {
  const stem = name.replace(/(?:ResourceI[dD]|I[dD]|DNSZone)$/, "");
  return Object.keys(known).some((other) => other.startsWith(stem) && /(?:Reference|FromConfig)$/.test(other));
}
