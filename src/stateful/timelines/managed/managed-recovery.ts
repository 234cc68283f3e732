import type { RecoveryKnowledge } from "../recovery-knowledge.ts";
import type { RecoveryScope, ScopeTimeline } from "../scope-timeline.ts";
import { timelineOf } from "../scope-timeline.ts";
import { dataDestroyed } from "./data-destroyed.ts";
import { machineLost } from "./machine-lost.ts";
import { nothingLost } from "./managed-outcomes.ts";
import type { ManagedStore } from "./managed-store.ts";
import { regionLost } from "./region-lost.ts";
import { zoneLost } from "./zone-lost.ts";

/** How a managed store comes back after a failure of one scope, by what is published of it. */
export function managedRecovery(store: ManagedStore, scope: RecoveryScope, known: RecoveryKnowledge): ScopeTimeline {
  switch (scope) {
    case "pod":
    case "drain": {
      const summary = "the store does not run in the cluster";
      return timelineOf({ scope, outcome: "unaffected", summary, rpo: nothingLost }, [], "design");
    }
    case "node":
      return machineLost(store, known);
    case "zone":
      return zoneLost(store, known);
    case "region":
      return regionLost(store, known);
    case "operatorError":
      return dataDestroyed(store, known);
  }
}
