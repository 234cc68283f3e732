import type { ItemContainer } from "../adapters/cosmos/item-container.ts";
import { type AccountOptions, AccountState } from "./account-state.ts";
import { type ClientOptions, ContainerClient } from "./container-client.ts";
import { ContainerService } from "./container-service.ts";
import type { ContainerSettings } from "./container-settings.ts";
import type { Faults } from "./faults.ts";
import type { OriginLog } from "./origin-log.ts";
import type { PhysicalPartition } from "./physical-partition.ts";

/**
 * A contract double of an Azure Cosmos DB for NoSQL account, in memory, deterministic for a seed and a virtual clock.
 *
 * It answers as the documentation says the service does: partition keys, etags, batches, the five consistency levels
 * over several regions, session tokens, change feed, time to live and throttling. The pages are named, with their
 * date, where the behaviour is. It is no measure of latency or price.
 */
export class CosmosAccountDouble {
  readonly #state: AccountState;
  readonly #containers = new Map<string, ContainerService>();

  constructor(options: AccountOptions) {
    this.#state = new AccountState(options);
  }

  get faults(): Faults {
    return this.#state.faults;
  }

  createContainer(database: string, id: string, settings: ContainerSettings): void {
    const name = `${database}/${id}`;
    if (this.#containers.has(name)) throw new RangeError(`the account has a container ${name}`);
    this.#containers.set(name, new ContainerService(settings, this.#state));
  }

  hasContainer(database: string, id: string): boolean {
    return this.#containers.has(`${database}/${id}`);
  }

  /** One client has one order of preferred regions and remembers its session, as one instance of the SDK does. */
  client(options: ClientOptions = {}): { container(database: string, id: string): ItemContainer } {
    const clients = new Map<string, ContainerClient>();
    return {
      container: (database, id) => {
        const name = `${database}/${id}`;
        const client = clients.get(name) ?? new ContainerClient(this.#service(name), this.#state, options);
        clients.set(name, client);
        return client;
      },
    };
  }

  /** Request units that a container has spent in a region. */
  consumedRequestUnits(database: string, id: string, region: string): number {
    return this.#service(`${database}/${id}`).consumed(this.#state.topology.indexOf(region));
  }

  /** The region answers nothing and replicates nothing. */
  failRegion(region: string): void {
    this.#setState(region, "down");
  }

  /** The region serves requests, but is cut off from the replication of the others. */
  stallReplication(region: string): void {
    this.#setState(region, "stalled");
  }

  /** Ends an outage or a stall: what was held back arrives after the replication delay. */
  restoreRegion(region: string): void {
    this.#setState(region, "serving");
  }

  /**
   * Makes another region the write region. Writes that had not reached it are lost for ever: with asynchronous levels
   * up to the replication lag, with Strong none (Consistency level choices, 2025-08-28, durability table).
   */
  failOver(region: string): { readonly lostWrites: number } {
    const { topology, clock, level } = this.#state;
    const target = topology.indexOf(region);
    if (topology.multiWrite) throw new RangeError("regions that all write need no failover");
    if (!topology.isUp(target)) throw new RangeError(`the region ${region} is down`);
    const now = clock.now();
    const partitions = this.#partitions();
    if (
      level === "Strong" &&
      partitions.some(({ logs }) => logs.some((log) => log.applied(target, 0, now) < log.head))
    ) {
      throw new RangeError(`the region ${region} is behind the strong write quorum`);
    }
    topology.promote(target);
    const lostWrites = partitions.reduce((sum, partition) => sum + partition.failOver(target, now), 0);
    this.#relink();
    return { lostWrites };
  }

  #setState(region: string, state: "serving" | "stalled" | "down"): void {
    this.#state.topology.setState(this.#state.topology.indexOf(region), state);
    this.#relink();
  }

  /** Holds back what is under way on broken links and releases what waited on restored ones. */
  #relink(): void {
    const { topology, clock } = this.#state;
    const link = (log: OriginLog, region: number) =>
      topology.replicates(log.home, region) ? log.release(region, clock.now()) : log.hold(region, clock.now());
    for (const { logs } of this.#partitions()) {
      for (const log of logs) {
        for (const region of topology.regions.keys()) link(log, region);
      }
    }
  }

  #partitions(): readonly PhysicalPartition[] {
    return [...this.#containers.values()].flatMap((container) => container.partitions);
  }

  #service(name: string): ContainerService {
    const service = this.#containers.get(name);
    if (service === undefined) throw new RangeError(`the account has no container ${name}`);
    return service;
  }
}
