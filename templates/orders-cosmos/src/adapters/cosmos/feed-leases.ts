import { type Item, type ItemContainer, isCosmosError, type Stored } from "./item-container.ts";

export interface LeaseOptions {
  /** The processing that instances share: leases of another name make another, independent pass over the feed. */
  readonly processor: string;
  /** Different for every running process. */
  readonly instance: string;
  readonly monitored: ItemContainer;
  /** Partition key `/processor`. */
  readonly leases: ItemContainer;
  /** Milliseconds since 1970. Clocks of instances may differ by less than the lease time. */
  readonly now: () => number;
  readonly leaseSeconds?: number | undefined;
}

/** The right to read one range of a change feed, and how far it was read. */
export interface Lease extends Item {
  readonly processor: string;
  readonly owner: string | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly continuation: string | null;
}

/**
 * Leases on the ranges of a container, one owner each, written only under their etags.
 *
 * The SDKs for .NET and Java bring a change feed processor with such leases, the one for JavaScript does not (Change
 * feed processor in Azure Cosmos DB, 2025-07-02). An instance that dies, or is too slow, loses its leases, and the next
 * owner starts at the last checkpoint: changes may come twice, and consumers have to be idempotent.
 */
export class FeedLeases {
  readonly #options: LeaseOptions;
  readonly #leaseMs: number;

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.#leaseMs = (options.leaseSeconds ?? 30) * 1000;
  }

  /** This instance's leases after taking its fair share: free ones first, then one of an owner who has too many. */
  async acquire(): Promise<readonly Stored<Lease>[]> {
    const now = this.#options.now();
    const { instance } = this.#options;
    const leases = await this.all();
    const isFree = (lease: Lease) => lease.owner === null || lease.expiresAt <= now;
    const mine = leases.filter((lease) => lease.owner === instance && !isFree(lease));
    const free = leases.filter(isFree);
    const others = Map.groupBy(
      leases.filter((lease) => !isFree(lease) && lease.owner !== instance),
      ({ owner }) => owner,
    );
    const share = Math.ceil(leases.length / (others.size + 1));
    const wanted = free.slice(0, Math.max(0, share - mine.length));
    const [surplus] = [...others.values()].find((owned) => owned.length > share) ?? [];
    if (mine.length + wanted.length < share && surplus) wanted.push(surplus);
    const acquired = await Promise.all(wanted.map((lease) => this.#write({ ...lease, owner: instance }, now)));
    return [...mine, ...acquired.filter((lease) => lease !== undefined)];
  }

  /** Nothing when another instance has taken the lease: it will read the same changes again. */
  async checkpoint(lease: Stored<Lease>, continuation: string): Promise<Stored<Lease> | undefined> {
    if (continuation === lease.continuation) return this.renew(lease);
    return this.#write({ ...lease, continuation }, this.#options.now());
  }

  /** Keeps a lease while its changes are handled. Writes only when half of its time is over. */
  async renew(lease: Stored<Lease>): Promise<Stored<Lease> | undefined> {
    const now = this.#options.now();
    return lease.expiresAt - now > this.#leaseMs / 2 ? lease : this.#write(lease, now);
  }

  /** Gives this instance's leases back, so that another need not wait for their end. */
  async release(): Promise<void> {
    for (const lease of await this.all()) {
      if (lease.owner === this.#options.instance) await this.#write({ ...lease, owner: null }, 0);
    }
  }

  /** The leases of all ranges, whoever has them. Creates those that are missing. */
  async all(): Promise<readonly Stored<Lease>[]> {
    const { monitored, leases, processor } = this.#options;
    const ranges = await monitored.feedRanges();
    return Promise.all(
      ranges.map(async (range) => (await leases.read<Lease>(range, processor)).item ?? this.#created(range)),
    );
  }

  async #created(range: string): Promise<Stored<Lease>> {
    const { leases, processor } = this.#options;
    const lease = { id: range, processor, owner: null, expiresAt: 0, continuation: null };
    try {
      const { item } = await leases.create<Lease>(lease);
      if (item) return item;
    } catch (error) {
      if (!isCosmosError(error, 409)) throw error;
    }
    const { item } = await leases.read<Lease>(range, processor);
    if (item === undefined) throw new Error(`the lease of the range ${range} cannot be read`);
    return item;
  }

  async #write(lease: Stored<Lease>, from: number): Promise<Stored<Lease> | undefined> {
    const written = { ...lease, expiresAt: lease.owner === null ? 0 : from + this.#leaseMs };
    try {
      return (await this.#options.leases.replace<Lease>(written, { ifMatch: lease._etag })).item;
    } catch (error) {
      if (isCosmosError(error, 412)) return undefined;
      throw error;
    }
  }
}
