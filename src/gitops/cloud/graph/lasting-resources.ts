import type { CloudResource } from "./resource-graph.ts";

const dataTypes: ReadonlySet<string> = new Set([
  "Microsoft.Cache/redis",
  "Microsoft.Cache/redisEnterprise",
  "Microsoft.ContainerRegistry/registries",
  "Microsoft.DataProtection/backupVaults",
  "Microsoft.DBforMySQL/flexibleServers",
  "Microsoft.DBforMySQL/flexibleServers/databases",
  "Microsoft.DBforPostgreSQL/flexibleServers",
  "Microsoft.DBforPostgreSQL/flexibleServers/databases",
  "Microsoft.DocumentDB/databaseAccounts",
  "Microsoft.DocumentDB/databaseAccounts/sqlDatabases",
  "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers",
  "Microsoft.EventHub/namespaces",
  "Microsoft.EventHub/namespaces/eventhubs",
  "Microsoft.KeyVault/vaults",
  "Microsoft.KeyVault/vaults/keys",
  "Microsoft.Monitor/accounts",
  "Microsoft.OperationalInsights/workspaces",
  "Microsoft.ServiceBus/namespaces",
  "Microsoft.Sql/servers",
  "Microsoft.Sql/servers/databases",
  "Microsoft.Storage/storageAccounts",
  "Microsoft.Storage/storageAccounts/blobServices/containers",
  "Microsoft.Storage/storageAccounts/fileServices/shares",
]);

const hosts: ReadonlySet<string> = new Set([
  "Microsoft.ContainerService/managedClusters",
  "Microsoft.Network/dnsZones",
  "Microsoft.Resources/resourceGroups",
]);

/** True for what data is lost with that no deployment brings back: a renamed store must not be an empty one. */
export function holdsData({ type }: Pick<CloudResource, "type">): boolean {
  return dataTypes.has(type);
}

/** True also for what takes others with it when it goes: groups, clusters, zones that others point to. */
export function outlivesItsText(resource: Pick<CloudResource, "type">): boolean {
  return holdsData(resource) || hosts.has(resource.type);
}
