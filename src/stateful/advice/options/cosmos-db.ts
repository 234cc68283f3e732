import { type CosmosLevel, cosmosLevels } from "../../timelines/managed-store.ts";
import { ratesOf, regionsOf, type StoreNeed } from "../store-need.ts";
import type { StoreOption } from "./store-option.ts";

/** Request units of a read and a write of 1 KB, and headroom over the average. */
const readUnits = 1;
const writeUnits = 5;
const headroom = 1.5;
const leastThroughput = 400;

const levelNames: { readonly [level in CosmosLevel]: string } = {
  strong: "Strong",
  boundedStaleness: "Bounded",
  session: "Session",
  consistentPrefix: "Prefix",
  eventual: "Eventual",
};

/** Every level in one region, in several with one that writes, and in several that all write. */
export function cosmosOptions(need: StoreNeed, spare: string | undefined): readonly StoreOption[] {
  const used = regionsOf(need);
  const writer = used.slice(0, 1);
  const several = used.length > 1 ? used : [...used, ...(spare === undefined ? [] : [spare])];
  return cosmosLevels.flatMap((level) => [
    cosmosOption(need, level, writer, writer),
    ...(several.length > 1
      ? [cosmosOption(need, level, several, writer), cosmosOption(need, level, several, several)]
      : []),
  ]);
}

/** Strong and Bounded read from two replicas and pay twice. */
function requestUnitsOf(need: StoreNeed, level: CosmosLevel): number {
  const { writes, reads } = ratesOf(need);
  const factor = level === "strong" || level === "boundedStaleness" ? 2 : 1;
  const units = (writes * writeUnits + reads * readUnits * factor) * headroom;
  return Math.max(leastThroughput, Math.ceil(units / 100) * 100);
}

function cosmosOption(
  need: StoreNeed,
  level: CosmosLevel,
  regions: readonly string[],
  writeRegions: readonly string[],
): StoreOption {
  const multiWrite = writeRegions.length > 1;
  const where =
    regions.length === 1
      ? "1 region"
      : multiWrite
        ? `${regions.length} write regions`
        : `${regions.length} regions, 1 writes`;
  return {
    id: `cosmos-${level}-${regions.length}r${writeRegions.length}w`,
    label: `Cosmos DB ${levelNames[level]}, ${where}`,
    service: "cosmosDb",
    sku: `${requestUnitsOf(need, level)} RU/s`,
    host: {
      kind: "managed",
      store: {
        service: "cosmosDb",
        tier: "",
        zoneRedundant: true,
        regions: regions.length,
        writeRegions: writeRegions.length,
        level,
        sizeGiB: need.sizeGiB,
      },
      sla: { zoneRedundant: true, regions: regions.length, multiRegionWrite: multiWrite },
    },
    regions,
    writeRegions,
    zoneRedundant: true,
    shapes: ["keyValue", "cache"],
    span: "partition",
    guard: multiWrite ? "none" : "condition",
    level,
    promisedMilliseconds: 10,
    writeRoundTrips: level === "strong" && regions.length > 1 ? 2 : 0,
    immutability: "none",
    isEphemeral: false,
    operatorHours: 1,
  };
}
