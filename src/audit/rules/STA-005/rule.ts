import type { Catalog } from "../../../catalog/catalog.ts";
import { durationText } from "../../../stateful/advice/rule-verdict.ts";
import type { ManagedStore } from "../../../stateful/timelines/managed/managed-store.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { type StoreVerdict, storeInPlaceOutcome, storeInWords } from "../../stores/store-outcome.ts";
import { type StoreInPlace, storesInPlace } from "../../stores/stores-in-place.ts";

/** STA-005: a store that is said to survive a zone is built so. */
export const declaredRedundancyBuilt: Rule = {
  id: "STA-005",
  name: "declared-redundancy-built",
  title: "A store that is declared zone-redundant is on something that survives the loss of a zone.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["objectives", "manifests", "storageClasses", "nodePools", "cluster"],
  judges: "objects",
  *evaluate(context) {
    for (const inPlace of storesInPlace(context)) {
      const { zoneRedundant } = inPlace.store;
      if (zoneRedundant === false) yield storeInPlaceOutcome(context.estate, inPlace, { verdict: "pass", message: "" });
      if (zoneRedundant === true) yield judge(context, inPlace);
    }
  },
};

function judge({ estate, catalog }: AuditContext, inPlace: StoreInPlace): RuleOutcome {
  const { store, holder } = inPlace;
  const outcome = (verdict: StoreVerdict) =>
    storeInPlaceOutcome(estate, inPlace, { path: "spec.zoneRedundant", ...verdict });
  if (holder.kind === "service") {
    const why = tierWithoutZones(holder.service, store.sku ?? "", catalog);
    if (why === undefined) return outcome({ verdict: "pass", message: "" });
    return outcome({
      verdict: "fail",
      part: "2",
      message: `${storeInWords(inPlace)} is declared zone-redundant, but ${why}: the loss of its zone is an outage until the zone is back.`,
      fix: { description: "Choose a tier that spans zones, or declare zoneRedundant: false." },
    });
  }
  if (!holder.poolsDeclared) {
    return outcome({
      verdict: "notEvaluable",
      missing: ["needs-P"],
      message: `Whether ${storeInWords(inPlace)} survives the loss of a zone depends on the pools of ${holder.workload.cluster}, which are not declared.`,
    });
  }
  const { outcome: end, summary, range } = inPlace.recovery("zone");
  if (end === "recovers" || end === "unaffected") return outcome({ verdict: "pass", message: "" });
  if (end === "unknown" && holder.held.disk === "unknown") {
    return outcome({
      verdict: "notEvaluable",
      missing: ["needs-C"],
      message: `Whether ${storeInWords(inPlace)} survives the loss of a zone depends on its disk: ${summary}.`,
    });
  }
  const takes = range === undefined ? "" : ` (${durationText(range.likely)} as a rule)`;
  return outcome({
    verdict: "fail",
    part: "1",
    message: `${storeInWords(inPlace)} is declared zone-redundant, but after the loss of a zone ${summary}${takes}; ${copies(inPlace)}.`,
    fix: { description: "Run three replicas over three zones with a disk each, or declare zoneRedundant: false." },
  });
}

function copies({ holder }: StoreInPlace): string {
  if (holder.kind === "service") return "";
  const { replicas, spreadZones } = holder.held;
  const counted =
    replicas === 1
      ? "there is 1 replica"
      : `its ${replicas} replicas are kept apart over ${spreadZones} zone${spreadZones === 1 ? "" : "s"}`;
  return counted;
}

/** Why a tier cannot span zones, by what is published of it. */
function tierWithoutZones({ service, tier }: ManagedStore, sku: string, catalog: Catalog): string | undefined {
  switch (service) {
    case "azureSql": {
      const excluded = catalog.dataServiceFact("sql.zr.tiers")?.details["not"];
      return Array.isArray(excluded) && excluded.includes(tier) ? `Azure SQL ${tier} cannot span zones` : undefined;
    }
    case "postgresqlFlexible":
      return /^(?:Standard_)?B\d|burstable/i.test(sku) && catalog.dataServiceFact("pg.burstable") !== undefined
        ? `a Burstable server (${sku}) cannot have a standby in another zone`
        : undefined;
    case "storageBlob":
    case "storageFiles":
      return /_(?:RA)?(?:LRS|GRS)$/i.test(sku) ? `${sku} keeps its copies in one zone` : undefined;
    case "redis":
      return tier === "Basic" ? "a Basic cache is one node" : undefined;
    case "cosmosDb":
    case "mysqlFlexible":
    case "eventHubs":
    case "serviceBus":
    case "netAppFiles":
      return undefined;
  }
}
