import type { Rule } from "../rule.ts";
import { scaledByItsQueue } from "./FIN-004/rule.ts";
import { offHours } from "./FIN-005/rule.ts";
import { noOrphans } from "./FIN-006/rule.ts";
import { spotFit } from "./FIN-008/rule.ts";
import { costLabels } from "./FIN-010/rule.ts";
import { nodeOverhead } from "./FIN-011/rule.ts";
import { scaleDownFree } from "./FIN-012/rule.ts";
import { noPodsForFiles } from "./FIN-013/rule.ts";

/** FIN: what costs more than it must, in order of id. */
export const finopsRules: readonly Rule[] = [
  scaledByItsQueue,
  offHours,
  noOrphans,
  spotFit,
  costLabels,
  nodeOverhead,
  scaleDownFree,
  noPodsForFiles,
];
