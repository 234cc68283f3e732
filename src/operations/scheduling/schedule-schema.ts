import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { DiagnosticSchema } from "../schemas/diagnostic-schema.ts";

const count = z.int().nonnegative();

const StepSchema = z.strictObject({
  pod: z.string().describe("Name of the pod."),
  nodes: z
    .record(
      z.string(),
      z.union([
        z.strictObject({
          fail: z.string().describe("Filter plugin that refuses first."),
          reason: z.array(z.string()).describe("Its reasons, in the words of kube-scheduler."),
        }),
        z.strictObject({
          scores: z.record(z.string(), z.int()).describe("Scores by plugin, times weight."),
          total: z.int().describe("Their sum."),
        }),
      ]),
    )
    .describe("Verdict or scores by node; empty where there would be too many."),
  best: z.array(z.string()).describe("All nodes with the highest total, in the order of the nodes."),
  chosen: z.string().describe("The node that it was placed on; empty when none takes it."),
});

const remedyKinds = [
  "uncordonNode",
  "addNode",
  "tolerate",
  "lowerRequest",
  "freeResource",
  "freePort",
  "matchNode",
  "raiseMaxSkew",
  "labelNode",
  "dropPodAffinity",
  "dropPodAntiAffinity",
  "dropOthersAntiAffinity",
  "provideVolume",
  "removeGates",
] as const;

const UnschedulableSchema = z.strictObject({
  pod: z.string().describe("Namespace and name of the pod."),
  summary: z.string().describe("Why, in one sentence with the counts."),
  nodes: count.describe("Nodes of the cluster."),
  groups: z
    .array(
      z.strictObject({
        plugin: z.string().describe("Filter plugin that refuses."),
        reason: z.string().describe("What holds for the nodes."),
        nodes: count.describe("Number of nodes; one that lacks two resources counts under both."),
        examples: z.array(z.string()).describe("The first few of them."),
      }),
    )
    .describe("Nodes by reason, most nodes first."),
  changes: z
    .array(
      z.strictObject({
        remedies: z
          .array(z.looseObject({ kind: z.enum(remedyKinds).describe("What to change.") }))
          .describe("Steps that together make it fit."),
        text: z.string().describe("The same for people."),
      }),
    )
    .describe("Changes that would make it fit, the smallest first."),
});

/** The answer of `scantling schedule`. */
export const ScheduleSchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1").describe("Version of the report's format."),
    kind: z.literal("Schedule").describe("Kind of the report."),
    kubernetesVersion: z.string().describe("Version whose scheduler was reproduced."),
    cases: z
      .array(
        z.strictObject({
          id: z.string().describe("Snapshot or cluster."),
          nodes: count.describe("Nodes of it."),
          steps: z.array(StepSchema).describe("One for each pod, in the order in which they were scheduled."),
          unschedulable: z.array(UnschedulableSchema).describe("Pods that fit nowhere, after the last step."),
          preempted: z
            .array(
              z.strictObject({
                pod: z.string().describe("Pod that had to go."),
                from: z.string().describe("Node that it ran on."),
                by: z.string().describe("Pod that it made room for."),
              }),
            )
            .describe("Pods driven out by more important ones."),
        }),
      )
      .describe("One for each snapshot or cluster."),
    diagnostics: z.array(DiagnosticSchema).describe("Every problem of the input."),
  })
  .meta({ id: "Schedule" });

/** JSON Schema of the report (draft-07). */
export function scheduleJsonSchema(): JsonSchema {
  return { title: "Scantling Schedule", ...z.toJSONSchema(ScheduleSchema, { target: "draft-7" }) };
}
