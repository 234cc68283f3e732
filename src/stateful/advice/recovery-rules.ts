import type { Bound } from "../bound.ts";
import { clusterRecovery } from "../timelines/cluster/cluster-recovery.ts";
import { managedRecovery } from "../timelines/managed/managed-recovery.ts";
import type { RecoveryKnowledge } from "../timelines/recovery-knowledge.ts";
import type { ScopeTimeline } from "../timelines/scope-timeline.ts";
import type { StoreOption } from "./options/store-option.ts";
import { durationText, type RuleVerdict } from "./rule-verdict.ts";
import { type DemandedScope, demandedScopes, type StoreNeed } from "./store-need.ts";

const scopeWords: { readonly [scope in DemandedScope]: string } = {
  node: "a node is lost",
  zone: "a zone is lost",
  region: "a region is lost",
  operatorError: "an operator destroys data",
};

/** How an option comes back after a failure of a scope. */
export type RecoveryBook = (option: StoreOption, scope: DemandedScope) => ScopeTimeline;

/** Computes each timeline once: the search for what would flip the answer asks for them again and again. */
export function recoveryBook(surroundings: RecoveryKnowledge): RecoveryBook {
  const known = new Map<string, ScopeTimeline>();
  return (option, scope) => {
    const key = `${scope} ${option.id}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const { host } = option;
    const timeline =
      host.kind === "cluster"
        ? clusterRecovery(host.store, scope, surroundings)
        : managedRecovery(host.store, scope, surroundings);
    known.set(key, timeline);
    return timeline;
  };
}

/** Recovery time and loss of data demanded by scope, against what the option offers. */
export function recoveryVerdicts(option: StoreOption, need: StoreNeed, book: RecoveryBook): readonly RuleVerdict[] {
  return demandedScopes.flatMap((scope) => {
    const demand = need.recovery[scope];
    if (demand === undefined) return [];
    const timeline = book(option, scope);
    return [
      ...(demand.rpoSeconds === undefined ? [] : [dataLoss(option, scope, demand.rpoSeconds, timeline.rpo)]),
      ...(demand.rtoSeconds === undefined ? [] : [outage(option, scope, demand.rtoSeconds, timeline)]),
    ];
  });
}

/** Lost writes cannot be watched afterwards: only what is promised or built in will do. */
function dataLoss(option: StoreOption, scope: DemandedScope, needed: number, bound: Bound): RuleVerdict {
  const rule = lossRule(option, scope);
  const base = { rule, input: `recovery.${scope}.rpo`, needed, unit: "s" } as const;
  const when = scopeWords[scope];
  switch (bound.kind) {
    case "never":
      return { ...base, outcome: "fail", text: `when ${when}, ${bound.why}`, reasons: bound.reasons };
    case "unknown":
      if (rule === "ST-SQL-02" || rule === "ST-PG-02") {
        const text = `when ${when}, the loss is the lag of the copy, which has no bound`;
        return { ...base, outcome: "fail", text, reasons: [] };
      }
      if (scope === "region" && needed === 0) {
        const text = `when ${when}, what was not copied yet is lost; only a synchronous copy loses nothing`;
        return { ...base, outcome: "fail", text, reasons: [] };
      }
      return { ...base, outcome: "open", text: `when ${when}, nobody says ${bound.missing}`, reasons: [] };
    case "within": {
      const { value, strength, reasons } = bound;
      const text = `when ${when}, ${durationText(value)} of writes may be lost; ${durationText(needed)} allowed`;
      const measured = { ...base, offered: value, reasons };
      if (value > needed) return { ...measured, outcome: "fail", text };
      if (strength === "typical") return { ...measured, outcome: "fail", text: `${text}, but no SLA holds it` };
      return { ...measured, outcome: "pass", text };
    }
  }
}

function outage(option: StoreOption, scope: DemandedScope, needed: number, timeline: ScopeTimeline): RuleVerdict {
  const { rto, range, summary } = timeline;
  const base = { rule: outageRule(option, scope), input: `recovery.${scope}.rto`, needed, unit: "s" } as const;
  const when = scopeWords[scope];
  switch (rto.kind) {
    case "never":
      return { ...base, outcome: "fail", text: `when ${when}, ${rto.why}`, reasons: rto.reasons };
    case "unknown":
      return { ...base, outcome: "open", text: `when ${when}, nobody says ${rto.missing}`, reasons: [] };
    case "within": {
      const likely = range?.likely ?? rto.value;
      const text = `when ${when}, it is back after ${durationText(likely)} as a rule, ${durationText(rto.value)} at worst; ${durationText(needed)} allowed (${summary})`;
      const measured = { ...base, offered: rto.value, text, reasons: rto.reasons };
      if (likely > needed) return { ...measured, offered: likely, outcome: "fail" };
      return { ...measured, outcome: rto.value <= needed && rto.strength !== "typical" ? "pass" : "monitored" };
    }
  }
}

function lossRule({ service, host }: StoreOption, scope: DemandedScope): string {
  if (scope === "region" && host.kind === "managed" && host.store.regions > 1) {
    if (service === "cosmosDb" && host.store.level === "boundedStaleness") return "ST-COSMOS-05";
    if (service === "azureSql") return "ST-SQL-02";
    if (service === "postgresqlFlexible") return "ST-PG-02";
    if (service === "storageBlob" || service === "storageFiles") return "ST-STO-01";
  }
  return "ST-RPO-01";
}

function outageRule({ service, host, zoneRedundant }: StoreOption, scope: DemandedScope): string {
  if (host.kind === "cluster") return "ST-RTO-01";
  if (scope === "zone" && (service === "storageFiles" || service === "netAppFiles")) return "ST-FILE-01";
  if (service === "cosmosDb" && scope === "region") return "ST-COSMOS-07";
  return service === "azureSql" && scope === "zone" && !zoneRedundant ? "ST-SQL-01" : "ST-RTO-02";
}
