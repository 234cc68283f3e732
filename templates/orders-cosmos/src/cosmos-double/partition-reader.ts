import { type ConsistencyLevel, CosmosError, consistencyLevels } from "../adapters/cosmos/item-container.ts";
import type { ItemVersion, View } from "./item-versions.ts";
import { type ItemKey, replicasPerRegion } from "./origin-log.ts";
import type { PhysicalPartition } from "./physical-partition.ts";
import type { SeededRandom } from "./random.ts";
import type { SessionToken } from "./session-token.ts";
import type { StalenessBound, Topology } from "./topology.ts";

export interface ReadRequest {
  readonly region: number;
  readonly level: ConsistencyLevel;
  readonly token: SessionToken | undefined;
  readonly now: number;
}

/** Which state one read sees; at Eventual, each item may come from another replica. */
export interface Snapshot {
  readonly view: View;
  readonly version: (key: ItemKey) => ItemVersion | undefined;
}

/** A request may ask for a weaker level than the account's, never for a stronger one. */
export function effectiveLevel(account: ConsistencyLevel, requested: ConsistencyLevel | undefined): ConsistencyLevel {
  if (requested === undefined) return account;
  if (consistencyLevels.indexOf(requested) < consistencyLevels.indexOf(account)) {
    throw new CosmosError(400, `an account at ${account} does not serve reads at ${requested}`);
  }
  return requested;
}

/** What each consistency level lets a read in a region see. Source of all: Consistency level choices (2025-08-28). */
export class PartitionReader {
  readonly #topology: Topology;
  readonly #accountLevel: ConsistencyLevel;
  readonly #bound: StalenessBound;
  readonly #random: SeededRandom;

  constructor(topology: Topology, level: ConsistencyLevel, bound: StalenessBound, random: SeededRandom) {
    this.#topology = topology;
    this.#accountLevel = level;
    this.#bound = bound;
    this.#random = random;
  }

  snapshot(partition: PhysicalPartition, request: ReadRequest): Snapshot {
    if (this.#accountLevel === "Strong" && !this.isInQuorum(partition, request.region, request.now)) {
      throw new CosmosError(503, "the region is out of the write quorum and serves no reads");
    }
    const { region, now } = request;
    switch (request.level) {
      case "Strong":
        return fixed(partition, this.#newestOfTwo(partition, region, now));
      case "BoundedStaleness":
        // The page promises that every read meets its level, so a region beyond the bound must not answer.
        if (this.exceedsBound(partition, region, now)) throw new CosmosError(503, "the region lags beyond the bound");
        return fixed(partition, this.#newestOfTwo(partition, region, now));
      case "Session":
        return fixed(partition, this.#replicaWith(partition, request));
      case "ConsistentPrefix":
        // One replica answers the whole read: writes of one batch are seen together or not at all.
        return fixed(partition, this.#anyReplica(partition, region, now));
      case "Eventual":
        return {
          view: this.#anyReplica(partition, region, now),
          version: (key) => partition.version(key, this.#anyReplica(partition, region, now)),
        };
    }
  }

  /** Strong: replicates with the write region and has caught up with it. */
  isInQuorum(partition: PhysicalPartition, region: number, now: number): boolean {
    if (!this.#topology.isUp(region)) return false;
    return partition.logs.every(
      (log) => this.#topology.replicates(log.home, region) && log.applied(region, 0, now) === log.head,
    );
  }

  /** Whether the region lags any writing region by K versions or T seconds. */
  exceedsBound(partition: PhysicalPartition, region: number, now: number): boolean {
    return partition.logs.some((log) => {
      const applied = log.applied(region, 0, now);
      const oldestMissing = log.entries[applied];
      if (oldestMissing === undefined) return false;
      return log.head - applied > this.#bound.versions || now - oldestMissing.committedAt > this.#bound.seconds * 1000;
    });
  }

  /** Whether one more write would take some region beyond the bound. */
  atBound(partition: PhysicalPartition, now: number): boolean {
    return this.#topology.regions.some((_, region) =>
      partition.logs.some((log) => {
        const applied = log.applied(region, 0, now);
        const oldestMissing = log.entries[applied];
        if (oldestMissing === undefined) return false;
        const { versions, seconds } = this.#bound;
        return log.head - applied >= versions || now - oldestMissing.committedAt >= seconds * 1000;
      }),
    );
  }

  /** Two of four replicas: a majority of three has every write of the region, so one of any two has it. */
  #newestOfTwo(partition: PhysicalPartition, region: number, now: number): View {
    const first = this.#random.between(0, replicasPerRegion - 1);
    const second = (first + this.#random.between(1, replicasPerRegion - 1)) % replicasPerRegion;
    const [left, right] = [partition.view(region, first, now), partition.view(region, second, now)];
    return left.map((lsn, origin) => Math.max(lsn, right[origin] ?? 0));
  }

  #anyReplica(partition: PhysicalPartition, region: number, now: number): View {
    return partition.view(region, this.#random.between(0, replicasPerRegion - 1), now);
  }

  /** A replica that has what the token asks for; without a token any replica will do, as at Eventual. */
  #replicaWith(partition: PhysicalPartition, { region, token, now }: ReadRequest): View {
    const first = this.#random.between(0, replicasPerRegion - 1);
    const barrier = token ? partition.barrier(token) : [];
    for (let step = 0; step < replicasPerRegion; step += 1) {
      const view = partition.view(region, (first + step) % replicasPerRegion, now);
      if (barrier.every((lsn, origin) => (view[origin] ?? 0) >= lsn)) return view;
    }
    // Azure/azure-cosmos-dotnet-v3, docs/SdkDesign.md (2026-08): 404 with sub-status 1002, read session not available.
    throw new CosmosError(404, "the region has not yet what the session token asks for", { subStatus: 1002 });
  }
}

function fixed(partition: PhysicalPartition, view: View): Snapshot {
  return { view, version: (key) => partition.version(key, view) };
}
