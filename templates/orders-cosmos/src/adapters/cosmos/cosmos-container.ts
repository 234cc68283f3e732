import type { Container, FeedRange, JSONObject, OperationInput, ItemResponse as SdkItemResponse } from "@azure/cosmos";
import {
  type BatchOperation,
  type BatchResponse,
  type ChangeFeedOptions,
  type ChangeFeedPage,
  CosmosError,
  type Item,
  type ItemContainer,
  type ItemResponse,
  type Page,
  type PatchOperation,
  type Query,
  type QueryOptions,
  type ReadOptions,
  type Stored,
  type WriteOptions,
} from "./item-container.ts";

/** The SDK is optional and loaded late, so what is needed of it at run time is handed in. */
export type CosmosSdk = Pick<typeof import("@azure/cosmos"), "ChangeFeedStartFrom">;

/** `ItemContainer` on a container of the `@azure/cosmos` SDK, which routes, retries and keeps its session itself. */
export class SdkItemContainer implements ItemContainer {
  readonly #sdk: CosmosSdk;
  readonly #container: Container;
  readonly #partitionKeyName: string;
  readonly #ranges = new Map<string, FeedRange>();

  constructor(sdk: CosmosSdk, container: Container, partitionKeyPath: string) {
    this.#sdk = sdk;
    this.#container = container;
    this.#partitionKeyName = partitionKeyPath.slice(1);
  }

  read<T extends Item>(id: string, partitionKey: string, options: ReadOptions = {}): Promise<ItemResponse<T>> {
    return translated(async () => {
      const response = await this.#container.item(id, partitionKey).read<T>(defined(options));
      // The SDK reports a session that no region can serve like a missing item.
      if (response.statusCode === 404 && response.substatus) {
        throw new CosmosError(404, "no region has what the session token asks for", { subStatus: response.substatus });
      }
      return itemResponse<T>(response);
    });
  }

