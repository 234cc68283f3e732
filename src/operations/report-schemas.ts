import type { JsonSchema } from "../estate/kinds/json-schemas.ts";
import { assessmentJsonSchema } from "./assessment-schema.ts";
import { auditBaselineJsonSchema } from "./audit-baseline.ts";
import { auditRulesJsonSchema } from "./audit-rule-list.ts";
import { auditJsonSchema } from "./audit-schema.ts";
import { costReportSchemas } from "./cost-schemas.ts";
import { faultTreeJsonSchema } from "./fault-tree-schema.ts";
import { reachabilityJsonSchema } from "./reachability-schema.ts";
import { scheduleJsonSchema } from "./schedule-schema.ts";
import { failureReplayJsonSchema } from "./simulate-failure-schema.ts";
import { loadSimulationJsonSchema } from "./simulate-load-schema.ts";
import { upgradeReplayJsonSchema } from "./simulate-upgrade-schema.ts";
import {
  sloBudgetJsonSchema,
  sloProposalsJsonSchema,
  sloRulesJsonSchema,
  sloSimulationJsonSchema,
} from "./slo-schemas.ts";
import { tenancyJsonSchema, tenancyKernelJsonSchema, tenancyRbacJsonSchema } from "./tenancy-schema.ts";

/** The JSON Schemas (draft-07) of what Scantling writes, by kind. */
export const reportSchemas: readonly (readonly [kind: string, schema: () => JsonSchema])[] = [
  ["Assessment", assessmentJsonSchema],
  ["Audit", auditJsonSchema],
  ["AuditBaseline", auditBaselineJsonSchema],
  ["AuditRules", auditRulesJsonSchema],
  ["FailureReplay", failureReplayJsonSchema],
  ...costReportSchemas,
  ["FaultTreeSolution", faultTreeJsonSchema],
  ["LoadSimulation", loadSimulationJsonSchema],
  ["Schedule", scheduleJsonSchema],
  ["SloBudget", sloBudgetJsonSchema],
  ["SloProposals", sloProposalsJsonSchema],
  ["SloRules", sloRulesJsonSchema],
  ["SloSimulation", sloSimulationJsonSchema],
  ["Tenancy", tenancyJsonSchema],
  ["TenancyKernel", tenancyKernelJsonSchema],
  ["TenancyRbac", tenancyRbacJsonSchema],
  ["Reachability", reachabilityJsonSchema],
  ["UpgradeReplay", upgradeReplayJsonSchema],
];
