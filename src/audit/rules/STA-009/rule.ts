import { asObject } from "../../../estate/kubernetes/json-value.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { DataStore } from "../../../estate/model/service.ts";
import { confluenceVerdicts } from "../../../stateful/advice/confluence.ts";
import { readNeed } from "../../../stateful/advice/read-need.ts";
import { durationText } from "../../../stateful/advice/rule-verdict.ts";
import type { AuditContext, Rule } from "../../rule.ts";
import { type StoreVerdict, storeOutcome } from "../../stores/store-outcome.ts";
import { declaredStores } from "../../stores/stores-in-place.ts";

/** STA-009: a cache is not the only place where something is. */
export const cacheIsNoStore: Rule = {
  id: "STA-009",
  name: "cache-is-no-store",
  title: "What must not be lost is not kept in a cache alone, and nothing hangs on a cache of one node.",
  severity: { high: "medium", medium: "medium", low: undefined },
  inputs: ["objectives"],
  judges: "objects",
  *evaluate(context) {
    for (const store of declaredStores(context.estate)) {
      if (store.service !== "redis") continue;
      const verdicts = [...oneNode(context, store), ...onlyCopy(context.estate, store)];
      const passes: StoreVerdict = { verdict: "pass", message: "" };
      for (const verdict of verdicts.length === 0 ? [passes] : verdicts) {
        yield storeOutcome(context.estate, store, verdict);
      }
    }
  },
};

function* oneNode({ estate, catalog }: AuditContext, store: DataStore): Iterable<StoreVerdict> {
  if (!/basic/i.test(store.sku ?? "") || catalog.sla("redis", { tier: "Basic" })?.unavailability !== undefined) return;
  const callers = estate.dependencies.filter(
    ({ to, type }) => to.kind === "dataStore" && to.name === store.name && type === "hard",
  );
  const [first] = callers;
  if (first === undefined) return;
  yield {
    verdict: "fail",
    part: "1",
    path: "spec.sku",
    message: `DataStore ${store.name} is a Basic cache, one node without an SLA, and ${first.from.split("/").slice(2).join("/")} cannot do without it${callers.length > 1 ? ` (nor can ${callers.length - 1} more)` : ""}: every patch of the node is an outage with an empty cache after it.`,
    fix: { description: "Take a tier with a replica, or let callers go on without the cache (soft dependency)." },
  };
}

function* onlyCopy(estate: Estate, store: DataStore): Iterable<StoreVerdict> {
  const proof = whyItMatters(estate, store);
  if (proof === undefined) return;
  if (/premium|enterprise|balanced|memory|flash/i.test(store.sku ?? "")) {
    yield {
      verdict: "notEvaluable",
      part: "2",
      path: "spec.sku",
      missing: ["needs-C"],
      message: `DataStore ${store.name} keeps in a cache what must not be lost (${proof}); whether its persistence is switched on, and how often it saves, nothing states.`,
    };
    return;
  }
  yield {
    verdict: "fail",
    part: "2",
    message: `DataStore ${store.name} keeps in a cache what must not be lost (${proof}): its replica is copied to asynchronously, memory is freed by eviction, and this tier has no persistence and no backup.`,
    fix: { description: "Keep the record in a database and the copy in the cache, or declare that it may be lost." },
  };
}

/** What the document says that speaks against losing it. */
function whyItMatters(estate: Estate, store: DataStore): string | undefined {
  const [scope, objective] =
    Object.entries(store.recovery).find(([, { rpoSeconds }]) => rpoSeconds !== undefined) ?? [];
  if (objective?.rpoSeconds !== undefined) return `recovery.${scope}.rpo is ${durationText(objective.rpoSeconds)}`;
  const each = asObject(store.spec["lossCost"])["perLostWrite"];
  if (typeof each === "number" && each > 0) return `a lost write costs ${each}`;
  const years = asObject(store.spec["retention"])["years"];
  if (typeof years === "number" && years > 0) return `it is kept for ${years} years`;
  const hard = confluenceVerdicts(readNeed(store, estate).need.entities).find(({ need }) => need === "coordination");
  return hard === undefined ? undefined : `${hard.invariant} of ${hard.entity} has to hold`;
}