  create<T extends Item>(item: T): Promise<ItemResponse<T>> {
    return translated(async () => itemResponse<T>(await this.#container.items.create<T>(item)));
  }

  replace<T extends Item>(item: T, options?: WriteOptions): Promise<ItemResponse<T>> {
    const partitionKey = String(new Map(Object.entries(item)).get(this.#partitionKeyName));
    return translated(async () =>
      itemResponse<T>(await this.#container.item(item.id, partitionKey).replace<T>(item, condition(options))),
    );
  }

  upsert<T extends Item>(item: T, options?: WriteOptions): Promise<ItemResponse<T>> {
    return translated(async () => itemResponse<T>(await this.#container.items.upsert<T>(item, condition(options))));
  }

  patch<T extends Item>(
    id: string,
    partitionKey: string,
    operations: readonly PatchOperation[],
    options?: WriteOptions,
  ): Promise<ItemResponse<T>> {
    return translated(async () =>
      itemResponse<T>(await this.#container.item(id, partitionKey).patch<T>([...operations], condition(options))),
    );
  }

  delete(id: string, partitionKey: string, options?: WriteOptions): Promise<ItemResponse<Item>> {
    return translated(async () =>
      itemResponse<Item>(await this.#container.item(id, partitionKey).delete<Item>(condition(options))),
    );
  }

  batch(partitionKey: string, operations: readonly BatchOperation[]): Promise<BatchResponse> {
    return translated(async () => {
      const { result = [], headers } = await this.#container.items.batch(operations.map(sdkOperation), partitionKey);
      return {
        committed: result.length > 0 && result.every(({ statusCode }) => statusCode < 300),
        results: result.map(({ statusCode, resourceBody }) => ({ statusCode, item: storedItem(resourceBody) })),
        sessionToken: String(headers["x-ms-session-token"] ?? ""),
        requestCharge: Number(headers["x-ms-request-charge"] ?? 0),
      };
    });
  }

  query<T>({ query, parameters = [] }: Query, options: QueryOptions = {}): Promise<Page<T>> {
    return translated(async () => {
      const specification = { query, parameters: [...parameters] };
      const page = await this.#container.items.query<T>(specification, defined(options)).fetchNext();
      return {
        items: page.resources,
        continuationToken: page.continuationToken || undefined,
        // The SDK keeps the session of a query to itself.
        sessionToken: "",
        requestCharge: page.requestCharge,
      };
    });
  }

  feedRanges(): Promise<readonly string[]> {
    return translated(async () => {
      for (const range of await this.#container.getFeedRanges()) {
        this.#ranges.set(`${range.minInclusive}-${range.maxExclusive}`, range);
      }
      return [...this.#ranges.keys()];
    });
  }

  changeFeed<T extends Item>(range: string, options: ChangeFeedOptions): Promise<ChangeFeedPage<T>> {
    return translated(async () => {
      const iterator = this.#container.items.getChangeFeedIterator<Stored<T> & { readonly _lsn: number }>({
        changeFeedStartFrom: this.#startFrom(range, options),
        ...defined({ maxItemCount: options.maxItemCount }),
      });
      const { result, continuationToken, sessionToken, requestCharge } = await iterator.readNext();
      return { items: result ?? [], continuation: continuationToken, sessionToken, requestCharge };
    });
  }

  #startFrom(range: string, { startFrom }: ChangeFeedOptions) {
    const { ChangeFeedStartFrom } = this.#sdk;
    const feedRange = this.#ranges.get(range);
    if (startFrom === "beginning") return ChangeFeedStartFrom.Beginning(feedRange);
    if (startFrom === "now") return ChangeFeedStartFrom.Now(feedRange);
    if (startFrom instanceof Date) return ChangeFeedStartFrom.Time(startFrom, feedRange);
    return ChangeFeedStartFrom.Continuation(startFrom.continuation);
  }
}

function sdkOperation(operation: BatchOperation): OperationInput {
  switch (operation.kind) {
    case "create":
      return { operationType: "Create", resourceBody: json(operation.item) };
    case "upsert":
      return { operationType: "Upsert", resourceBody: json(operation.item), ...guard(operation) };
    case "replace":
      return {
        operationType: "Replace",
        id: operation.item.id,
        resourceBody: json(operation.item),
        ...guard(operation),
      };
    case "patch": {
      const resourceBody = { operations: [...operation.operations] };
      return { operationType: "Patch", id: operation.id, resourceBody, ...guard(operation) };
    }
    case "delete":
      return { operationType: "Delete", id: operation.id };
    case "read":
      return { operationType: "Read", id: operation.id };
  }
}

function guard({ ifMatch }: { readonly ifMatch?: string | undefined }) {
  return defined({ ifMatch });
}

function condition(options: WriteOptions | undefined) {
  return options?.ifMatch === undefined ? {} : { accessCondition: { type: "IfMatch", condition: options.ifMatch } };
}

function json(item: Item): JSONObject {
  return JSON.parse(JSON.stringify(item));
}

/** The SDK tells an option that is undefined from one that is absent. */
function defined<T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

function itemResponse<T extends Item>(response: SdkItemResponse<T>): ItemResponse<T> {
  return {
    statusCode: response.statusCode,
    item: response.resource as Stored<T> | undefined,
    sessionToken: String(response.headers["x-ms-session-token"] ?? ""),
    requestCharge: response.requestCharge,
  };
}

function storedItem(body: JSONObject | undefined): Stored<Item> | undefined {
  return body as unknown as Stored<Item> | undefined;
}

/** The SDK throws its `ErrorResponse`; a request it gave up waiting for has the code "TimeoutError". */
async function translated<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof CosmosError || !("code" in error)) throw error;
    const statusCode = error.code === "TimeoutError" ? 408 : error.code;
    if (typeof statusCode !== "number") throw error;
    throw new CosmosError(statusCode, error.message, {
      subStatus: "substatus" in error && typeof error.substatus === "number" ? error.substatus : undefined,
      retryAfterMs:
        "retryAfterInMs" in error && typeof error.retryAfterInMs === "number" ? error.retryAfterInMs : undefined,
      cause: error,
    });
  }
}
