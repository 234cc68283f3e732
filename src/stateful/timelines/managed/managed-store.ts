export type CosmosLevel = "strong" | "boundedStaleness" | "session" | "consistentPrefix" | "eventual";

export const cosmosLevels: readonly CosmosLevel[] = [
  "strong",
  "boundedStaleness",
  "session",
  "consistentPrefix",
  "eventual",
];

export type ManagedService =
  | "azureSql"
  | "postgresqlFlexible"
  | "mysqlFlexible"
  | "cosmosDb"
  | "storageBlob"
  | "storageFiles"
  | "redis"
  | "eventHubs"
  | "serviceBus"
  | "netAppFiles";

/** A store that the cloud runs, as far as its recovery goes. */
export interface ManagedStore {
  readonly service: ManagedService;
  /** Such as `GP`, `BC`, `Standard`, `Premium`; empty where it does not matter. */
  readonly tier: string;
  readonly zoneRedundant: boolean;
  /** Regions that hold a copy. */
  readonly regions: number;
  readonly writeRegions: number;
  /** Of Cosmos DB. */
  readonly level?: CosmosLevel;
  readonly sizeGiB: number | undefined;
}

const tierOfPrefix: { readonly [prefix: string]: string } = { gp: "GP", bc: "BC", hs: "HS" };

/** Tier of Azure SQL from its SKU: `BC_Gen5_8` is `BC`, `S3` is `Standard`. */
export function sqlTier(sku: string): string {
  const prefix = /^([a-z]+)/i.exec(sku)?.[1]?.toLowerCase() ?? "";
  if (prefix in tierOfPrefix) return tierOfPrefix[prefix] ?? "";
  if (/^s\d/i.test(sku)) return "Standard";
  if (/^p\d/i.test(sku)) return "Premium";
  return /^basic/i.test(sku) ? "Basic" : "";
}
