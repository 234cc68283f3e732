import type { Rule } from "../rule.ts";
import { requestsStated } from "./FIN-001/rule.ts";
import { requestsFitUse } from "./FIN-002/rule.ts";
import { noIdleWorkload } from "./FIN-003/rule.ts";
import { scaledByItsQueue } from "./FIN-004/rule.ts";
import { offHours } from "./FIN-005/rule.ts";
import { noOrphans } from "./FIN-006/rule.ts";
import { nodeFit } from "./FIN-007/rule.ts";
import { spotFit } from "./FIN-008/rule.ts";
import { commitmentCoverage } from "./FIN-009/rule.ts";
import { costLabels } from "./FIN-010/rule.ts";
import { nodeOverhead } from "./FIN-011/rule.ts";
import { scaleDownFree } from "./FIN-012/rule.ts";
import { noPodsForFiles } from "./FIN-013/rule.ts";

/** FIN: what costs more than it must, in order of id. */
export const finopsRules: readonly Rule[] = [
  requestsStated,
  requestsFitUse,
  noIdleWorkload,
  scaledByItsQueue,
  offHours,
  noOrphans,
  nodeFit,
  spotFit,
  commitmentCoverage,
  costLabels,
  nodeOverhead,
  scaleDownFree,
  noPodsForFiles,
];
