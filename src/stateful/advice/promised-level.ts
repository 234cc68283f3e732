import type { CosmosLevel } from "../timelines/managed/managed-store.ts";
import type { StoreOption } from "./options/store-option.ts";
import type { StoreNeed } from "./store-need.ts";

/** The level that readers can count on. */
interface PromisedLevel {
  readonly level: CosmosLevel;
  /** Why it is less than the configured level. */
  readonly because?: string;
  readonly facts: readonly string[];
}

/**
 * What readers of an option are promised. A session belongs to a client that keeps its token. A bounded read is up to date
 * with its own region only: who wrote in another one may not find it. Prefixes are kept for transactional batches alone.
 */
export function promisedLevel(option: StoreOption, need: StoreNeed): PromisedLevel {
  const { level, service, regions, writeRegions } = option;
  if (service !== "cosmosDb") return { level, facts: [] };
  if (level === "session" && losesToken(option, need)) {
    return {
      level: "eventual",
      because: "clients change region without their session token, and are promised no more than eventual",
      facts: ["cosmos.quorum.session"],
    };
  }
  const writesElsewhere = regions.length > 1 && need.writers.some((region) => !writeRegions.includes(region));
  if (level === "boundedStaleness" && (losesToken(option, need) || writesElsewhere)) {
    return {
      level: "consistentPrefix",
      because: "clients read in another region than they write to, where a bounded read may miss their own writes",
      facts: ["cosmos.quorum.bounded_staleness"],
    };
  }
  if (level === "consistentPrefix" && need.transactionSpan === "item") {
    return {
      level: "eventual",
      because: "writes of single items are read as eventual; only transactional batches are seen in order",
      facts: ["cosmos.prefix.change"],
    };
  }
  return { level, facts: [] };
}

/** Clients of several regions that come without their session token. */
export function losesToken({ regions }: StoreOption, { clientsMoveRegions, sessionTokenTravels }: StoreNeed): boolean {
  return clientsMoveRegions && !sessionTokenTravels && regions.length > 1;
}
