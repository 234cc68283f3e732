import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { AssumptionSchema, DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import { FigureSchema, type Matches } from "../schemas/figure-schema.ts";
import type { ReportedUpgrade } from "./simulate-upgrade.ts";

const count = z.int().nonnegative();
const seconds = z.number().nonnegative();

const BatchSchema = z.strictObject({
  nodes: z.array(z.string()).describe("Nodes drained together."),
  startSeconds: seconds.describe("When they are cordoned."),
  drainedSeconds: seconds.exactOptional().describe("When they are empty; absent when they do not get so in time."),
  endSeconds: seconds.describe("When the next batch begins."),
  evictedPods: count.describe("Pods evicted."),
  pendingPods: count.describe("Pods without a place at its end."),
});

const StuckSchema = z.strictObject({
  node: z.string().describe("Node that is not drained."),
  pod: z.string().describe("A pod that stays."),
  workload: z.string().describe("Its workload."),
  label: z.string().describe("The workload for people."),
  budget: z.string().exactOptional().describe("Budget that holds it."),
  reason: z.string().describe("Why."),
  never: z.boolean().describe("Waiting longer would not help."),
});

const BlockingBudgetSchema = z.strictObject({
  budget: z.string().describe("namespace/name."),
  limit: z.string().describe("Its limit as written."),
  pods: count.describe("Pods that it guards."),
  workloads: z.array(z.string()).describe("Their workloads, for people."),
  nodes: z.array(z.string()).describe("Nodes of the pool that hold one of them."),
});

const OutageSchema = z.strictObject({
  workload: z.string().describe("Workload."),
  label: z.string().describe("The workload for people."),
  withoutPodSeconds: seconds.describe("Longest time without a ready pod."),
  belowNeedSeconds: seconds.describe("Longest time with fewer ready pods than needed."),
  isOpen: z.boolean().describe("Still without a pod at the end."),
});

const UpgradeSchema = z.strictObject({
  cluster: z.string().describe("Cluster."),
  pool: z.string().describe("Pool."),
  vmSize: z.string().describe("VM size of its nodes."),
  nodes: count.describe("Its nodes."),
  settings: z
    .strictObject({
      pool: z.string().describe("Pool."),
      surge: count.describe("Extra nodes."),
      batch: z.int().positive().describe("Nodes drained at a time."),
      drainTimeoutSeconds: seconds.describe("Time that a drain has."),
      soakSeconds: seconds.describe("Pause after each batch."),
      undrainable: z.enum(["fails", "quarantined"]).describe("What becomes of a node that does not drain in time."),
    })
    .describe("How it is upgraded."),
  outcome: z.enum(["finished", "failed", "stopped"]).describe("How it ends; stopped: too many events."),
  seconds: seconds.describe("How long it takes until then."),
  surgeNodeSeconds: seconds.describe("Time of the extra nodes, summed."),
  batches: z.array(BatchSchema).describe("In their order."),
  stuck: z.array(StuckSchema).describe("Drains that do not end in time."),
  blockingBudgets: z.array(BlockingBudgetSchema).describe("Budgets that let nothing go."),
  quarantined: z.array(z.string()).describe("Nodes left behind in the old version."),
  outages: z.array(OutageSchema).describe("Workloads that go short, worst first."),
  events: count.describe("Events simulated."),
  duration: FigureSchema.describe("Hours until it ends, or fails."),
  surgeHours: FigureSchema.describe("Hours of extra nodes."),
  surgeCost: FigureSchema.describe("Their cost at list price."),
});

/** The answer of `scantling simulate upgrade`. */
export const UpgradeReplaySchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1").describe("Version of the report's format."),
    kind: z.literal("UpgradeReplay").describe("Kind of the report."),
    upgrades: z.array(UpgradeSchema).describe("One for each pool, each from the settled cluster."),
    assumptions: z.array(AssumptionSchema).describe("Assumptions that it stands on."),
    diagnostics: z.array(DiagnosticSchema).describe("Every problem of the input."),
  })
  .meta({ id: "UpgradeReplay" });

/** The schema describes exactly what the operation returns. */
export const upgradeReplayMatches: Matches<typeof UpgradeSchema, ReportedUpgrade> = true;

/** JSON Schema of the report (draft-07). */
export function upgradeReplayJsonSchema(): JsonSchema {
  return { title: "Scantling UpgradeReplay", ...z.toJSONSchema(UpgradeReplaySchema, { target: "draft-7" }) };
}
