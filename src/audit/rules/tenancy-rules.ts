import type { Rule } from "../rule.ts";
import { weighedByTrust } from "../tenancy/weigh-by-trust.ts";
import { noDefaultNamespace } from "./TEN-001/rule.ts";
import { resourceQuota } from "./TEN-002/rule.ts";
import { limitRange } from "./TEN-003/rule.ts";
import { objectCountQuota } from "./TEN-004/rule.ts";
import { defaultDeny } from "./TEN-005/rule.ts";
import { podSecurityLevel } from "./TEN-007/rule.ts";
import { podSecurity } from "./TEN-008/rule.ts";
import { noNodeFiles } from "./TEN-009/rule.ts";

/** TEN: what keeps tenants apart, in order of id. */
export const tenancyRules: readonly Rule[] = [
  noDefaultNamespace,
  resourceQuota,
  limitRange,
  objectCountQuota,
  defaultDeny,
  podSecurityLevel,
  podSecurity,
  noNodeFiles,
].map(weighedByTrust);
