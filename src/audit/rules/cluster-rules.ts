import type { Rule } from "../rule.ts";
import { poolZones } from "./AKS-001/rule.ts";
import { clusterTier } from "./AKS-002/rule.ts";
import { systemPool } from "./AKS-003/rule.ts";
import { userPoolFloor } from "./AKS-004/rule.ts";
import { autoscaling } from "./AKS-005/rule.ts";
import { maintenanceWindows } from "./AKS-006/rule.ts";
import { upgradeChannels } from "./AKS-007/rule.ts";
import { upgradesFinish } from "./AKS-008/rule.ts";
import { apiServerExposure } from "./AKS-009/rule.ts";
import { clusterIdentity } from "./AKS-010/rule.ts";
import { workloadIdentity } from "./AKS-011/rule.ts";
import { networkPlugin } from "./AKS-012/rule.ts";
import { egress } from "./AKS-013/rule.ts";
import { protectionAndLogs } from "./AKS-014/rule.ts";
import { osDisk } from "./AKS-015/rule.ts";
import { backupAndDrill } from "./AKS-016/rule.ts";
import { roomToGrow } from "./AKS-017/rule.ts";
import { kernelSettings } from "./AKS-018/rule.ts";
import { regionTwin } from "./AKS-019/rule.ts";
import { kubernetesVersions } from "./AKS-020/rule.ts";

/** AKS: how clusters and node pools are set up, in order of id. */
export const clusterRules: readonly Rule[] = [
  poolZones,
  clusterTier,
  systemPool,
  userPoolFloor,
  autoscaling,
  maintenanceWindows,
  upgradeChannels,
  upgradesFinish,
  apiServerExposure,
  clusterIdentity,
  workloadIdentity,
  networkPlugin,
  egress,
  protectionAndLogs,
  osDisk,
  backupAndDrill,
  roomToGrow,
  kernelSettings,
  regionTwin,
  kubernetesVersions,
];
