import { asObject } from "../../../estate/kubernetes/json-value.ts";
import type { DataStore } from "../../../estate/model/service.ts";
import { durationText } from "../../../stateful/advice/rule-verdict.ts";
import { cosmosRegionLoss } from "../../../stateful/timelines/managed/cosmos-region.ts";
import { readManagedStore } from "../../../stateful/timelines/managed/read-managed-store.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { type StoreVerdict, storeOutcome } from "../../stores/store-outcome.ts";
import { declaredStores } from "../../stores/stores-in-place.ts";

/** STA-007: a client that changes region takes its session along. */
export const sessionTravels: Rule = {
  id: "STA-007",
  name: "session-travels",
  title: "Clients of a session-consistent store that change region keep their session token.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["objectives"],
  judges: "objects",
  *evaluate(context) {
    for (const store of declaredStores(context.estate)) {
      if (store.service === "cosmosDb") yield judge(context, store);
    }
  },
};

function judge({ estate, catalog }: AuditContext, store: DataStore): RuleOutcome {
  const outcome = (verdict: StoreVerdict) => storeOutcome(estate, store, verdict);
  const { reads, clientsMoveRegions, sessionTokenTravels } = asObject(store.spec["consistency"]);
  const regions = new Set([...store.regions.readers, ...store.regions.writers]);
  if (reads !== "session" || regions.size < 2 || clientsMoveRegions === false || sessionTokenTravels === true) {
    return outcome({ verdict: "pass", message: "" });
  }
  const field = clientsMoveRegions === undefined ? "clientsMoveRegions" : "sessionTokenTravels";
  if (clientsMoveRegions === undefined || sessionTokenTravels === undefined) {
    return outcome({
      verdict: "notEvaluable",
      missing: ["needs-A"],
      path: `spec.consistency.${field}`,
      message: `DataStore ${store.name} promises readers in ${regions.size} regions to see their own writes; whether they do depends on ${field}, which nobody states.`,
    });
  }
  const service = readManagedStore(store);
  const loss =
    service === undefined ? undefined : cosmosRegionLoss(service, { catalog, failureModel: estate.failureModel });
  const lag =
    loss?.kind === "within"
      ? `; the only published bound on that is the loss of a region, ${durationText(loss.value)}`
      : "";
  return outcome({
    verdict: "fail",
    path: "spec.consistency.sessionTokenTravels",
    message: `DataStore ${store.name} promises readers to see their own writes, but clients change between ${regions.size} regions without their session token: they are promised no more than eventual, and may miss what they just wrote for as long as replication lags${lag}.`,
    fix: {
      description:
        "Carry the session token with the client (cookie or header), pin clients to a region, or read strongly.",
    },
  });
}
