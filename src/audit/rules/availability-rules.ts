import type { Rule } from "../rule.ts";
import { enoughReplicas } from "./AVL-001/rule.ts";
import { disruptionBudgetSelects } from "./AVL-002/rule.ts";
import { disruptionBudgetAllowsEviction } from "./AVL-003/rule.ts";
import { zoneSpread } from "./AVL-007/rule.ts";
import { probes } from "./AVL-009/rule.ts";
import { requestsAndLimits } from "./AVL-011/rule.ts";
import { singletonOnZonalDisk } from "./AVL-017/rule.ts";
import { schedulable } from "./AVL-027/rule.ts";

/** AVL: what keeps workloads serving, in order of id. */
export const availabilityRules: readonly Rule[] = [
  enoughReplicas,
  disruptionBudgetSelects,
  disruptionBudgetAllowsEviction,
  zoneSpread,
  probes,
  requestsAndLimits,
  singletonOnZonalDisk,
  schedulable,
];
