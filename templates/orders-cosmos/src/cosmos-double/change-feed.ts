import { type ChangeFeedStart, CosmosError, type Item, type Stored } from "../adapters/cosmos/item-container.ts";
import type { View } from "./item-versions.ts";
import type { AppliedEntry, PhysicalPartition } from "./physical-partition.ts";

/**
 * The change feed of one physical partition, as a region sees it, in latest-version mode.
 *
 * Change feed in Azure Cosmos DB (2025-06-23): ordered by modification time per partition key; items of one batch share
 * it and come in any order; a failover leaves the feed contiguous.
 * Change feed modes in Azure Cosmos DB (2025-04-08): only the latest version of an item, no deletions, deleted items
 * are gone; start from the beginning, a time, now, or a continuation.
 */
export interface FeedSlice {
  readonly changes: readonly (Stored<Item> & { readonly _lsn: number })[];
  readonly from: View;
  readonly to: View;
  readonly bytes: number;
}

export interface FeedRequest {
  readonly region: number;
  readonly now: number;
  readonly from: View;
  /** Transactions are never split, so a page may hold more. */
  readonly maxItems: number;
  readonly isExpired: (key: AppliedEntry["touched"][number], view: View) => boolean;
}

export function readFeed(partition: PhysicalPartition, request: FeedRequest): FeedSlice {
  const head = partition.regionView(request.region, request.now);
  const entries = partition.entriesBetween(request.region, request.from, head);
  const lastTouch = new Map<string, AppliedEntry>();
  for (const entry of entries) {
    for (const key of entry.touched) lastTouch.set(`${key.partitionKey}\n${key.id}`, entry);
  }
  const changes: (Stored<Item> & { readonly _lsn: number })[] = [];
  const to = [...request.from];
  let bytes = 0;
  for (const entry of entries) {
    if (changes.length >= request.maxItems) break;
    to[entry.origin] = entry.lsn;
    for (const key of entry.touched) {
      if (lastTouch.get(`${key.partitionKey}\n${key.id}`) !== entry || request.isExpired(key, head)) continue;
      const version = partition.version(key, head);
      // A write that lost a conflict changed nothing here.
      if (version?.document === undefined || version === partition.version(key, request.from)) continue;
      changes.push({ ...version.document, _lsn: entry.lsn });
      bytes += version.bytes;
    }
  }
  return { changes, from: request.from, to, bytes };
}

export function startView(
  partition: PhysicalPartition,
  start: ChangeFeedStart,
  at: { region: number; now: number },
): View {
  if (start === "beginning") return partition.logs.map(() => 0);
  if (start === "now") return partition.regionView(at.region, at.now);
  if (start instanceof Date) {
    return partition.logs.map((log) => {
      const first = log.entries.findIndex((entry) => entry.committedAt >= start.getTime());
      return first < 0 ? log.head : first;
    });
  }
  return parseContinuation(partition, start.continuation);
}

export function formatContinuation(partition: PhysicalPartition, view: View): string {
  return `${partition.range}@${partition.epoch}:${view.join(",")}`;
}

function parseContinuation(partition: PhysicalPartition, text: string): View {
  const [, range, epoch, lsns] = /^(\w+)@(\d+):(\d+(?:,\d+)*)$/.exec(text) ?? [];
  const view = lsns?.split(",").map(Number);
  if (range !== partition.range || view?.length !== partition.logs.length) {
    throw new CosmosError(400, `${JSON.stringify(text)} is no continuation of the range ${partition.range}`);
  }
  return partition.barrier({ epoch: Number(epoch), lsns: view });
}
