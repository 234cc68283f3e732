import type { Rule } from "../rule.ts";
import { enoughReplicas } from "./AVL-001/rule.ts";
import { disruptionBudgetSelects } from "./AVL-002/rule.ts";
import { disruptionBudgetAllowsEviction } from "./AVL-003/rule.ts";
import { oneDisruptionBudget } from "./AVL-004/rule.ts";
import { unhealthyPodEviction } from "./AVL-005/rule.ts";
import { hostSpread } from "./AVL-006/rule.ts";
import { zoneSpread } from "./AVL-007/rule.ts";
import { spreadSurvivesRollouts } from "./AVL-008/rule.ts";
import { probes } from "./AVL-009/rule.ts";
import { startupProbe } from "./AVL-010/rule.ts";
import { requestsAndLimits } from "./AVL-011/rule.ts";
import { ephemeralStorageBounded } from "./AVL-012/rule.ts";
import { gracefulStop } from "./AVL-013/rule.ts";
import { graceFitsDrain } from "./AVL-014/rule.ts";
import { rolloutBounds } from "./AVL-015/rule.ts";
import { minimumReadyTime } from "./AVL-016/rule.ts";
import { singletonOnZonalDisk } from "./AVL-017/rule.ts";
import { headlessService } from "./AVL-018/rule.ts";
import { diskOfOnePod } from "./AVL-019/rule.ts";
import { storageFitsZones } from "./AVL-020/rule.ts";
import { durableState } from "./AVL-021/rule.ts";
import { priorityClasses } from "./AVL-022/rule.ts";
import { autoscalerTarget } from "./AVL-023/rule.ts";
import { autoscalerInputs } from "./AVL-024/rule.ts";
import { references } from "./AVL-025/rule.ts";
import { controlledPods } from "./AVL-026/rule.ts";
import { schedulable } from "./AVL-027/rule.ts";
import { antiAffinityFits } from "./AVL-028/rule.ts";
import { platformSingletons } from "./AVL-029/rule.ts";
import { regionalSources } from "./AVL-030/rule.ts";
import { objectiveWithinReach } from "./AVL-031/rule.ts";
import { recoveryInTime } from "./AVL-032/rule.ts";
import { dependenciesHold } from "./AVL-033/rule.ts";
import { budgetForFailures } from "./AVL-034/rule.ts";

/** AVL: what keeps workloads serving, in order of id. */
export const availabilityRules: readonly Rule[] = [
  enoughReplicas,
  disruptionBudgetSelects,
  disruptionBudgetAllowsEviction,
  oneDisruptionBudget,
  unhealthyPodEviction,
  hostSpread,
  zoneSpread,
  spreadSurvivesRollouts,
  probes,
  startupProbe,
  requestsAndLimits,
  ephemeralStorageBounded,
  gracefulStop,
  graceFitsDrain,
  rolloutBounds,
  minimumReadyTime,
  singletonOnZonalDisk,
  headlessService,
  diskOfOnePod,
  storageFitsZones,
  durableState,
  priorityClasses,
  autoscalerTarget,
  autoscalerInputs,
  references,
  controlledPods,
  schedulable,
  antiAffinityFits,
  platformSingletons,
  regionalSources,
  objectiveWithinReach,
  recoveryInTime,
  dependenciesHold,
  budgetForFailures,
];
