import type { Outbox, OutboxBacklog, OutboxMessage } from "../../ports/outbox.ts";
import { documentId, type EventDocument, type StreamDocument } from "./documents.ts";
import { FeedLeases, type Lease, type LeaseOptions } from "./feed-leases.ts";
import { type Item, type ItemContainer, isCosmosError, type Stored } from "./item-container.ts";

export interface OutboxOptions extends Omit<LeaseOptions, "processor"> {
  /** Messages whose delivery failed; partition key `/queue`. */
  readonly deliveries: ItemContainer;
}

/** A message that left the order of the feed because its delivery failed. */
interface Delivery extends Item {
  readonly queue: typeof queue;
  readonly state: "waiting" | "parked";
  /** Milliseconds since 1970: when it is tried again. */
  readonly dueAt: number;
  readonly message: OutboxMessage;
  readonly error: string;
}

/** A page of a range of the feed, until all of its messages are settled. */
interface OpenPage {
  lease: Stored<Lease>;
  readonly continuation: string;
  readonly waiting: OutboxMessage[];
  readonly unsettled: Set<string>;
}

const queue = "outbox";
const visibilityMs = 60_000;
/** How far `backlog` looks ahead in each range. */
const backlogPage = 1000;

/**
 * The change feed as outbox: the events are their own messages, so that none can be written without the other.
 *
 * A range's checkpoint moves once every message of a page is settled. A message that fails is put into `deliveries`
 * and comes from there, so that it holds up nobody. Deletes and intermediate versions are missing in the feed (Change
 * feed modes in Azure Cosmos DB, 2025-04-08), which does no harm here: events are written once and never changed.
 */
