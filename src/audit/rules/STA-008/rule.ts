import { asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { DataStore } from "../../../estate/model/service.ts";
import { parseDuration } from "../../../estate/quantities/duration.ts";
import { farthestPair } from "../../../stateful/advice/latency-rules.ts";
import { durationText } from "../../../stateful/advice/rule-verdict.ts";
import { numberOf } from "../../../stateful/bound.ts";
import type { AuditContext, Rule } from "../../rule.ts";
import { type StoreVerdict, storeOutcome } from "../../stores/store-outcome.ts";
import { declaredStores } from "../../stores/stores-in-place.ts";

/** STA-008: level, regions and write regions of a Cosmos DB account go together. */
export const cosmosLevelFitsRegions: Rule = {
  id: "STA-008",
  name: "cosmos-level-fits-regions",
  title: "Consistency level, regions and write regions of a Cosmos DB account go together.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["objectives"],
  judges: "objects",
  *evaluate(context) {
    for (const store of declaredStores(context.estate)) {
      if (store.service !== "cosmosDb") continue;
      const verdicts = [...judge(context, store)];
      for (const verdict of verdicts.length === 0 ? [passes] : verdicts) {
        yield storeOutcome(context.estate, store, verdict);
      }
    }
  },
};

const passes: StoreVerdict = { verdict: "pass", message: "" };

function* judge(context: AuditContext, store: DataStore): Iterable<StoreVerdict> {
  const level = asObject(store.spec["consistency"])["reads"];
  const { writers } = store.regions;
  const regions = [...new Set([...writers, ...store.regions.readers])];
  const path = "spec.regions.writers";
  if (level === "strong" && writers.length > 1) {
    yield {
      verdict: "fail",
      part: "1",
      path,
      message: `DataStore ${store.name} asks for strong reads and ${writers.length} write regions, which Cosmos DB does not offer together.`,
      fix: { description: "Let one region write, or ask for session." },
    };
    return;
  }
  if (level === "boundedStaleness" && writers.length > 1) {
    yield {
      verdict: "fail",
      part: "3",
      severity: "medium",
      path,
      message: `DataStore ${store.name} combines bounded staleness with ${writers.length} write regions, a documented anti-pattern: writes are throttled as soon as one region lags.`,
      fix: { description: "Ask for session where every region writes, or let one region write." },
    };
  }
  if (level !== "strong" || regions.length < 2) return;
  if (regions.length === 2) {
    yield {
      verdict: "fail",
      part: "2",
      severity: "medium",
      path: "spec.regions",
      message: `DataStore ${store.name} is strong over exactly two regions: losing the one that only reads stops writes too, so it is less available than in one region.`,
      fix: { description: "Add a third region (dynamic quorum then drops the lost one), or ask for session." },
    };
  }
  yield* writeFloor(context, store, regions);
}

/** Two round trips to the farthest region, and what Cosmos DB promises inside one. */
function* writeFloor({ catalog }: AuditContext, store: DataStore, regions: readonly string[]): Iterable<StoreVerdict> {
  const seconds = parseDuration(asText(asObject(store.spec["latency"])["writeP99"]) ?? "");
  const { milliseconds } = farthestPair(catalog, regions);
  const inside = numberOf(catalog.dataServiceFact("cosmos.latency.write.p99"));
  const path = "spec.latency.writeP99";
  if (seconds === undefined) return;
  if (milliseconds === undefined || inside === undefined) {
    yield {
      verdict: "notEvaluable",
      part: "4",
      path,
      missing: ["needs-E"],
      message: `Whether DataStore ${store.name} writes within ${durationText(seconds)} depends on the round trip between ${regions.join(" and ")}, of which no source speaks.`,
    };
    return;
  }
  const floor = 2 * milliseconds + inside;
  if (floor <= seconds * 1000) return;
  yield {
    verdict: "fail",
    part: "4",
    path,
    message: `DataStore ${store.name} is to write within ${durationText(seconds)} at p99; a strong write over ${regions.length} regions waits ${durationText(floor, "ms")} (2 × ${durationText(milliseconds, "ms")} to the farthest and ${durationText(inside, "ms")}).`,
    fix: { description: "Ask for session, take regions that are nearer, or grant the time." },
  };
}
