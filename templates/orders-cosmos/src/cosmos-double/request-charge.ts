import type { ConsistencyLevel } from "../adapters/cosmos/item-container.ts";

/**
 * Request units as a model: the two published points of each kind, a straight line between them.
 *
 * Optimizing the cost of your requests in Azure Cosmos DB (2021-08-26): a point read costs 1 RU at 1 KB and 10 RU at
 * 100 KB; inserting 1 KB without indexing about 5.5 RU; replacing twice an insert; Strong and Bounded Staleness double
 * every read. Indexing, the number of properties and query plans are outside the model: measure those on the service.
 */
export function readCharge(bytes: number, level: ConsistencyLevel): number {
  const factor = level === "Strong" || level === "BoundedStaleness" ? 2 : 1;
  return factor * sizeFactor(bytes);
}

export function insertCharge(bytes: number): number {
  return 5.5 * sizeFactor(bytes);
}

export function replaceCharge(bytes: number): number {
  return 2 * insertCharge(bytes);
}

/** A request that finds or changes nothing: not published, ours. */
export const refusedCharge = 1;

function sizeFactor(bytes: number): number {
  const kilobytes = bytes / 1024;
  return kilobytes <= 1 ? 1 : 1 + (kilobytes - 1) * (9 / 99);
}
