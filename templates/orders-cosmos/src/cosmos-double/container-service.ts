import {
  type BatchOperation,
  type BatchResponse,
  type ChangeFeedOptions,
  type ChangeFeedPage,
  type ConsistencyLevel,
  CosmosError,
  type Item,
  type ItemResponse,
  type Page,
  type Query,
  type QueryOptions,
  type ReadOptions,
  type RequestOptions,
} from "../adapters/cosmos/item-container.ts";
import type { AccountState } from "./account-state.ts";
import { checkBatch } from "./batch.ts";
import { type FeedSlice, formatContinuation, readFeed, startView } from "./change-feed.ts";
import { ContainerBudget } from "./container-budget.ts";
import type { ContainerSettings } from "./container-settings.ts";
import { ContainerWriter } from "./container-writer.ts";
import type { ItemVersion } from "./item-versions.ts";
import { checkId, checkPartitionKey } from "./limits.ts";
import type { ItemKey } from "./origin-log.ts";
import { effectiveLevel } from "./partition-reader.ts";
import { PhysicalPartition } from "./physical-partition.ts";
import { parseQuery } from "./query.ts";
import { type FoundItem, pageOf } from "./query-page.ts";
import { hashText } from "./random.ts";
import { readCharge, refusedCharge } from "./request-charge.ts";
import { formatSessionToken, parseSessionTokens } from "./session-token.ts";
import { aliveVersion } from "./time-to-live.ts";

const defaultPageSize = 100;

/** A container as one region's gateway serves it: no retries, no remembered session. */
export class ContainerService {
  readonly settings: ContainerSettings;
  readonly #account: AccountState;
  readonly #partitions: readonly PhysicalPartition[];
  readonly #budget: ContainerBudget;
  readonly #writer: ContainerWriter;

