import { type ConsistencyLevel, CosmosError } from "../adapters/cosmos/item-container.ts";
import type { Clock } from "./clock.ts";
import { Faults, type RequestKind } from "./faults.ts";
import type { Reach, ReplicationDelays } from "./origin-log.ts";
import { PartitionReader } from "./partition-reader.ts";
import type { PhysicalPartition } from "./physical-partition.ts";
import { hashText, SeededRandom } from "./random.ts";
import { checkConsistency, type StalenessBound, Topology } from "./topology.ts";

export interface AccountOptions {
  /** The first one writes, unless all do. */
  readonly regions?: readonly string[];
  readonly multiWrite?: boolean;
  readonly consistencyLevel?: ConsistencyLevel;
  readonly stalenessBound?: StalenessBound;
  readonly clock: Clock;
  readonly seed?: number;
  /** Milliseconds; 20 to 150 between regions and 0 to 10 within one unless given. No published distribution exists. */
  readonly delays?: Partial<ReplicationDelays>;
  /** Milliseconds by which a region's clock is ahead. */
  readonly clockSkew?: Readonly<Record<string, number>>;
}

/** What all containers of an account share. */
export class AccountState {
  readonly topology: Topology;
  readonly level: ConsistencyLevel;
  readonly clock: Clock;
  readonly seed: number;
  readonly delays: ReplicationDelays;
  readonly reader: PartitionReader;
  readonly faults: Faults;
  readonly #skew: readonly number[];

  constructor(options: AccountOptions) {
    const { regions = ["westeurope"], multiWrite = false, seed = 1, clockSkew = {} } = options;
    const bound = options.stalenessBound ?? { versions: 100_000, seconds: 300 };
    this.topology = new Topology(regions, multiWrite);
    this.level = options.consistencyLevel ?? "Session";
    this.clock = options.clock;
    this.seed = seed;
    this.delays = {
      between: options.delays?.between ?? ((from, to, random) => (from === to ? 0 : random.between(20, 150))),
      trailing: options.delays?.trailing ?? ((random) => random.between(0, 10)),
    };
    checkConsistency(this.level, this.topology, bound);
    this.reader = new PartitionReader(this.topology, this.level, bound, new SeededRandom(hashText(`${seed}/reader`)));
    this.faults = new Faults(new SeededRandom(hashText(`${seed}/faults`)));
    this.#skew = regions.map((region) => clockSkew[region] ?? 0);
  }

  clockOf(region: number): number {
    return this.clock.now() + (this.#skew[region] ?? 0);
  }

  /** Statuses after Azure/azure-cosmos-dotnet-v3, docs/SdkDesign.md (2026-08). */
  checkRegion(region: number, kind: RequestKind): void {
    if (!this.topology.isUp(region)) throw new CosmosError(403, "the region is unavailable", { subStatus: 1008 });
    if (kind === "write" && !this.topology.takesWrites(region)) {
      throw new CosmosError(403, "the region takes no writes", { subStatus: 3 });
    }
  }

  /** Whether the account's level lets the region acknowledge a write now. */
  checkWrite(partition: PhysicalPartition, region: number): void {
    const now = this.clock.now();
    if (this.level === "Strong") {
      const out = [...this.topology.regions.keys()].filter((other) => !this.reader.isInQuorum(partition, other, now));
      if (out.length > this.topology.regionsDispensable || !this.reader.isInQuorum(partition, region, now)) {
        throw new CosmosError(503, "too few regions are in reach to commit a strong write");
      }
    }
    // Consistency level choices (2025-08-28): beyond the bound, writes of the physical partition are throttled.
    if (this.level === "BoundedStaleness" && this.reader.atBound(partition, now)) {
      throw new CosmosError(429, "a region lags by the staleness bound", { retryAfterMs: 100 });
    }
  }

  /** When another region gets a write of this one. */
  reach(partition: PhysicalPartition, region: number): (other: number) => Reach {
    const now = this.clock.now();
    return (other) => {
      if (!this.topology.replicates(region, other)) return "held";
      const waits = this.level === "Strong" && this.reader.isInQuorum(partition, other, now);
      return other === region || waits ? "atOnce" : "delayed";
    };
  }
}
