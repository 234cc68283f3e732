import { asObject } from "../../../estate/kubernetes/json-value.ts";
import type { DataStore } from "../../../estate/model/service.ts";
import { type ConfluenceVerdict, confluenceVerdicts } from "../../../stateful/advice/confluence.ts";
import { readNeed } from "../../../stateful/advice/read-need.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { storeOutcome } from "../../stores/store-outcome.ts";
import { declaredStores } from "../../stores/stores-in-place.ts";

/** Services that write an item without looking at what is there. */
const withoutCondition = new Set(["eventHubs", "serviceBus", "storageFiles"]);
const weakReads = new Set(["consistentPrefix", "eventual"]);

/** STA-006: an invariant that needs agreement is on a store where writers can agree. */
export const writersAgree: Rule = {
  id: "STA-006",
  name: "writers-agree",
  title: "An invariant that no merge keeps is on a store whose writers can agree.",
  severity: { high: "high", medium: "high", low: "medium" },
  inputs: ["objectives"],
  judges: "objects",
  *evaluate(context) {
    for (const store of declaredStores(context.estate)) {
      const hard = confluenceVerdicts(readNeed(store, context.estate).need.entities).filter(
        ({ need }) => need === "coordination",
      );
      yield judge(context, store, hard);
    }
  },
};

function judge({ estate }: AuditContext, store: DataStore, hard: readonly ConfluenceVerdict[]): RuleOutcome {
  const [worst] = hard.toSorted((left, right) => right.perSecond - left.perSecond);
  if (worst === undefined) return storeOutcome(estate, store, { verdict: "pass", message: "" });
  const { service, regions } = store;
  const path = "spec.entities";
  const what = `${worst.operation} of ${worst.entity} (${worst.perSecond} a second) under ${worst.invariant}`;
  if (service === "cosmosDb" && regions.writers.length > 1) {
    const remedy =
      worst.means === "escrow"
        ? "hand out shares to the regions (escrow), or let one region write"
        : "let one region write, with a condition on each write (etag)";
    return storeOutcome(estate, store, {
      verdict: "fail",
      part: "1",
      path,
      message: `DataStore ${store.name} is written in ${regions.writers.length} regions and the last writer wins, which loses ${what}: ${worst.because}${oversold(store, worst)}.`,
      fix: { description: `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}.` },
    });
  }
  if (withoutCondition.has(service)) {
    return storeOutcome(estate, store, {
      verdict: "fail",
      part: "2",
      path,
      message: `DataStore ${store.name} is on ${service}, which writes without looking at what is there, and cannot hold ${what}: ${worst.because}.`,
      fix: {
        description: "Keep what must hold in a store with transactions or conditional writes, and publish from there.",
      },
    });
  }
  const reads = asObject(store.spec["consistency"])["reads"];
  if (typeof reads === "string" && weakReads.has(reads) && worst.means !== "uniqueIndex") {
    return storeOutcome(estate, store, {
      verdict: "fail",
      part: "3",
      severity: "medium",
      path: "spec.consistency.reads",
      message: `DataStore ${store.name} is read with ${reads} consistency, and whether a ${worst.operation} of ${worst.entity} is allowed is decided on what was read: two may decide on the same old value (${what}).`,
      fix: {
        description:
          "Decide on a strong read in one transaction, or make each write conditional on the version that was read.",
      },
    });
  }
  return storeOutcome(estate, store, { verdict: "pass", message: "" });
}

/** What is sold in each region beside the others, where a bound is passed by taking away. */
function oversold(store: DataStore, { means }: ConfluenceVerdict): string {
  if (means !== "escrow") return "";
  const each = asObject(store.spec["lossCost"])["perOversell"];
  const others = store.regions.writers.length - 1;
  const cost = typeof each === "number" ? `, at ${each} each` : "";
  return `; up to ${others === 1 ? "once" : `${others} times`} the stock is oversold within one replication lag${cost}`;
}
