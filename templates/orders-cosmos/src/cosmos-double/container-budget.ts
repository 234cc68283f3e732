import { CosmosError } from "../adapters/cosmos/item-container.ts";
import type { Clock } from "./clock.ts";
import { limitOf, RequestUnitBudget, type Throughput } from "./throughput.ts";

/**
 * The request units of a container: what it has is there in each region (Request Units in Azure Cosmos DB,
 * 2023-02-27), shared evenly by the physical partitions.
 */
export class ContainerBudget {
  readonly #clock: Clock;
  readonly #share: number;
  readonly #burst: boolean;
  readonly #budgets = new Map<string, RequestUnitBudget>();

  constructor(throughput: Throughput, layout: { partitions: number; burst: boolean; clock: Clock }) {
    this.#clock = layout.clock;
    this.#share = limitOf(throughput) / layout.partitions;
    this.#burst = layout.burst;
  }

  /** Refuses a request while a partition has spent more than it is given: 429; 3200 in the sub-status list of the SDKs. */
  admit(region: number, range: string): void {
    const retryAfterMs = this.#of(region, range)?.retryAfterMs(this.#clock.now()) ?? 0;
    if (retryAfterMs > 0)
      throw new CosmosError(429, "the request rate is too large", { subStatus: 3200, retryAfterMs });
  }

  spend(region: number, range: string, units: number): void {
    this.#of(region, range)?.spend(units, this.#clock.now());
  }

  consumed(region: number, ranges: readonly string[]): number {
    return ranges.reduce((sum, range) => sum + (this.#of(region, range)?.consumed ?? 0), 0);
  }

  #of(region: number, range: string): RequestUnitBudget | undefined {
    if (this.#share === Number.POSITIVE_INFINITY) return undefined;
    const name = `${region}/${range}`;
    const budget = this.#budgets.get(name) ?? new RequestUnitBudget(this.#share, this.#burst, this.#clock.now());
    this.#budgets.set(name, budget);
    return budget;
  }
}
