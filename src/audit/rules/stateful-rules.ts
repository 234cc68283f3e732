import type { Rule } from "../rule.ts";
import { storeRecoveryInTime } from "./STA-001/rule.ts";
import { oneWriter } from "./STA-002/rule.ts";
import { singleReplicaAccepted } from "./STA-003/rule.ts";
import { wayBackFromMistakes } from "./STA-004/rule.ts";
import { declaredRedundancyBuilt } from "./STA-005/rule.ts";
import { writersAgree } from "./STA-006/rule.ts";
import { sessionTravels } from "./STA-007/rule.ts";
import { cosmosLevelFitsRegions } from "./STA-008/rule.ts";
import { cacheIsNoStore } from "./STA-009/rule.ts";
import { diskCanBeMade } from "./STA-010/rule.ts";
import { sharedFilesFit } from "./STA-011/rule.ts";
import { noDualWrite } from "./STA-012/rule.ts";
import { hottestKeyKeepsUp } from "./STA-013/rule.ts";
import { noSingletonOnSpot } from "./STA-014/rule.ts";
import { majoritySurvives } from "./STA-015/rule.ts";
import { captureSurvivesFailover } from "./STA-016/rule.ts";

/** STA: what holds data, and what is left of it, in order of id. */
export const statefulRules: readonly Rule[] = [
  storeRecoveryInTime,
  oneWriter,
  singleReplicaAccepted,
  wayBackFromMistakes,
  declaredRedundancyBuilt,
  writersAgree,
  sessionTravels,
  cosmosLevelFitsRegions,
  cacheIsNoStore,
  diskCanBeMade,
  sharedFilesFit,
  noDualWrite,
  hottestKeyKeepsUp,
  noSingletonOnSpot,
  majoritySurvives,
  captureSurvivesFailover,
];
