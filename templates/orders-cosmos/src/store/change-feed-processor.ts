import { type ChangeFeedStart, type Item, type ItemContainer, isCosmosError, type Stored } from "./item-container.ts";

export interface ProcessorOptions<T extends Item> {
  /** The processing that instances share: leases of another name make another, independent pass over the feed. */
  readonly name: string;
  /** Different for every running process. */
  readonly instance: string;
  readonly monitored: ItemContainer;
  /** Partition key `/processor`. */
  readonly leases: ItemContainer;
  /** Called with changes in order per partition key, at least once. What it throws keeps the checkpoint where it was. */
  readonly handle: (changes: readonly Stored<T>[]) => Promise<void>;
  /** Milliseconds since 1970. Clocks of instances may differ by less than the lease time. */
  readonly now: () => number;
  readonly leaseSeconds?: number;
  readonly maxItemCount?: number;
  readonly startFrom?: ChangeFeedStart;
}

interface Lease extends Item {
  readonly processor: string;
  readonly owner: string | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly continuation: string | null;
}

/**
 * Reads a container's change feed with several instances, each range by one of them at a time.
 *
 * The SDKs for .NET and Java bring such a processor, the one for JavaScript does not (Change feed processor in Azure
 * Cosmos DB, 2025-07-02), so this is one over the pull model: a lease for each range holds its owner and its checkpoint
 * and is written only under its etag. An instance that dies, or is too slow, loses its leases; the next owner starts
 * at the last checkpoint. Changes may therefore come twice, and consumers have to be idempotent.
 */
export class ChangeFeedProcessor<T extends Item> {
  readonly #options: ProcessorOptions<T>;
  readonly #leaseMs: number;

  constructor(options: ProcessorOptions<T>) {
    this.#options = options;
    this.#leaseMs = (options.leaseSeconds ?? 30) * 1000;
  }

  /** One page of each range that this instance owns or can get. Returns the number of changes handled. */
  async runOnce(): Promise<number> {
    let handled = 0;
    for (const lease of await this.#acquire()) handled += await this.#processPage(lease);
    return handled;
  }

  /** Gives the leases back, so that another instance need not wait for their end. */
  async release(): Promise<void> {
    for (const lease of await this.#leases()) {
      if (lease.owner === this.#options.instance) await this.#write({ ...lease, owner: null, expiresAt: 0 });
    }
  }

  async #processPage(lease: Stored<Lease>): Promise<number> {
    const { monitored, handle, startFrom = "beginning", maxItemCount = 100 } = this.#options;
    const start = lease.continuation === null ? startFrom : { continuation: lease.continuation };
    const { items, continuation } = await monitored.changeFeed<T>(lease.id, { startFrom: start, maxItemCount });
    if (items.length > 0) await handle(items);
    // A lease that was lost meanwhile refuses the checkpoint: its new owner handles this page again.
    await this.#write({ ...lease, continuation, expiresAt: this.#options.now() + this.#leaseMs });
    return items.length;
  }

  /** This instance's leases after taking its fair share: free ones first, then one of an owner who has too many. */
  async #acquire(): Promise<readonly Stored<Lease>[]> {
    const now = this.#options.now();
    const { instance } = this.#options;
    const leases = await this.#leases();
    const isFree = (lease: Lease) => lease.owner === null || lease.expiresAt <= now;
    const mine = leases.filter((lease) => lease.owner === instance && !isFree(lease));
    const free = leases.filter(isFree);
    const others = Map.groupBy(
      leases.filter((lease) => !isFree(lease) && lease.owner !== instance),
      ({ owner }) => owner,
    );
    const share = Math.ceil(leases.length / (others.size + 1));
    const wanted = free.slice(0, Math.max(0, share - mine.length));
    const overloaded = [...others.values()].find((owned) => owned.length > share);
    if (mine.length + wanted.length < share && overloaded?.[0]) wanted.push(overloaded[0]);
    const acquired = [];
    for (const lease of wanted) {
      const written = await this.#write({ ...lease, owner: instance, expiresAt: now + this.#leaseMs });
      if (written) acquired.push(written);
    }
    return [...mine, ...acquired];
  }

  /** All leases of the processor; creates those that are missing. */
  async #leases(): Promise<readonly Stored<Lease>[]> {
    const { monitored, leases, name } = this.#options;
    const found: Stored<Lease>[] = [];
    for (const range of await monitored.feedRanges()) {
      const { item } = await leases.read<Lease>(range, name);
      found.push(item ?? (await this.#created(range)));
    }
    return found;
  }

  async #created(range: string): Promise<Stored<Lease>> {
    const lease = { id: range, processor: this.#options.name, owner: null, expiresAt: 0, continuation: null };
    try {
      const { item } = await this.#options.leases.create<Lease>(lease);
      if (item) return item;
    } catch (error) {
      if (!isCosmosError(error, 409)) throw error;
    }
    const { item } = await this.#options.leases.read<Lease>(range, this.#options.name);
    if (item === undefined) throw new Error(`the lease of the range ${range} cannot be read`);
    return item;
  }

  /** Nothing when another instance has written the lease since it was read. */
  async #write(lease: Stored<Lease>): Promise<Stored<Lease> | undefined> {
    try {
      return (await this.#options.leases.replace(lease, { ifMatch: lease._etag })).item;
    } catch (error) {
      if (isCosmosError(error, 412)) return undefined;
      throw error;
    }
  }
}
