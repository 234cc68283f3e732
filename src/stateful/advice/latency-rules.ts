import type { Catalog } from "../../catalog/catalog.ts";
import { type Fact, factReason } from "../../catalog/fact.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import { publishedReason } from "../bound.ts";
import type { StoreOption } from "./options/store-option.ts";
import { durationText, type RuleVerdict } from "./rule-verdict.ts";
import { regionsOf, type StoreNeed } from "./store-need.ts";

/** A way between regions in ms, and the fact; unknown where no source says. */
interface Distance {
  readonly milliseconds: number | undefined;
  readonly fact: Fact<number> | undefined;
}

/** Round trip between two regions: 0 in one and the same. */
export function distance(catalog: Catalog, from: string, to: string): Distance {
  if (from === to) return { milliseconds: 0, fact: undefined };
  const fact = catalog.regionLatency(from, to);
  return { milliseconds: fact?.value, fact };
}

/** Read and write budgets against the way to the data, what the service promises, and the copies it waits for. */
export function latencyVerdicts(option: StoreOption, need: StoreNeed, catalog: Catalog): readonly RuleVerdict[] {
  const { readP99Milliseconds: read, writeP99Milliseconds: write } = need;
  return [
    ...(read === undefined ? [] : [readVerdict(option, need, read, catalog)]),
    ...(write === undefined ? [] : [writeVerdict(option, need, write, catalog)]),
  ];
}

function readVerdict(option: StoreOption, need: StoreNeed, budget: number, catalog: Catalog): RuleVerdict {
  const { readers, writers } = need;
  const farthest = worstWay(catalog, readers.length > 0 ? readers : writers, readableRegions(option, need));
  return verdictOf(option, farthest, budget, "latency.readP99", "ST-LAT-01", [], "a read");
}

function writeVerdict(option: StoreOption, need: StoreNeed, budget: number, catalog: Catalog): RuleVerdict {
  const way = worstWay(catalog, need.writers.length > 0 ? need.writers : regionsOf(need), option.writeRegions);
  if (option.writeRoundTrips === 0)
    return verdictOf(option, way, budget, "latency.writeP99", "ST-LAT-02", [], "a write");
  const apart = farthestPair(catalog, option.regions);
  const milliseconds =
    way.milliseconds === undefined || apart.milliseconds === undefined
      ? undefined
      : way.milliseconds + option.writeRoundTrips * apart.milliseconds;
  const rule = catalog.dataServiceFact("cosmos.latency.write.strong.multi");
  const reasons = [
    ...(apart.fact === undefined ? [] : [factReason(apart.fact)]),
    ...(rule === undefined ? [] : [publishedReason(rule)]),
  ];
  return verdictOf(option, { ...way, milliseconds }, budget, "latency.writeP99", "ST-COSMOS-02", reasons, "a write");
}

/**
 * Any region of Cosmos DB answers at its level. The copy of a database elsewhere is a prefix of the log: it will do
 * where no more is asked for, and anything fresher goes to the primary.
 */
function readableRegions({ service, regions, writeRegions }: StoreOption, { reads }: StoreNeed): readonly string[] {
  const takesPrefix = reads === "consistentPrefix" || reads === "eventual";
  return service === "cosmosDb" || takesPrefix ? regions : writeRegions;
}

function verdictOf(
  { promisedMilliseconds }: StoreOption,
  way: Distance,
  budget: number,
  input: string,
  rule: string,
  more: readonly Reason[],
  what: string,
): RuleVerdict {
  const reasons = [...(way.fact === undefined ? [] : [factReason(way.fact)]), ...more];
  const base = { rule, input, needed: budget, unit: "ms", reasons } as const;
  if (way.milliseconds === undefined)
    return { ...base, outcome: "open", text: `nobody says how far ${what} has to go` };
  const offered = way.milliseconds + (promisedMilliseconds ?? 0);
  const text = `${what} takes ${promisedMilliseconds === undefined ? "at least" : "up to"} ${durationText(offered, "ms")} at p99; ${durationText(budget, "ms")} allowed`;
  if (offered > budget) return { ...base, offered, outcome: "fail", text };
  if (promisedMilliseconds === undefined)
    return {
      ...base,
      offered,
      outcome: "monitored",
      text: `${what} has no published p99; the way is ${durationText(offered, "ms")} of the ${durationText(budget, "ms")} allowed`,
    };
  return { ...base, offered, outcome: "pass", text };
}

/** The client that has the longest way to its nearest region. */
function worstWay(catalog: Catalog, clients: readonly string[], stores: readonly string[]): Distance {
  const ways = clients.map(
    (client) =>
      stores.map((store) => distance(catalog, client, store)).toSorted((left, right) => rank(left) - rank(right))[0],
  );
  const known = ways.filter((way) => way !== undefined);
  return known.toSorted((left, right) => rank(right) - rank(left))[0] ?? { milliseconds: 0, fact: undefined };
}

export function farthestPair(catalog: Catalog, regions: readonly string[]): Distance {
  const pairs = regions.flatMap((from, index) => regions.slice(index + 1).map((to) => distance(catalog, from, to)));
  return pairs.toSorted((left, right) => rank(right) - rank(left))[0] ?? { milliseconds: 0, fact: undefined };
}

function rank({ milliseconds }: Distance): number {
  return milliseconds ?? Number.POSITIVE_INFINITY;
}