  constructor(settings: ContainerSettings, account: AccountState) {
    this.settings = settings;
    this.#account = account;
    const { topology, delays, seed } = account;
    const writers = topology.multiWrite ? [...topology.regions.keys()] : [topology.writeRegion];
    const layout = { writers, regions: topology.regions.length, delays, seed };
    const policy = { path: settings.conflictPath ?? "/_ts" };
    this.#partitions = Array.from(
      { length: settings.physicalPartitions ?? 1 },
      (_, index) => new PhysicalPartition(String(index), layout, policy),
    );
    this.#budget = new ContainerBudget(settings.throughput ?? { kind: "unlimited" }, {
      partitions: this.#partitions.length,
      burst: settings.burstCapacity ?? false,
      clock: account.clock,
    });
    this.#writer = new ContainerWriter(settings, account, this.#budget);
  }

  get partitions(): readonly PhysicalPartition[] {
    return this.#partitions;
  }

  /** Request units spent in a region, replicated writes included. */
  consumed(region: number): number {
    return this.#budget.consumed(
      region,
      this.#partitions.map(({ range }) => range),
    );
  }

  read<T extends Item>(region: number, key: ItemKey, options: ReadOptions): ItemResponse<T> {
    checkId(key.id);
    const partition = this.#partitionOf(key.partitionKey);
    return this.#serve(region, "read", [partition], () => {
      const level = effectiveLevel(this.#account.level, options.consistencyLevel);
      const { view, version } = this.#snapshot(partition, region, level, options);
      const found = this.#alive(version(key), region);
      const requestCharge = found ? readCharge(found.bytes, level) : refusedCharge;
      this.#spend(region, partition, requestCharge);
      const sessionToken = formatSessionToken(partition.token(view));
      return { statusCode: found ? 200 : 404, item: typed<T>(found), sessionToken, requestCharge };
    });
  }

  write<T extends Item>(region: number, partitionKey: string, operation: BatchOperation): ItemResponse<T> {
    const partition = this.#partitionOf(partitionKey);
    return this.#serve(region, "write", [partition], () => {
      const { statusCode, version, ...headers } = this.#writer.write({ region, partition, partitionKey }, operation);
      return { statusCode, item: typed<T>(version), ...headers };
    });
  }

  batch(region: number, partitionKey: string, operations: readonly BatchOperation[]): BatchResponse {
    checkBatch(operations);
    const partition = this.#partitionOf(partitionKey);
    return this.#serve(region, "write", [partition], () =>
      this.#writer.batch({ region, partition, partitionKey }, operations),
    );
  }

  query<T>(region: number, query: Query, options: QueryOptions): Page<T> {
    const parsed = parseQuery(query);
    const { partitionKey } = options;
    const partitions = partitionKey === undefined ? this.#partitions : [this.#partitionOf(partitionKey)];
    return this.#serve(region, "read", partitions, () => {
      const level = effectiveLevel(this.#account.level, options.consistencyLevel);
      const tokens: string[] = [];
      const found = partitions.flatMap((partition) => {
        const snapshot = this.#snapshot(partition, region, level, options);
        tokens.push(formatSessionToken(partition.token(snapshot.view)));
        return [...this.#found(partition, partitionKey, region, snapshot)].filter((item) =>
          parsed.matches(item.document),
        );
      });
      const page = parsed.counts
        ? { items: found, continuationToken: undefined }
        : pageOf(found, parsed, {
            maxItems: options.maxItemCount ?? defaultPageSize,
            continuationToken: options.continuationToken,
          });
      // A model: what the items of the page cost as point reads, at least 1 RU for each physical partition visited.
      const share = page.items.reduce((sum, { bytes }) => sum + readCharge(bytes, level), 0) / partitions.length;
      const requestCharge = Math.max(refusedCharge, share) * partitions.length;
      for (const partition of partitions) this.#spend(region, partition, requestCharge / partitions.length);
      const items: readonly unknown[] = parsed.counts ? [found.length] : page.items.map(({ document }) => document);
      return {
        items: items as readonly T[],
        continuationToken: page.continuationToken,
        sessionToken: tokens.join(","),
        requestCharge,
      };
    });
  }

  changeFeed<T extends Item>(region: number, range: string, options: ChangeFeedOptions): ChangeFeedPage<T> {
    const partition = this.#partitions.find((candidate) => candidate.range === range);
    // 1002 in the sub-status list of the SDKs: partition key range gone.
    if (partition === undefined) throw new CosmosError(410, `there is no range ${range}`, { subStatus: 1002 });
    return this.#serve(region, "feed", [partition], (redelivers) => {
      const now = this.#account.clock.now();
      const slice = readFeed(partition, {
        region,
        now,
        from: startView(partition, options.startFrom, { region, now }),
        maxItems: options.maxItemCount ?? defaultPageSize,
        isExpired: (key, view) => this.#alive(partition.version(key, view), region) === undefined,
      });
      const requestCharge = Math.max(refusedCharge, readCharge(slice.bytes, "Session"));
      this.#spend(region, partition, requestCharge);
      return { ...feedPage<T>(partition, slice, redelivers), requestCharge };
    });
  }

  /** Checks that come before every request, and the faults that may follow it. */
  #serve<R>(
    region: number,
    kind: "read" | "write" | "feed",
    partitions: readonly PhysicalPartition[],
    work: (redelivers: boolean) => R,
  ): R {
    const { faults } = this.#account;
    this.#account.checkRegion(region, kind);
    const fault = faults.next(kind);
    if (fault?.kind === "unavailable") throw new CosmosError(503, "the service is unavailable for a moment");
    if (fault?.kind === "retryWith") throw new CosmosError(449, "a concurrent operation was met, retry");
    if (fault?.kind === "timeout" && !fault.applied) throw new CosmosError(408, "the request timed out");
    for (const { range } of partitions) this.#budget.admit(region, range);
    const response = work(fault?.kind === "redelivery");
    if (fault?.kind === "timeout") throw new CosmosError(408, "the request timed out");
    return response;
  }

  *#found(
    partition: PhysicalPartition,
    partitionKey: string | undefined,
    region: number,
    snapshot: { version: (key: ItemKey) => ItemVersion | undefined },
  ): Generator<FoundItem> {
    for (const key of partition.keys(partitionKey)) {
      const version = this.#alive(snapshot.version(key), region);
      if (version?.document) yield { key, document: version.document, bytes: version.bytes };
    }
  }

  #snapshot(partition: PhysicalPartition, region: number, level: ConsistencyLevel, options: RequestOptions) {
    const tokens = options.sessionToken ? parseSessionTokens(options.sessionToken) : [];
    const token = tokens.find(({ range }) => range === partition.range);
    return this.#account.reader.snapshot(partition, { region, level, token, now: this.#account.clock.now() });
  }

  #alive(version: ItemVersion | undefined, region: number): ItemVersion | undefined {
    return aliveVersion(version, this.settings.defaultTimeToLive, this.#account.clockOf(region));
  }

  #partitionOf(partitionKey: string): PhysicalPartition {
    checkPartitionKey(partitionKey);
    const partition = this.#partitions[hashText(partitionKey) % this.#partitions.length];
    if (partition === undefined) throw new RangeError("a container has at least one physical partition");
    return partition;
  }

  #spend(region: number, partition: PhysicalPartition, units: number): void {
    this.#budget.spend(region, partition.range, units);
  }
}

/** The caller names the type of its items, as with the SDK; nothing is checked at run time. */
function typed<T extends Item>(version: ItemVersion | undefined): ItemResponse<T>["item"] {
  return version?.document as ItemResponse<T>["item"];
}

function feedPage<T extends Item>(partition: PhysicalPartition, slice: FeedSlice, redelivers: boolean) {
  return {
    items: slice.changes as unknown as ChangeFeedPage<T>["items"],
    continuation: formatContinuation(partition, redelivers ? slice.from : slice.to),
    sessionToken: formatSessionToken(partition.token(slice.to)),
  };
}
