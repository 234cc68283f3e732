import { CosmosError, type Item } from "../adapters/cosmos/item-container.ts";
import type { ItemVersion } from "./item-versions.ts";

const longestSeconds = 2_147_483_647;

/**
 * Whether an item has outlived its time to live. Seconds since the last write.
 *
 * Expire data in Azure Cosmos DB with time to live (2025-12-05): nothing expires while the container has no default;
 * with -1 nothing does by default; an item's own `ttl` overrides the default, -1 keeps it for ever; an expired item
 * no longer appears, whenever the background purges it.
 */
function hasExpired(version: ItemVersion, defaultTimeToLive: number | undefined, clockMs: number): boolean {
  if (defaultTimeToLive === undefined || version.document === undefined) return false;
  const seconds = timeToLiveOf(version.document) ?? defaultTimeToLive;
  return seconds !== -1 && clockMs >= (version.ts + seconds) * 1000;
}

/** The version unless it is a deletion or has expired. */
export function aliveVersion(
  version: ItemVersion | undefined,
  defaultTimeToLive: number | undefined,
  clockMs: number,
): ItemVersion | undefined {
  if (version?.document === undefined) return undefined;
  return hasExpired(version, defaultTimeToLive, clockMs) ? undefined : version;
}

export function checkTimeToLive(item: Item): void {
  const seconds: unknown = "ttl" in item ? item.ttl : -1;
  if (seconds === -1) return;
  if (typeof seconds !== "number" || !Number.isInteger(seconds) || seconds < 1 || seconds > longestSeconds) {
    throw new CosmosError(400, `ttl is -1 or a whole number of seconds from 1 to ${longestSeconds}`);
  }
}

function timeToLiveOf(document: Item): number | undefined {
  return "ttl" in document && typeof document.ttl === "number" ? document.ttl : undefined;
}
