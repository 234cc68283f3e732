import type { ConsistencyLevel } from "../adapters/cosmos/item-container.ts";

/** `stalled`: serves requests, but neither sends nor receives replicated writes. */
type RegionState = "serving" | "stalled" | "down";

/** The regions of an account, what works of them, and which of them take writes. */
export class Topology {
  readonly regions: readonly string[];
  readonly multiWrite: boolean;
  readonly #states: RegionState[];
  #writeRegion = 0;

  constructor(regions: readonly string[], multiWrite: boolean) {
    if (regions.length === 0 || new Set(regions).size !== regions.length) {
      throw new RangeError("an account needs regions of different names");
    }
    this.regions = regions;
    this.multiWrite = multiWrite;
    this.#states = regions.map(() => "serving");
  }

  /** Of an account with a single write region. */
  get writeRegion(): number {
    return this.#writeRegion;
  }

  indexOf(region: string): number {
    const index = this.regions.indexOf(region);
    if (index < 0) throw new RangeError(`the account has no region ${region}`);
    return index;
  }

  setState(region: number, state: RegionState): void {
    this.#states[region] = state;
  }

  promote(region: number): void {
    this.#writeRegion = region;
  }

  isUp(region: number): boolean {
    return this.#states[region] !== "down";
  }

  takesWrites(region: number): boolean {
    return this.multiWrite || region === this.#writeRegion;
  }

  replicates(from: number, to: number): boolean {
    return from === to || (this.#states[from] === "serving" && this.#states[to] === "serving");
  }

  /**
   * How many regions a Strong account may leave out of a write.
   *
   * Consistency level choices, "Dynamic quorum" (2025-08-28): 1 of 3 or 4 regions, 2 of 5; a region left out serves no
   * reads until it is back. With two regions, losing either stops writes (Reliability in Azure Cosmos DB, 2024-05-06).
   */
  get regionsDispensable(): number {
    return this.regions.length < 3 ? 0 : Math.floor((this.regions.length - 1) / 2);
  }
}

/** Rules of an account that the service checks when it is configured. */
export function checkConsistency(level: ConsistencyLevel, topology: Topology, bound: StalenessBound): void {
  // Consistency level choices (2025-08-28): Strong is not available to accounts with several write regions.
  if (level === "Strong" && topology.multiWrite && topology.regions.length > 1) {
    throw new RangeError("an account with several write regions cannot be Strong");
  }
  // ConsistencyPolicy of @azure/arm-cosmosdb: 1 to 2147483647 versions, 5 to 86400 seconds. The service asks for
  // 100 000 versions and 300 s over several regions; the double also takes less, to make bounds visible in tests.
  const { versions, seconds } = bound;
  if (!(versions >= 1 && versions <= 2_147_483_647 && seconds >= 5 && seconds <= 86_400)) {
    throw new RangeError("bounded staleness takes 1 to 2147483647 versions and 5 to 86400 seconds");
  }
}

/** Bounded Staleness: how far any region may lag, whichever is reached first. */
export interface StalenessBound {
  readonly versions: number;
  readonly seconds: number;
}
