import type { Catalog, SlaSelector } from "../../../catalog/catalog.ts";
import { numberOf, numbersOf } from "../../bound.ts";
import type { ManagedStore } from "../../timelines/managed/managed-store.ts";
import { ratesOf, regionsOf, type StoreNeed } from "../store-need.ts";
import type { StoreOption } from "./store-option.ts";

type Traits = Pick<StoreOption, "id" | "label" | "sku" | "shapes"> &
  Partial<StoreOption> & {
    readonly service: ManagedStore["service"];
    readonly tier: string;
    readonly sla: SlaSelector;
  };

/** Blobs and files by redundancy, caches, streams and queues. */
export function storageAndMessagingOptions(
  need: StoreNeed,
  spare: string | undefined,
  catalog: Catalog,
): readonly StoreOption[] {
  const [writer = "", ...others] = regionsOf(need);
  const second = others[0] ?? spare;
  const option = (traits: Traits) => optionOf(need, writer, second, traits);
  return [...blobs(option), ...caches(need, option, catalog), ...messaging(need, option, catalog)];
}

type Make = (traits: Traits) => StoreOption;

function blobs(option: Make): readonly StoreOption[] {
  const blob = (redundancy: string, label: string): StoreOption =>
    option({
      id: `blob-${redundancy.toLowerCase()}`,
      label,
      service: "storageBlob",
      tier: redundancy,
      sku: `Standard_${redundancy}`,
      sla: { redundancy: redundancy.replace("RAG", "RA-G"), accessTier: "hot" },
      shapes: ["blob"],
      guard: "condition",
      immutability: "policy",
      zoneRedundant: redundancy.includes("Z"),
    });
  const files = (redundancy: "LRS" | "ZRS"): StoreOption =>
    option({
      id: `files-${redundancy.toLowerCase()}`,
      label: `Azure Files Premium ${redundancy}`,
      service: "storageFiles",
      tier: redundancy,
      sku: `Premium_${redundancy}`,
      sla: { redundancy, accessTier: "hot" },
      shapes: ["file"],
      zoneRedundant: redundancy === "ZRS",
    });
  return [
    blob("LRS", "Blob storage LRS"),
    blob("ZRS", "Blob storage ZRS"),
    blob("GRS", "Blob storage GRS"),
    blob("GZRS", "Blob storage GZRS"),
    files("LRS"),
    files("ZRS"),
    option({
      id: "netapp-files",
      label: "Azure NetApp Files",
      service: "netAppFiles",
      tier: "Premium",
      sku: "Premium",
      sla: {},
      shapes: ["file"],
      zoneRedundant: false,
    }),
  ];
}

function caches({ sizeGiB = 1 }: StoreNeed, option: Make, catalog: Catalog): readonly StoreOption[] {
  const smallest = (fact: string, family: string) =>
    Object.entries(numbersOf(catalog.dataServiceFact(fact))).find(
      ([name, held]) => name.startsWith(family) && held >= sizeGiB,
    )?.[0];
  const standard = smallest("redis.cache.sizes", "C");
  const premium = smallest("redis.cache.sizes", "P");
  const balanced = smallest("redis.managed.sizes", "B");
  const cache = (tier: string, size: string, zoneRedundant: boolean): StoreOption =>
    option({
      id: `redis-${tier.toLowerCase()}`,
      label: `${tier === "Balanced" ? "Managed Redis" : "Redis"} ${tier} ${size}${zoneRedundant ? ", zones" : ""}`,
      service: "redis",
      tier,
      sku: `${tier} ${size}`,
      // Managed Redis is the software of the Enterprise tiers, and promises what they do.
      sla: { tier: tier === "Balanced" ? "enterprise" : tier.toLowerCase(), zoneRedundant, geoReplicated: false },
      shapes: ["cache", "keyValue"],
      guard: "condition",
      level: "session",
      isEphemeral: true,
      zoneRedundant,
      operatorHours: 2,
    });
  return [
    ...(standard === undefined ? [] : [cache("Basic", standard, false), cache("Standard", standard, false)]),
    ...(premium === undefined ? [] : [cache("Premium", premium, true)]),
    ...(balanced === undefined ? [] : [cache("Balanced", balanced, true)]),
  ];
}

function messaging(need: StoreNeed, option: Make, catalog: Catalog): readonly StoreOption[] {
  const { writes } = ratesOf(need);
  const eventsOfUnit = numberOf(catalog.dataServiceFact("eventhubs.unit.events"));
  const units = eventsOfUnit === undefined ? 1 : Math.max(1, Math.ceil(writes / eventsOfUnit));
  const stream = (tier: string): StoreOption =>
    option({
      id: `event-hubs-${tier.toLowerCase()}`,
      label: `Event Hubs ${tier}`,
      service: "eventHubs",
      tier,
      sku: tier === "Standard" ? `Standard x${units}` : tier,
      sla: { tier: tier.toLowerCase() },
      shapes: ["stream"],
      level: "consistentPrefix",
      zoneRedundant: true,
    });
  const queue = (tier: string): StoreOption =>
    option({
      id: `service-bus-${tier.toLowerCase()}`,
      label: `Service Bus ${tier}`,
      service: "serviceBus",
      tier,
      sku: tier,
      sla: { tier: tier.toLowerCase(), zoneRedundant: true },
      shapes: ["queue"],
      level: "consistentPrefix",
      zoneRedundant: true,
    });
  return [stream("Standard"), stream("Premium"), queue("Standard"), queue("Premium")];
}

function optionOf(need: StoreNeed, writer: string, second: string | undefined, traits: Traits): StoreOption {
  const { tier, sla, service, zoneRedundant = false, ...rest } = traits;
  const isCopied = tier.startsWith("G");
  const regions = isCopied && second !== undefined ? [writer, second] : [writer];
  return {
    span: "item",
    guard: "none",
    level: "strong",
    promisedMilliseconds: undefined,
    writeRoundTrips: 0,
    immutability: "none",
    isEphemeral: false,
    operatorHours: 1,
    service,
    host: {
      kind: "managed",
      sla,
      store: { service, tier, zoneRedundant, regions: regions.length, writeRegions: 1, sizeGiB: need.sizeGiB },
    },
    regions,
    writeRegions: [writer],
    zoneRedundant,
    ...rest,
  };
}
