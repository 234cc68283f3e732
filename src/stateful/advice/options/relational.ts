import type { ManagedService } from "../../timelines/managed/managed-store.ts";
import { regionsOf, type StoreNeed } from "../store-need.ts";
import type { StoreOption } from "./store-option.ts";

interface Variant {
  readonly service: Extract<ManagedService, "azureSql" | "postgresqlFlexible" | "mysqlFlexible">;
  readonly tier: string;
  readonly label: string;
  readonly sku: (cores: number) => string;
  readonly zoneRedundant: boolean;
  readonly hasReplica: boolean;
}

const sqlGeneral = (cores: number) => `GP_Gen5_${cores}`;
const sqlCritical = (cores: number) => `BC_Gen5_${cores}`;
const flexible = (cores: number) => `Standard_D${cores}ds_v5`;

const variants: readonly Variant[] = [
  {
    service: "azureSql",
    tier: "Standard",
    label: "Azure SQL Standard (DTU)",
    sku: () => "S3",
    zoneRedundant: false,
    hasReplica: false,
  },
  {
    service: "azureSql",
    tier: "GP",
    label: "Azure SQL GP, 1 zone",
    sku: sqlGeneral,
    zoneRedundant: false,
    hasReplica: false,
  },
  {
    service: "azureSql",
    tier: "GP",
    label: "Azure SQL GP, zones",
    sku: sqlGeneral,
    zoneRedundant: true,
    hasReplica: false,
  },
  {
    service: "azureSql",
    tier: "GP",
    label: "Azure SQL GP, zones, failover group",
    sku: sqlGeneral,
    zoneRedundant: true,
    hasReplica: true,
  },
  {
    service: "azureSql",
    tier: "BC",
    label: "Azure SQL BC, zones",
    sku: sqlCritical,
    zoneRedundant: true,
    hasReplica: false,
  },
  {
    service: "azureSql",
    tier: "BC",
    label: "Azure SQL BC, zones, failover group",
    sku: sqlCritical,
    zoneRedundant: true,
    hasReplica: true,
  },
  {
    service: "azureSql",
    tier: "HS",
    label: "Azure SQL Hyperscale, zones",
    sku: (cores) => `HS_Gen5_${cores}`,
    zoneRedundant: true,
    hasReplica: false,
  },
  {
    service: "postgresqlFlexible",
    tier: "Burstable",
    label: "PostgreSQL Burstable, no standby",
    sku: () => "Standard_B2s",
    zoneRedundant: false,
    hasReplica: false,
  },
  {
    service: "postgresqlFlexible",
    tier: "Burstable",
    label: "PostgreSQL Burstable, standby",
    sku: () => "Standard_B2s",
    zoneRedundant: true,
    hasReplica: false,
  },
  {
    service: "postgresqlFlexible",
    tier: "GP",
    label: "PostgreSQL GP, no standby",
    sku: flexible,
    zoneRedundant: false,
    hasReplica: false,
  },
  {
    service: "postgresqlFlexible",
    tier: "GP",
    label: "PostgreSQL GP, standby in a zone",
    sku: flexible,
    zoneRedundant: true,
    hasReplica: false,
  },
  {
    service: "postgresqlFlexible",
    tier: "GP",
    label: "PostgreSQL GP, standby, geo replica",
    sku: flexible,
    zoneRedundant: true,
    hasReplica: true,
  },
  {
    service: "mysqlFlexible",
    tier: "GP",
    label: "MySQL GP, no standby",
    sku: flexible,
    zoneRedundant: false,
    hasReplica: false,
  },
  {
    service: "mysqlFlexible",
    tier: "GP",
    label: "MySQL GP, standby in a zone",
    sku: flexible,
    zoneRedundant: true,
    hasReplica: false,
  },
];

/** Relational services; a copy in another region where one can be placed. */
export function relationalOptions(need: StoreNeed, spare: string | undefined): readonly StoreOption[] {
  const [writer, ...others] = regionsOf(need);
  const second = others[0] ?? spare;
  return variants.flatMap((variant) => {
    if (variant.hasReplica && second === undefined) return [];
    const regions = [writer, ...(variant.hasReplica ? [second] : [])].filter((region) => region !== undefined);
    return [relationalOption(need, variant, regions)];
  });
}

function relationalOption(need: StoreNeed, variant: Variant, regions: readonly string[]): StoreOption {
  const { service, tier, zoneRedundant } = variant;
  const isSql = service === "azureSql";
  const sku = variant.sku(need.cores);
  return {
    id: `${service}-${tier}${zoneRedundant ? "-zr" : ""}${variant.hasReplica ? "-geo" : ""}`.toLowerCase(),
    label: variant.label,
    service,
    sku,
    host: {
      kind: "managed",
      store: { service, tier, zoneRedundant, regions: regions.length, writeRegions: 1, sizeGiB: need.sizeGiB },
      sla: isSql
        ? {
            tier: sku === "S3" ? "standard" : sku,
            zoneRedundant,
            ...(tier === "HS" ? { replicas: 2, tier: "hyperscale" } : {}),
          }
        : { zoneRedundant, highAvailability: zoneRedundant ? "zoneRedundant" : "none" },
    },
    regions,
    writeRegions: regions.slice(0, 1),
    zoneRedundant,
    shapes: ["relational", "keyValue"],
    span: "database",
    guard: "transaction",
    // Readers of an asynchronous copy see a prefix of the log; whoever reads the primary sees everything.
    level: "strong",
    promisedMilliseconds: undefined,
    writeRoundTrips: 0,
    immutability: isSql ? "ledger" : "none",
    isEphemeral: false,
    operatorHours: isSql ? 2 : 3,
  };
}
