import type { Assumption } from "./assumption.ts";
import { availabilitySimulationRules } from "./availability-simulation-rules.ts";
import { capacityRules } from "./capacity-rules.ts";
import { cloudTargetRules } from "./cloud-target-rules.ts";
import { commitmentRules } from "./commitment-rules.ts";
import { consistencyRules } from "./consistency-rules.ts";
import { costRules } from "./cost-rules.ts";
import { drillRules } from "./drill-rules.ts";
import { estateRules } from "./estate-rules.ts";
import { failureRules } from "./failure-rules.ts";
import { failureStructureRules } from "./failure-structure-rules.ts";
import { forecastRules } from "./forecast-rules.ts";
import { gitopsRules } from "./gitops-rules.ts";
import { importRules } from "./import-rules.ts";
import { improvementRules } from "./improvement-rules.ts";
import { kernelRules } from "./kernel-rules.ts";
import { loadAssumptionRules } from "./load-rules.ts";
import { manifestAssumptionRules } from "./manifest-rules.ts";
import { planningRules } from "./planning-rules.ts";
import { productRules } from "./product-rules.ts";
import { reachabilityAssumptionRules } from "./reachability-rules.ts";
import { rebuildRules } from "./rebuild-rules.ts";
import { reconciliationRules } from "./reconciliation-rules.ts";
import { replayRules } from "./replay-rules.ts";
import { rolloutRules } from "./rollout-rules.ts";
import { savingRules } from "./saving-rules.ts";
import { sizingRules } from "./sizing-rules.ts";
import { sloAssumptionRules } from "./slo-rules.ts";
import { storeRules } from "./store-rules.ts";

/** A rule without its parameters, as catalogues list it. */
export interface AssumptionEntry {
  /** `ASM-nnn`. */
  readonly id: string;
  readonly name: string;
  /** Document and field that replaces it. */
  readonly replaceBy: string;
}

/** Every rule that fills a gap of the input, in the order of the ids. */
export const assumptionCatalogue: readonly AssumptionEntry[] = [
  ...estateRules,
  ...capacityRules,
  ...costRules,
  ...commitmentRules,
  ...forecastRules,
  ...reconciliationRules,
  ...failureRules,
  ...failureStructureRules,
  ...manifestAssumptionRules,
  ...kernelRules,
  ...reachabilityAssumptionRules,
  ...loadAssumptionRules,
  ...replayRules,
  ...sloAssumptionRules,
  ...availabilitySimulationRules,
  ...rebuildRules,
  ...improvementRules,
  ...rolloutRules,
  ...drillRules,
  ...savingRules,
  ...sizingRules,
  ...consistencyRules,
  ...planningRules,
  ...productRules,
  ...storeRules,
  ...gitopsRules,
  ...importRules,
  ...cloudTargetRules,
]
  .map(({ id, name, replaceBy }) => ({ id, name, replaceBy }))
  .toSorted((left, right) => (left.id < right.id ? -1 : 1));

/** Order of rule, then of subject. */
export function compareAssumptions(left: Assumption, right: Assumption): number {
  if (left.id !== right.id) return left.id < right.id ? -1 : 1;
  if (left.subject === right.subject) return 0;
  return left.subject < right.subject ? -1 : 1;
}
