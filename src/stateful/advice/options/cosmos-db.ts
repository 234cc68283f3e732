import type { Catalog } from "../../../catalog/catalog.ts";
import { numberOf, numbersOf } from "../../bound.ts";
import { levelFacts } from "../../timelines/managed/cosmos-region.ts";
import { type CosmosLevel, cosmosLevels } from "../../timelines/managed/managed-store.ts";
import { ratesOf, regionsOf, type StoreNeed } from "../store-need.ts";
import type { StoreOption } from "./store-option.ts";

/** Provisioned over the average; part of the assumption on request units (ASM-257). */
const headroom = 1.5;

const levelNames: { readonly [level in CosmosLevel]: string } = {
  strong: "Strong",
  boundedStaleness: "Bounded",
  session: "Session",
  consistentPrefix: "Prefix",
  eventual: "Eventual",
};

/** Where two cost the same, the one before is named: Session is the service's default (ASM-263). */
const levelsByPreference: readonly CosmosLevel[] = ["session", ...cosmosLevels.filter((level) => level !== "session")];

/** Every level in one region, in several with one that writes, and in several that all write. */
export function cosmosOptions(need: StoreNeed, spare: string | undefined, catalog: Catalog): readonly StoreOption[] {
  const used = regionsOf(need);
  const writer = used.slice(0, 1);
  const several = used.length > 1 ? used : [...used, ...(spare === undefined ? [] : [spare])];
  return levelsByPreference.flatMap((level) => [
    cosmosOption(need, level, writer, writer, catalog),
    ...(several.length > 1
      ? [cosmosOption(need, level, several, writer, catalog), cosmosOption(need, level, several, several, catalog)]
      : []),
  ]);
}

/** Strong and Bounded read from two replicas and pay twice. */
function requestUnitsOf(need: StoreNeed, level: CosmosLevel, catalog: Catalog): number {
  const { writes, reads } = ratesOf(need);
  const item = numbersOf(catalog.dataServiceFact("cosmos.ru.item"));
  const throughput = numbersOf(catalog.dataServiceFact("cosmos.throughput.steps"));
  const factor = numberOf(catalog.dataServiceFact(`cosmos.ru.read.${levelFacts[level]}`)) ?? 1;
  const units = (writes * (item["write"] ?? 0) + reads * (item["read"] ?? 0) * factor) * headroom;
  const step = throughput["step"] ?? 1;
  return Math.max(throughput["least"] ?? 0, Math.ceil(units / step) * step);
}

function cosmosOption(
  need: StoreNeed,
  level: CosmosLevel,
  regions: readonly string[],
  writeRegions: readonly string[],
  catalog: Catalog,
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
    sku: `${requestUnitsOf(need, level, catalog)} RU/s`,
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
    promisedMilliseconds: numberOf(catalog.dataServiceFact("cosmos.latency.read.p99")),
    writeRoundTrips: level === "strong" && regions.length > 1 ? 2 : 0,
    immutability: "none",
    isEphemeral: false,
    operatorHours: 1,
  };
}
