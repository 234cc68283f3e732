import type { Rule } from "../rule.ts";
import { availabilityRules } from "./availability-rules.ts";
import { clusterRules } from "./cluster-rules.ts";
import { finopsRules } from "./finops-rules.ts";
import { gitopsRules } from "./gitops-rules.ts";
import { statefulRules } from "./stateful-rules.ts";
import { tenancyRules } from "./tenancy-rules.ts";

/** Every rule, in order of id. */
export const rules: readonly Rule[] = [
  ...clusterRules,
  ...availabilityRules,
  ...finopsRules,
  ...gitopsRules,
  ...statefulRules,
  ...tenancyRules,
];
