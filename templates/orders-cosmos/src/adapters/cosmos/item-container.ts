/**
 * What the application asks of an Azure Cosmos DB container. Two things stand behind it: `cosmosContainer`, a thin
 * adapter over the `@azure/cosmos` SDK, and the contract double in `src/cosmos-double`. Items are addressed by id and
 * partition key, writes are guarded by etags, and every answer carries its session token and its request charge.
 */
export interface ItemContainer {
  /** Point read. A missing item is an answer (`statusCode` 404, no item), not an error. */
  read<T extends Item>(id: string, partitionKey: string, options?: ReadOptions): Promise<ItemResponse<T>>;
  /** Fails with 409 when the id exists in the partition. */
  create<T extends Item>(item: T, options?: WriteOptions): Promise<ItemResponse<T>>;
  /** Fails with 404 when the item is missing, with 412 when `ifMatch` names another version. */
  replace<T extends Item>(item: T, options?: WriteOptions): Promise<ItemResponse<T>>;
  /** Creates or replaces. With `ifMatch`, an item that is there must have that version. */
  upsert<T extends Item>(item: T, options?: WriteOptions): Promise<ItemResponse<T>>;
  patch<T extends Item>(
    id: string,
    partitionKey: string,
    operations: readonly PatchOperation[],
    options?: WriteOptions,
  ): Promise<ItemResponse<T>>;
  delete(id: string, partitionKey: string, options?: WriteOptions): Promise<ItemResponse<Item>>;
  /** All operations or none, in order, within one logical partition. A refused batch is an answer, not an error. */
  batch(partitionKey: string, operations: readonly BatchOperation[], options?: RequestOptions): Promise<BatchResponse>;
  /** One page. Without a partition key the query visits every physical partition, and is charged for each. */
  query<T>(query: Query, options?: QueryOptions): Promise<Page<T>>;
  /** The ranges of partition keys whose change feeds are read independently of each other. */
  feedRanges(): Promise<readonly string[]>;
  /** One page of the change feed in latest-version mode. An empty page still moves the continuation. */
  changeFeed<T extends Item>(range: string, options: ChangeFeedOptions): Promise<ChangeFeedPage<T>>;
}

export interface Item {
  readonly id: string;
}

/** What the service adds to each item. `_ts` is the second of the last write since 1970, by the writing region's clock. */
export interface SystemProperties {
  readonly _etag: string;
  readonly _ts: number;
}

export type Stored<T> = T & SystemProperties;

export const consistencyLevels = ["Strong", "BoundedStaleness", "Session", "ConsistentPrefix", "Eventual"] as const;
export type ConsistencyLevel = (typeof consistencyLevels)[number];

export interface RequestOptions {
  /** The oldest state this request may be answered from. Opaque: pass on what an earlier answer carried. */
  readonly sessionToken?: string | undefined;
}

export interface ReadOptions extends RequestOptions {
  /** Weaker than the account's level only; it changes this read, never how writes replicate. */
  readonly consistencyLevel?: ConsistencyLevel | undefined;
}

export interface WriteOptions extends RequestOptions {
  /** The etag that the stored item must still have. */
  readonly ifMatch?: string | undefined;
}

export interface Query {
  readonly query: string;
  readonly parameters?: readonly { readonly name: string; readonly value: string | number | boolean | null }[];
}

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export interface QueryOptions extends ReadOptions {
  readonly partitionKey?: string | undefined;
  readonly maxItemCount?: number | undefined;
  readonly continuationToken?: string | undefined;
}

export interface ResponseHeaders {
  readonly sessionToken: string;
  /** Request units. */
  readonly requestCharge: number;
}

export interface ItemResponse<T> extends ResponseHeaders {
  readonly statusCode: number;
  readonly item: Stored<T> | undefined;
}

export type PatchOperation =
  | { readonly op: "add" | "set" | "replace"; readonly path: string; readonly value: JsonValue }
  | { readonly op: "incr"; readonly path: string; readonly value: number }
  | { readonly op: "remove"; readonly path: string };

export type BatchOperation =
  | { readonly kind: "create"; readonly item: Item }
  | { readonly kind: "replace" | "upsert"; readonly item: Item; readonly ifMatch?: string | undefined }
  | { readonly kind: "delete" | "read"; readonly id: string; readonly ifMatch?: string | undefined }
  | {
      readonly kind: "patch";
      readonly id: string;
      readonly operations: readonly PatchOperation[];
      readonly ifMatch?: string | undefined;
    };

export interface BatchResponse extends ResponseHeaders {
  readonly committed: boolean;
  /** One per operation: the culprit of a refused batch has its own status, every other operation 424. */
  readonly results: readonly { readonly statusCode: number; readonly item?: Stored<Item> | undefined }[];
}

export interface Page<T> extends ResponseHeaders {
  readonly items: readonly T[];
  readonly continuationToken: string | undefined;
}

export type ChangeFeedStart = "beginning" | "now" | Date | { readonly continuation: string };

export interface ChangeFeedOptions {
  readonly startFrom: ChangeFeedStart;
  readonly maxItemCount?: number | undefined;
}

export interface ChangeFeedPage<T> extends ResponseHeaders {
  /** `_lsn` names the transaction of a change: items of one batch share it. */
  readonly items: readonly (Stored<T> & { readonly _lsn: number })[];
  readonly continuation: string;
}

/** A request that the service refused or could not answer. Sub-statuses tell refusals of one status apart. */
export class CosmosError extends Error {
  override readonly name = "CosmosError";
  readonly statusCode: number;
  readonly subStatus: number;
  readonly retryAfterMs: number | undefined;
  /** State that the refusal speaks of: who reads with this token sees why. */
  readonly sessionToken: string | undefined;

  /** The message without the status. */
  readonly reason: string;

  constructor(statusCode: number, reason: string, details: CosmosErrorDetails = {}) {
    super(`${statusCode}${details.subStatus ? `/${details.subStatus}` : ""}: ${reason}`, { cause: details.cause });
    this.statusCode = statusCode;
    this.reason = reason;
    this.subStatus = details.subStatus ?? 0;
    this.retryAfterMs = details.retryAfterMs;
    this.sessionToken = details.sessionToken;
  }
}

export interface CosmosErrorDetails {
  readonly subStatus?: number | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly sessionToken?: string | undefined;
  readonly cause?: unknown;
}

export function isCosmosError(error: unknown, statusCode: number): error is CosmosError {
  return error instanceof CosmosError && error.statusCode === statusCode;
}
