import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { AssumptionSchema, DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import type { Matches } from "../schemas/figure-schema.ts";
import type { ClusterFailures } from "./simulate-failure.ts";

const count = z.int().nonnegative();

const PendingGroupSchema = z.strictObject({
  workload: z.string().describe("Workload."),
  label: z.string().describe("The workload for people."),
  pods: count.describe("Its pods that fit nowhere for this reason."),
  plugin: z.string().describe("Filter plugin that refuses most of the nodes; empty when there is none."),
  reason: z.string().describe("Why, as the rest of a sentence."),
  secondsAtLeast: z
    .number()
    .exactOptional()
    .describe("Least seconds until they run on new nodes; absent where only what was lost can take them."),
});

const WorkloadEffectSchema = z.strictObject({
  workload: z.string().describe("Workload."),
  label: z.string().describe("The workload for people."),
  podsBefore: z.int().describe("Pods that ran before."),
  upAtOnce: z.int().describe("Pods that run on."),
  upAfter: z.int().describe("Pods that run once everything that fits is placed again."),
  needed: count.describe("Pods that have to be up: what its disruption budget insists on, at least 1."),
  effect: z.enum(["down", "interrupted", "belowNeed", "moved"]).describe("The worst that happens to it."),
  outageSecondsAtLeast: z
    .number()
    .exactOptional()
    .describe("Least seconds without any pod; absent when it does not come back by itself."),
});

const LostDataSchema = z.strictObject({
  workload: z.string().describe("Workload."),
  label: z.string().describe("The workload for people."),
  volume: z.string().describe("Volume or claim."),
  kind: z.enum(["emptyDir", "hostPath", "ephemeralClaim", "zonalDisk"]).describe("Sort of volume."),
  loss: z.enum(["destroyed", "outOfReach"]).describe("Whether the content is gone or waits for what was lost."),
  pods: count.describe("Pods that it concerns."),
});

const amounts = (unit: string) =>
  z.strictObject({
    allocatable: z.number().describe(`What the nodes that are left offer, in ${unit}.`),
    free: z.number().describe(`What no pod asks for, in ${unit}.`),
  });

const FailureSchema = z.strictObject({
  kind: z.enum(["node", "pool", "zone", "set"]).describe("What is lost."),
  name: z.string().describe("Its name."),
  nodesLost: count.describe("Nodes that go."),
  displaced: count.describe("Pods on them that have to go elsewhere."),
  moved: count.describe("Of those, how many run again."),
  pending: count.describe("Pods that fit nowhere, also those that made room for others."),
  gone: count.describe("Pods that nobody makes again."),
  preempted: count.describe("Pods of other nodes that had to make room."),
  perNodePods: count.describe("DaemonSet pods that went with their node."),
  pendingGroups: z.array(PendingGroupSchema).describe("Pending pods by workload and reason."),
  workloads: z.array(WorkloadEffectSchema).describe("Workloads that lost pods, worst first."),
  lostData: z.array(LostDataSchema).describe("Volumes destroyed or out of reach."),
  capacityLeft: z
    .strictObject({
      nodes: count.describe("Nodes that are left."),
      cpuMillicores: amounts("millicores").describe("CPU."),
      memoryBytes: amounts("bytes").describe("Memory."),
      pods: amounts("pods").describe("Number of pods."),
    })
    .describe("Room that is left."),
  refill: z
    .strictObject({
      nodes: z
        .array(z.strictObject({ pool: z.string().describe("Pool."), added: count.describe("New nodes.") }))
        .describe("New nodes by pool."),
      pendingAfter: count.describe("Pods that stay pending even then."),
    })
    .exactOptional()
    .describe("What autoscaled pools would add."),
  words: z.string().describe("The same in one sentence."),
  journeys: z
    .array(
      z.strictObject({
        journey: z.string().describe("environment/application/journey."),
        effect: z
          .enum(["down", "elsewhere", "interrupted", "belowNeed"])
          .describe("The worst that happens to it; elsewhere: another cluster runs what it needs."),
        workload: z.string().describe("The workload that it is worst for."),
      }),
    )
    .describe("Journeys that it touches, worst first."),
});

const ClusterFailuresSchema = z.strictObject({
  cluster: z.string().describe("Cluster."),
  kubernetesVersion: z.string().describe("Version whose scheduler was reproduced."),
  nodes: count.describe("Nodes before."),
  pods: count.describe("Pods that ran before."),
  pendingBefore: z.array(z.string()).describe("Pods that fitted nowhere before."),
  survived: z
    .array(
      z.strictObject({
        kind: z.enum(["zone", "pool", "node"]).describe("Kind of failure."),
        of: count.describe("Failures replayed."),
        without: count.describe("Those that leave nothing pending."),
      }),
    )
    .describe("How many failures leave nothing pending."),
  failures: z.array(FailureSchema).describe("Worst first."),
});

/** The answer of `scantling simulate failure`. */
export const FailureReplaySchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1").describe("Version of the report's format."),
    kind: z.literal("FailureReplay").describe("Kind of the report."),
    clusters: z.array(ClusterFailuresSchema).describe("One for each cluster."),
    assumptions: z.array(AssumptionSchema).describe("Assumptions that it stands on."),
    diagnostics: z.array(DiagnosticSchema).describe("Every problem of the input."),
  })
  .meta({ id: "FailureReplay" });

/** The schema describes exactly what the operation returns. */
export const failureReplayMatches: Matches<typeof ClusterFailuresSchema, ClusterFailures> = true;

/** JSON Schema of the report (draft-07). */
export function failureReplayJsonSchema(): JsonSchema {
  return { title: "Scantling FailureReplay", ...z.toJSONSchema(FailureReplaySchema, { target: "draft-7" }) };
}