export class ChangeFeedOutbox implements Outbox {
  readonly #options: OutboxOptions;
  readonly #leases: FeedLeases;
  readonly #pages = new Map<string, OpenPage>();
  readonly #retried = new Map<string, Stored<Delivery>>();
  #claiming: Promise<unknown> = Promise.resolve();

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#leases = new FeedLeases({ ...options, processor: queue });
  }

  /** Claims of one process come after each other, for they share its open pages. */
  claim(limit: number): Promise<readonly OutboxMessage[]> {
    const claimed = this.#claiming.then(() => this.#claim(limit));
    this.#claiming = claimed.catch(() => undefined);
    return claimed;
  }

  async complete(message: OutboxMessage): Promise<void> {
    const delivery = this.#retried.get(message.id);
    if (delivery === undefined) return this.#settle(message);
    this.#retried.delete(message.id);
    try {
      await this.#options.deliveries.delete(delivery.id, queue, { ifMatch: delivery._etag });
    } catch (error) {
      // Taken over by another process after the visibility time: it is delivered twice.
      if (!isCosmosError(error, 404) && !isCosmosError(error, 412)) throw error;
    }
  }

  retryLater(message: OutboxMessage, delayMilliseconds: number, error: string): Promise<void> {
    return this.#defer(message, "waiting", this.#options.now() + delayMilliseconds, error);
  }

  park(message: OutboxMessage, error: string): Promise<void> {
    return this.#defer(message, "parked", Number.MAX_SAFE_INTEGER, error);
  }

  async backlog(): Promise<OutboxBacklog> {
    const { monitored, now } = this.#options;
    const writtenAt = (await this.#deliveries("waiting")).map(({ _ts }) => _ts);
    for (const lease of await this.#leases.all()) {
      const page = await monitored.changeFeed<StreamDocument>(lease.id, {
        startFrom: startOf(lease),
        maxItemCount: backlogPage,
      });
      writtenAt.push(...page.items.filter(({ kind }) => kind === "event").map(({ _ts }) => _ts));
    }
    const oldest = Math.min(...writtenAt, now() / 1000);
    return {
      waiting: writtenAt.length,
      parked: (await this.#deliveries("parked")).length,
      oldestSeconds: Math.max(0, Math.floor(now() / 1000 - oldest)),
    };
  }

  /** For operators: tries again what was parked, as if for the first time. Returns how many messages there were. */
  async unpark(): Promise<number> {
    const { deliveries, now } = this.#options;
    const parked = await this.#deliveries("parked");
    for (const delivery of parked) {
      const message = { ...delivery.message, attempts: 0 };
      const waiting: Delivery = { ...delivery, state: "waiting", dueAt: now(), message };
      await deliveries.replace(waiting, { ifMatch: delivery._etag });
    }
    return parked.length;
  }

  /** Gives the ranges back when the process ends. */
  release(): Promise<void> {
    this.#pages.clear();
    return this.#leases.release();
  }

  async #claim(limit: number): Promise<readonly OutboxMessage[]> {
    const claimed = await this.#dueRetries(limit);
    for (const lease of await this.#leases.acquire()) {
      if (claimed.length >= limit) break;
      const page = await this.#openPage(lease, limit);
      if (page) claimed.push(...page.waiting.splice(0, limit - claimed.length));
    }
    return claimed;
  }

  /** The page of a range that is under way, or the next one; none when the feed has nothing new. */
  async #openPage(lease: Stored<Lease>, limit: number): Promise<OpenPage | undefined> {
    const known = this.#pages.get(lease.id);
    if (known && known.lease.continuation === lease.continuation) {
      known.lease = (await this.#leases.renew(lease)) ?? lease;
      return known;
    }
    const { items, continuation } = await this.#options.monitored.changeFeed<StreamDocument>(lease.id, {
      startFrom: startOf(lease),
      maxItemCount: limit,
    });
    const waiting = items.flatMap((item) => (item.kind === "event" ? [messageOf(item)] : [])).toSorted(byVersion);
    if (waiting.length === 0) {
      await this.#leases.checkpoint(lease, continuation);
      return undefined;
    }
    const page = { lease, continuation, waiting, unsettled: new Set(waiting.map(({ id }) => id)) };
    this.#pages.set(lease.id, page);
    return page;
  }

  /** Failed messages whose time has come, hidden from other processes while this one tries. */
  async #dueRetries(limit: number): Promise<OutboxMessage[]> {
    const { deliveries, now } = this.#options;
    const due = (await this.#deliveries("waiting")).filter(({ dueAt }) => dueAt <= now()).slice(0, limit);
    const claimed: OutboxMessage[] = [];
    for (const delivery of due) {
      try {
        const hidden = { ...delivery, dueAt: now() + visibilityMs };
        const { item } = await deliveries.replace<Delivery>(hidden, { ifMatch: delivery._etag });
        if (item === undefined || !(await this.#hasEvent(delivery.message))) continue;
        this.#retried.set(delivery.message.id, item);
        claimed.push(delivery.message);
      } catch (error) {
        if (!isCosmosError(error, 412) && !isCosmosError(error, 404)) throw error;
      }
    }
    return claimed;
  }

  /**
   * A retry may come to a process whose region lags behind the one that read the feed. Having read the event, the
   * client's session is as new as the message, and so is all that its handler reads of the stream.
   */
  async #hasEvent({ stream, version }: OutboxMessage): Promise<boolean> {
    return (await this.#options.monitored.read(`${version}`, stream)).item !== undefined;
  }

  async #defer(message: OutboxMessage, state: Delivery["state"], dueAt: number, error: string): Promise<void> {
    const deferred = { ...message, attempts: message.attempts + 1 };
    const id = documentId(message.id);
    await this.#options.deliveries.upsert<Delivery>({ id, queue, state, dueAt, message: deferred, error });
    this.#retried.delete(message.id);
    await this.#settle(message);
  }

  async #settle(message: OutboxMessage): Promise<void> {
    for (const [range, page] of this.#pages) {
      if (!page.unsettled.delete(message.id) || page.unsettled.size > 0) continue;
      this.#pages.delete(range);
      await this.#leases.checkpoint(page.lease, page.continuation);
    }
  }

  async #deliveries(state: Delivery["state"]): Promise<readonly Stored<Delivery>[]> {
    const { items } = await this.#options.deliveries.query<Stored<Delivery>>(
      {
        query: "SELECT * FROM c WHERE c.state = @state ORDER BY c.dueAt",
        parameters: [{ name: "@state", value: state }],
      },
      { partitionKey: queue, maxItemCount: backlogPage },
    );
    return items;
  }
}

function startOf(lease: Lease) {
  return lease.continuation === null ? "beginning" : { continuation: lease.continuation };
}

function messageOf({ stream, version, event, traceParent }: EventDocument): OutboxMessage {
  const trace = traceParent === undefined ? {} : { traceParent };
  return { id: `${stream}@${version}`, stream, version, event, attempts: 0, ...trace };
}

/** Items of one batch come in any order; of each stream, the versions should not. */
function byVersion(left: OutboxMessage, right: OutboxMessage): number {
  return left.stream === right.stream ? left.version - right.version : 0;
}
