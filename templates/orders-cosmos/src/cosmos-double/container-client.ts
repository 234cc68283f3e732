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
  type RequestOptions,
  type ResponseHeaders,
  type WriteOptions,
} from "../adapters/cosmos/item-container.ts";
import type { AccountState } from "./account-state.ts";
import type { ContainerService } from "./container-service.ts";
import type { RequestKind } from "./faults.ts";
import { partitionKeyOf } from "./limits.ts";
import { joinSessionTokens } from "./session-token.ts";

export interface ClientOptions {
  /** Where reads go first, then second, ...; the others follow in the account's order. */
  readonly preferredRegions?: readonly string[];
  /** False for a client that forgets its session, as one that restarts between any two requests. */
  readonly keepsSession?: boolean;
  /** Retries of 429 and 449 after the time the service asks for; the SDK makes nine. */
  readonly throttlingRetries?: number;
}

/**
 * What the SDK adds to the service: preferred regions, a remembered session, retries. After the retry table of
 * Azure/azure-cosmos-dotnet-v3, docs/SdkDesign.md (2026-08): 429 and 449 wait and retry; 404/1002 goes on to the write
 * region, or with several of them to the next; 403 and 503 go on to the next region; a write that timed out is not
 * repeated, for it may have been applied.
 */
export class ContainerClient implements ItemContainer {
  readonly #service: ContainerService;
  readonly #account: AccountState;
  readonly #preferred: readonly number[];
  readonly #keepsSession: boolean;
  readonly #throttlingRetries: number;
  #session = "";

  constructor(service: ContainerService, account: AccountState, options: ClientOptions) {
    this.#service = service;
    this.#account = account;
    const { topology } = account;
    const named = (options.preferredRegions ?? []).map((region) => topology.indexOf(region));
    this.#preferred = [...new Set([...named, ...topology.regions.keys()])];
    this.#keepsSession = options.keepsSession ?? true;
    this.#throttlingRetries = options.throttlingRetries ?? 9;
  }

  read<T extends Item>(id: string, partitionKey: string, options: ReadOptions = {}): Promise<ItemResponse<T>> {
    const request = this.#inSession(options);
    return this.#send("read", (region) => this.#service.read<T>(region, { id, partitionKey }, request));
  }

  create<T extends Item>(item: T): Promise<ItemResponse<T>> {
    return this.#write<T>(item, { kind: "create", item });
  }

  replace<T extends Item>(item: T, { ifMatch }: WriteOptions = {}): Promise<ItemResponse<T>> {
    return this.#write<T>(item, { kind: "replace", item, ifMatch });
  }

  upsert<T extends Item>(item: T, { ifMatch }: WriteOptions = {}): Promise<ItemResponse<T>> {
    return this.#write<T>(item, { kind: "upsert", item, ifMatch });
  }

  patch<T extends Item>(
    id: string,
    partitionKey: string,
    operations: readonly PatchOperation[],
    { ifMatch }: WriteOptions = {},
  ): Promise<ItemResponse<T>> {
    return this.#write<T>(partitionKey, { kind: "patch", id, operations, ifMatch });
  }

  delete(id: string, partitionKey: string, { ifMatch }: WriteOptions = {}): Promise<ItemResponse<Item>> {
    return this.#write<Item>(partitionKey, { kind: "delete", id, ifMatch });
  }

  batch(partitionKey: string, operations: readonly BatchOperation[]): Promise<BatchResponse> {
    return this.#send("write", (region) => this.#service.batch(region, partitionKey, operations));
  }

  query<T>(query: Query, options: QueryOptions = {}): Promise<Page<T>> {
    const request = { ...options, ...this.#inSession(options) };
    return this.#send("read", (region) => this.#service.query<T>(region, query, request));
  }

  feedRanges(): Promise<readonly string[]> {
    return Promise.resolve(this.#service.partitions.map(({ range }) => range));
  }

  changeFeed<T extends Item>(range: string, options: ChangeFeedOptions): Promise<ChangeFeedPage<T>> {
    return this.#send("feed", (region) => this.#service.changeFeed<T>(region, range, options));
  }

  async #write<T extends Item>(target: T | string, operation: BatchOperation): Promise<ItemResponse<T>> {
    const { partitionKeyPath } = this.#service.settings;
    const partitionKey = typeof target === "string" ? target : partitionKeyOf(target, partitionKeyPath);
    return this.#send("write", (region) => this.#service.write<T>(region, partitionKey, operation));
  }

  #inSession<O extends RequestOptions>(options: O): O {
    return { ...options, sessionToken: options.sessionToken ?? this.#session };
  }

  async #send<R extends ResponseHeaders>(kind: RequestKind, work: (region: number) => R): Promise<R> {
    const regions = this.#route(kind);
    for (let attempt = 0; ; ) {
      try {
        const response = work(regions[0] ?? 0);
        this.#remember(response.sessionToken);
        return response;
      } catch (error) {
        if (!(error instanceof CosmosError)) throw error;
        // The SDK also learns from 404, 409 and 412 (captureSessionToken of @azure/cosmos 4.10).
        this.#remember(error.sessionToken ?? "");
        if ((error.statusCode === 429 || error.statusCode === 449) && attempt < this.#throttlingRetries) {
          attempt += 1;
          await this.#account.clock.sleep(error.retryAfterMs ?? 10 * 2 ** attempt);
        } else if (!this.#goOn(regions, kind, error)) {
          throw error;
        }
      }
    }
  }

  #remember(sessionToken: string): void {
    if (this.#keepsSession) this.#session = joinSessionTokens([this.#session, sessionToken]);
  }

  /** Reads try every region, writes every one that takes them. */
  #route(kind: RequestKind): number[] {
    const { topology } = this.#account;
    return kind === "write" ? this.#preferred.filter((region) => topology.takesWrites(region)) : [...this.#preferred];
  }

  /** Drops the region that refused, and for a session it has not caught up with those that will not have either. */
  #goOn(regions: number[], kind: RequestKind, error: CosmosError): boolean {
    const [refused] = regions.splice(0, 1);
    const { topology } = this.#account;
    if (error.statusCode === 404 && error.subStatus === 1002) {
      if (!topology.multiWrite) regions.splice(0, regions.length, ...regions.filter((r) => r === topology.writeRegion));
      return regions.length > 0 && (topology.multiWrite || refused !== topology.writeRegion);
    }
    const elsewhere = [403, 503].includes(error.statusCode) || (error.statusCode === 408 && kind !== "write");
    return elsewhere && error.subStatus !== 1014 && regions.length > 0;
  }
}
