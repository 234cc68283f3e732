import { CosmosError, type Item } from "../adapters/cosmos/item-container.ts";

// Azure Cosmos DB service quotas (2023-04-15): item 2 MB of UTF-8 JSON, id 1023 bytes without "/" and "\",
// partition key value 2048 bytes with large partition keys, logical partition 20 GB.
// Transactional batch operations in Azure Cosmos DB (2025-07-16): 100 operations and 2 MB a batch.
export const maxItemBytes = 2 * 1024 * 1024;
export const maxBatchBytes = 2 * 1024 * 1024;
export const maxBatchOperations = 100;
export const maxLogicalPartitionBytes = 20 * 1024 ** 3;
const maxIdBytes = 1023;
const maxPartitionKeyBytes = 2048;

export function checkId(id: unknown): asserts id is string {
  if (typeof id !== "string" || id === "") throw new CosmosError(400, "an item needs an id, which is a text");
  if (/[/\\?#]/.test(id)) throw new CosmosError(400, `the id ${id} holds one of / \\ ? #`);
  if (Buffer.byteLength(id) > maxIdBytes) throw new CosmosError(400, `an id has at most ${maxIdBytes} bytes`);
}

export function checkPartitionKey(partitionKey: string): void {
  if (Buffer.byteLength(partitionKey) > maxPartitionKeyBytes) {
    throw new CosmosError(400, `a partition key value has at most ${maxPartitionKeyBytes} bytes`);
  }
}

export function checkItemSize(bytes: number): void {
  if (bytes > maxItemBytes) throw new CosmosError(413, `the item has ${bytes} bytes; ${maxItemBytes} are allowed`);
}

/** The text found at the container's partition key path. Only texts serve as keys here, and one level of path. */
export function partitionKeyOf(item: Item, path: string): string {
  const value = new Map<string, unknown>(Object.entries(item)).get(path.slice(1));
  if (typeof value !== "string") throw new CosmosError(400, `the item ${item.id} has no text at ${path}`);
  checkPartitionKey(value);
  return value;
}
