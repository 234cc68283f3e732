import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { assessmentJsonSchema } from "../assessment/assessment-schema.ts";
import { auditBaselineJsonSchema } from "../audit/audit-baseline.ts";
import { auditRulesJsonSchema } from "../audit/audit-rule-list.ts";
import { auditJsonSchema } from "../audit/audit-schema.ts";
import { availabilityJsonSchema } from "../availability/availability-schema.ts";
import { compositeSheetJsonSchema } from "../availability/composite-sheet-schema.ts";
import { faultTreeJsonSchema } from "../availability/fault-tree-schema.ts";
import { chaosPlanJsonSchema, chaosVerificationJsonSchema } from "../chaos/chaos-schemas.ts";
import { costCommitmentsJsonSchema } from "../cost/cost-commit-schema.ts";
import { costForecastJsonSchema } from "../cost/cost-forecast-schema.ts";
import { costReconciliationJsonSchema } from "../cost/cost-reconcile-schema.ts";
import { costReportSchemas } from "../cost/cost-schemas.ts";
import { priceReportSchemas } from "../cost/price-schemas.ts";
import { rightSizingJsonSchema } from "../cost/rightsize-schema.ts";
import { costSavingsJsonSchema } from "../cost/saving/savings-schema.ts";
import { scalingEconomicsJsonSchema } from "../cost/scaling-economics-schema.ts";
import { rolloutJsonSchema } from "../delivery/rollout-schema.ts";
import { importJsonSchema } from "../gitops/import-schema.ts";
import { repositoryJsonSchema } from "../gitops/repository-schema.ts";
import { structurePlanJsonSchema } from "../planning/plan-schema.ts";
import { scheduleJsonSchema } from "../scheduling/schedule-schema.ts";
import { availabilitySimulationJsonSchema } from "../simulation/simulate-availability-schema.ts";
import { failureReplayJsonSchema } from "../simulation/simulate-failure-schema.ts";
import { loadSimulationJsonSchema } from "../simulation/simulate-load-schema.ts";
import { rebuildTimelineJsonSchema } from "../simulation/simulate-rebuild-schema.ts";
import { upgradeReplayJsonSchema } from "../simulation/simulate-upgrade-schema.ts";
import {
  sloBudgetJsonSchema,
  sloProposalsJsonSchema,
  sloRulesJsonSchema,
  sloSimulationJsonSchema,
} from "../slo/slo-schemas.ts";
import { consistencyJsonSchema } from "../stateful/consistency/consistency-schema.ts";
import { overbookingJsonSchema } from "../stateful/overbooking.ts";
import { recoveryTimelinesJsonSchema, storeAdviceJsonSchema } from "../stateful/stateful-schemas.ts";
import { reachabilityJsonSchema } from "../tenancy/reachability-schema.ts";
import { tenancyJsonSchema, tenancyKernelJsonSchema, tenancyRbacJsonSchema } from "../tenancy/tenancy-schema.ts";

/** The JSON Schemas (draft-07) of what Scantling writes, by kind. */
export const reportSchemas: readonly (readonly [kind: string, schema: () => JsonSchema])[] = [
  ["Assessment", assessmentJsonSchema],
  ["Audit", auditJsonSchema],
  ["AuditBaseline", auditBaselineJsonSchema],
  ["AuditRules", auditRulesJsonSchema],
  ["Availability", availabilityJsonSchema],
  ["AvailabilitySimulation", availabilitySimulationJsonSchema],
  ["ChaosPlan", chaosPlanJsonSchema],
  ["ChaosVerification", chaosVerificationJsonSchema],
  ["CompositeSheet", compositeSheetJsonSchema],
  ["ConsistencySimulation", consistencyJsonSchema],
  ["FailureReplay", failureReplayJsonSchema],
  ["CostCommitments", costCommitmentsJsonSchema],
  ...costReportSchemas,
  ["CostReconciliation", costReconciliationJsonSchema],
  ...priceReportSchemas,
  ["CostForecast", costForecastJsonSchema],
  ["CostRightSizing", rightSizingJsonSchema],
  ["CostSavings", costSavingsJsonSchema],
  ["FaultTreeSolution", faultTreeJsonSchema],
  ["LoadSimulation", loadSimulationJsonSchema],
  ["Overbooking", overbookingJsonSchema],
  ["RebuildTimeline", rebuildTimelineJsonSchema],
  ["RecoveryTimelines", recoveryTimelinesJsonSchema],
  ["RolloutSimulation", rolloutJsonSchema],
  ["ScalingEconomics", scalingEconomicsJsonSchema],
  ["Import", importJsonSchema],
  ["Repository", repositoryJsonSchema],
  ["Schedule", scheduleJsonSchema],
  ["SloBudget", sloBudgetJsonSchema],
  ["SloProposals", sloProposalsJsonSchema],
  ["SloRules", sloRulesJsonSchema],
  ["SloSimulation", sloSimulationJsonSchema],
  ["StructurePlan", structurePlanJsonSchema],
  ["StoreAdvice", storeAdviceJsonSchema],
  ["Tenancy", tenancyJsonSchema],
  ["TenancyKernel", tenancyKernelJsonSchema],
  ["TenancyRbac", tenancyRbacJsonSchema],
  ["Reachability", reachabilityJsonSchema],
  ["UpgradeReplay", upgradeReplayJsonSchema],
];
