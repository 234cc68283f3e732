import type { Rule } from "../rule.ts";
import { weighedByTrust } from "../tenancy/weigh-by-trust.ts";
import { noDefaultNamespace } from "./TEN-001/rule.ts";
import { resourceQuota } from "./TEN-002/rule.ts";
import { limitRange } from "./TEN-003/rule.ts";
import { objectCountQuota } from "./TEN-004/rule.ts";
import { defaultDeny } from "./TEN-005/rule.ts";
import { policiesMatchEngine } from "./TEN-006/rule.ts";
import { podSecurityLevel } from "./TEN-007/rule.ts";
import { podSecurity } from "./TEN-008/rule.ts";
import { noNodeFiles } from "./TEN-009/rule.ts";
import { podPidLimit } from "./TEN-010/rule.ts";
import { inotifyBudget } from "./TEN-011/rule.ts";
import { kernelBudgetsHold } from "./TEN-012/rule.ts";
import { sandboxedTenant } from "./TEN-013/rule.ts";
import { exclusivePools } from "./TEN-014/rule.ts";
import { foreignAgents } from "./TEN-015/rule.ts";
import { clusterScopedObjects } from "./TEN-016/rule.ts";
import { tenantWebhooks } from "./TEN-017/rule.ts";
import { dangerousRights } from "./TEN-018/rule.ts";
import { broadBindings } from "./TEN-019/rule.ts";
import { serviceAccountTokens } from "./TEN-020/rule.ts";
import { ownFence } from "./TEN-021/rule.ts";
import { volumesOfOneTenant } from "./TEN-022/rule.ts";
import { ingressCollision } from "./TEN-023/rule.ts";
import { exposingServices } from "./TEN-024/rule.ts";
import { metadataClosed } from "./TEN-025/rule.ts";
import { workloadIdentity } from "./TEN-026/rule.ts";
import { hostileNeighbours } from "./TEN-027/rule.ts";
import { deliveryIsolation } from "./TEN-028/rule.ts";

/** TEN: what keeps tenants apart, in order of id. */
export const tenancyRules: readonly Rule[] = [
  noDefaultNamespace,
  resourceQuota,
  limitRange,
  objectCountQuota,
  defaultDeny,
  policiesMatchEngine,
  podSecurityLevel,
  podSecurity,
  noNodeFiles,
  podPidLimit,
  inotifyBudget,
  kernelBudgetsHold,
  sandboxedTenant,
  exclusivePools,
  foreignAgents,
  clusterScopedObjects,
  tenantWebhooks,
  dangerousRights,
  broadBindings,
  serviceAccountTokens,
  ownFence,
  volumesOfOneTenant,
  ingressCollision,
  exposingServices,
  metadataClosed,
  workloadIdentity,
  hostileNeighbours,
  deliveryIsolation,
].map(weighedByTrust);
