import { CosmosError, type Item, type Stored } from "../adapters/cosmos/item-container.ts";
import { type ItemVersion, type LastWriterWins, type View, versionsNeeded, visibleVersion } from "./item-versions.ts";
import { type ItemKey, type LogEntry, OriginLog, type Reach, type ReplicationDelays } from "./origin-log.ts";
import { hashText, SeededRandom } from "./random.ts";
import type { SessionToken } from "./session-token.ts";

export interface WrittenItem extends ItemKey {
  /** Absent for a deletion. System properties are added on commit. */
  readonly body: Item | undefined;
  readonly bytes: number;
}

/** The data of one range of partition keys in all regions: logs, versions, and the history of failovers. */
export class PhysicalPartition {
  readonly range: string;
  readonly #logs: readonly OriginLog[];
  readonly #policy: LastWriterWins;
  readonly #versions = new Map<string, Map<string, readonly ItemVersion[]>>();
  readonly #bytes = new Map<string, number>();
  /** LSN at which each failover cut the log. */
  readonly #cuts: number[] = [];
  readonly #regions: number;

  constructor(
    range: string,
    layout: { writers: readonly number[]; regions: number; delays: ReplicationDelays; seed: number },
    policy: LastWriterWins,
  ) {
    this.range = range;
    this.#policy = policy;
    this.#regions = layout.regions;
    this.#logs = layout.writers.map((writer) => {
      const random = new SeededRandom(hashText(`${layout.seed}/${range}/${writer}`));
      return new OriginLog(writer, layout.regions, layout.delays, random);
    });
  }

  get logs(): readonly OriginLog[] {
    return this.#logs;
  }

  get epoch(): number {
    return this.#cuts.length;
  }

  view(region: number, replica: number, now: number): View {
    return this.#logs.map((log) => log.applied(region, replica, now));
  }

  /** What a region's majority has; a writing region has all its own writes. */
  regionView(region: number, now: number): View {
    return this.view(region, 0, now);
  }

  token(view: View): SessionToken {
    return { range: this.range, epoch: this.epoch, lsns: view };
  }

  /** What a token still asks for: writes that a failover has lost can no longer be waited for. */
  barrier(token: { epoch: number; lsns: readonly number[] }): View {
    const kept = Math.min(...this.#cuts.slice(token.epoch), Number.POSITIVE_INFINITY);
    return token.lsns.map((lsn) => Math.min(lsn, kept));
  }

  version(key: ItemKey, view: View): ItemVersion | undefined {
    const versions = this.#versions.get(key.partitionKey)?.get(key.id);
    return versions && visibleVersion(versions, view, this.#policy);
  }

  /** Every item that has ever been in a partition key, or in all of them, in the order of first writes. */
  *keys(partitionKey: string | undefined): Generator<ItemKey> {
    for (const key of partitionKey === undefined ? this.#versions.keys() : [partitionKey]) {
      for (const id of this.#versions.get(key)?.keys() ?? []) yield { partitionKey: key, id };
    }
  }

  logicalBytes(partitionKey: string): number {
    return this.#bytes.get(partitionKey) ?? 0;
  }

  /** One transaction: all items become visible together, at one LSN. */
  commit(
    writer: { region: number; clockMs: number },
    items: readonly WrittenItem[],
    now: number,
    reach: (region: number) => Reach,
  ): readonly ItemVersion[] {
    const origin = this.#logs.findIndex((log) => log.home === writer.region);
    const log = this.#logs[origin];
    if (log === undefined) throw new CosmosError(403, "the region takes no writes", { subStatus: 3 });
    const seen = this.regionView(writer.region, now);
    const lsn = log.append(items, now, reach);
    const ts = Math.floor(writer.clockMs / 1000);
    const oldest = this.#oldestView(now);
    return items.map((item, index) => {
      const etag = `"${[this.epoch, origin, lsn, index].map((part) => part.toString(16)).join("-")}"`;
      const version = { origin, lsn, seen, etag, bytes: item.bytes, ts, document: document(item.body, etag, ts) };
      this.#add(item, version, seen, oldest);
      return version;
    });
  }

  #add(key: ItemKey, version: ItemVersion, seen: View, oldest: View): void {
    const items = this.#versions.get(key.partitionKey) ?? new Map<string, readonly ItemVersion[]>();
    this.#versions.set(key.partitionKey, items);
    const replaced = this.version(key, seen)?.bytes ?? 0;
    this.#bytes.set(key.partitionKey, this.logicalBytes(key.partitionKey) + version.bytes - replaced);
    const earlier = items.get(key.id) ?? [];
    items.set(key.id, [...(earlier.length > 1 ? versionsNeeded(earlier, oldest) : earlier), version]);
  }

  #oldestView(now: number): View {
    return this.#logs.map((log) => {
      const applied = Array.from({ length: this.#regions }, (_, region) =>
        Math.min(log.applied(region, 0, now), log.applied(region, 3, now)),
      );
      return Math.min(...applied);
    });
  }

  /** Moves the single log to another region, which keeps what it had applied. Returns the number of writes lost. */
  failOver(region: number, now: number): number {
    const log = this.#logs[0];
    if (log === undefined || this.#logs.length > 1) return 0;
    const kept = log.applied(region, 0, now);
    const lost = log.head - kept;
    log.cut(kept);
    log.home = region;
    this.#cuts.push(kept);
    for (const items of this.#versions.values()) {
      for (const [id, versions] of items)
        items.set(
          id,
          versions.filter((version) => version.lsn <= kept),
        );
    }
    return lost;
  }

  /** Entries that a region had not applied at `from` and has at `to`, in the order in which it applied them. */
  entriesBetween(region: number, from: View, to: View): readonly AppliedEntry[] {
    const applied = this.#logs.flatMap((log, origin) =>
      log.entries
        .slice(from[origin] ?? 0, to[origin] ?? 0)
        .map((entry) => ({ ...entry, origin, arrival: log.arrival(region, entry.lsn) })),
    );
    return this.#logs.length === 1 ? applied : applied.toSorted((a, b) => a.arrival - b.arrival || a.origin - b.origin);
  }
}

export interface AppliedEntry extends LogEntry {
  readonly origin: number;
  readonly arrival: number;
}

function document(body: Item | undefined, etag: string, ts: number): Stored<Item> | undefined {
  return body && Object.freeze({ ...body, _etag: etag, _ts: ts });
}
