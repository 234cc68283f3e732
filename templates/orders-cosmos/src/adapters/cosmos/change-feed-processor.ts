import { FeedLeases, type Lease, type LeaseOptions } from "./feed-leases.ts";
import type { ChangeFeedStart, Item, Stored } from "./item-container.ts";

export interface ProcessorOptions<T extends Item> extends LeaseOptions {
  /** Called with changes in order per partition key, at least once. What it throws keeps the checkpoint where it was. */
  readonly handle: (page: Changes<T>) => Promise<void>;
  readonly startFrom?: ChangeFeedStart;
}

export interface Changes<T> {
  readonly items: readonly Stored<T>[];
  /** Reads with this token see at least these changes. */
  readonly sessionToken: string;
}

/** Handles the changes of a container with several instances, each range by one of them at a time. */
export class ChangeFeedProcessor<T extends Item> {
  readonly #options: ProcessorOptions<T>;
  readonly #leases: FeedLeases;

  constructor(options: ProcessorOptions<T>) {
    this.#options = options;
    this.#leases = new FeedLeases(options);
  }

  /** One page of each range that this instance owns or can get. Returns the number of changes handled. */
  async runOnce(maxItemCount = 100): Promise<number> {
    let handled = 0;
    for (const lease of await this.#leases.acquire()) handled += await this.#processPage(lease, maxItemCount);
    return handled;
  }

  release(): Promise<void> {
    return this.#leases.release();
  }

  async #processPage(lease: Stored<Lease>, maxItemCount: number): Promise<number> {
    const { monitored, handle, startFrom = "beginning" } = this.#options;
    const start = lease.continuation === null ? startFrom : { continuation: lease.continuation };
    const { items, continuation, sessionToken } = await monitored.changeFeed<T>(lease.id, {
      startFrom: start,
      maxItemCount,
    });
    if (items.length > 0) await handle({ items, sessionToken });
    await this.#leases.checkpoint(lease, continuation);
    return items.length;
  }
}
