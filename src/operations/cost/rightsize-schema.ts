import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { CostReportSchema } from "../assessment/cost-report-schema.ts";
import { AssumptionSchema, DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import { FigureSchema, type Matches } from "../schemas/figure-schema.ts";
import type { CostRightSizing } from "./rightsize-report.ts";

const count = z.int().nonnegative();
const money = z.number();
const share = z.number().min(0);

const AmountSchema = z.strictObject({
  cpuMillicores: z.number().describe("CPU in thousandths of a core."),
  memoryBytes: z.number().describe("Memory in bytes."),
});

const ResourceSchema = z.strictObject({
  current: z.number().describe("Asked for now."),
  proposed: z.number().describe("Proposed."),
  lower: z.number().describe("Lower end of what the samples allow."),
  upper: z.number().describe("Upper end."),
  because: z
    .enum(["usage", "peak", "oomKill", "heap", "guaranteed", "minimum", "throttled", "autoscaler"])
    .describe("What decided it; throttled and autoscaler: kept as it is."),
});

const RiskSchema = z.strictObject({
  level: z.enum(["low", "medium", "high"]).describe("How much it could hurt."),
  cpuSamplesAbove: share.describe("Share of the samples with more CPU than proposed."),
  memorySamplesAbove: share.describe("Share of the samples with more memory than proposed."),
  throttledSamples: share.describe("Share of the samples in which CPU runs into its limit."),
  oomKills: z.number().describe("Kills for want of memory in the window."),
  memoryPeakOfLimit: share.optional().describe("Largest memory as a share of the limit."),
  reasons: z.array(z.string()).describe("Why it is not low."),
});

const RequestRowSchema = z.strictObject({
  workload: z.string().describe("Id of the workload."),
  label: z.string().describe("The workload for people."),
  tenant: z.string().describe("Tenant."),
  environment: z.string().describe("Environment."),
  cluster: z.string().describe("Cluster."),
  pods: count.describe("Pods."),
  cpu: ResourceSchema.describe("CPU of one pod, in millicores."),
  memory: ResourceSchema.describe("Memory of one pod, in bytes."),
  containers: z
    .array(
      z.strictObject({
        name: z.string().describe("Name."),
        requests: AmountSchema.describe("Proposed requests."),
        limits: AmountSchema.extend({ ephemeralStorageBytes: z.number().describe("Local disk in bytes.") })
          .partial()
          .describe("Limits that go with them."),
      }),
    )
    .describe("The proposal by container."),
  saved: money.optional().describe("Worth of the difference a month; absent where a pool has no price."),
  risk: RiskSchema.describe("What could go wrong."),
  confidence: z.number().describe("min(days, samples / 1,440): 1 is a day of one pod by the minute."),
  samples: count.describe("Samples that counted."),
  javaHeap: z.enum(["fixed", "followsLimit"]).optional().describe("What decides the heap of a Java virtual machine."),
  figure: FigureSchema.describe("The saving with its reasons."),
});

const RequestsSchema = z.strictObject({
  strategy: z.enum(["histogram", "percentile"]).describe("How requests are derived."),
  source: z.string().describe("Where the usage is from."),
  from: z.string().optional().describe("First sample."),
  to: z.string().optional().describe("Last sample."),
  problems: z.record(z.string(), count).describe("What did not count, by what is wrong with it."),
  rows: z.array(RequestRowSchema).describe("Workloads, the largest saving first."),
  totals: z
    .strictObject({
      cpuCoresBefore: z.number().describe("Cores that all pods ask for."),
      cpuCoresAfter: z.number().describe("Cores that they would ask for."),
      memoryGiBBefore: z.number().describe("GiB that all pods ask for."),
      memoryGiBAfter: z.number().describe("GiB that they would ask for."),
      allocated: money.describe("Worth of the difference a month: the sum of the rows."),
    })
    .describe("Sums over all pods."),
  notEvaluable: z
    .array(
      z.strictObject({
        workload: z.string().describe("Id of the workload."),
        label: z.string().describe("The workload for people."),
        reason: z.string().describe("What is missing."),
      }),
    )
    .describe("Workloads with too few samples, or none."),
});

const IdleSchema = z.strictObject({
  kind: z
    .enum([
      "emptyPool",
      "unmountedVolume",
      "unclaimedVolume",
      "serviceWithoutPods",
      "unusedAddress",
      "unusedDisk",
      "idleWorkload",
    ])
    .describe("What it is."),
  id: z.string().describe("Id."),
  label: z.string().describe("The thing for people."),
  reason: z.string().describe("Why it is idle."),
  monthly: money.optional().describe("Cost of a month; absent where nothing has a price."),
  effect: z.enum(["cash", "allocated"]).describe("Off the bill at once, or once nodes go."),
});

const PointSchema = z.strictObject({
  vmSize: z.string().describe("VM size."),
  vcpu: z.number().describe("vCPUs of a node."),
  memoryGiB: z.number().describe("Memory of a node."),
  osDisk: z.enum(["Ephemeral", "Managed"]).describe("OS disk."),
  nodes: count.describe("Nodes that the pods need."),
  monthly: money.describe("Nodes, OS disks and Defender of the pool a month."),
  difference: money.describe("Of the whole bill against the pool's own size; negative is cheaper."),
  overheadShare: share.describe("Share of a node that AKS and its daemons take, of the scarcer resource."),
  daemonSetShare: share.describe("The same for DaemonSets of the estate."),
  freeShare: z.number().describe("Share that no pod asks for, of the scarcer resource."),
  blastRadius: share.describe("Largest share of the pool's pods on one node."),
  unplacedPods: count.describe("Pods of the estate that find no place."),
});

const PoolSchema = z.strictObject({
  cluster: z.string().describe("Cluster."),
  pool: z.string().describe("Node pool."),
  region: z.string().describe("Region."),
  mode: z.enum(["System", "User"]).describe("Mode of the pool."),
  zones: count.describe("Zones; 0: regional."),
  declared: z
    .strictObject({
      vmSize: z.string().describe("VM size."),
      nodes: count.describe("Nodes."),
      monthly: money.describe("Nodes, OS disks and Defender a month."),
    })
    .describe("As declared."),
  askedGiBPerVcpu: z.number().optional().describe("GiB that the pods ask for with a vCPU."),
  curve: z.array(PointSchema).describe("The sizing curve: every size that fits, by vCPUs and memory."),
  own: PointSchema.optional().describe("The declared size with the nodes that the pods need."),
  advised: PointSchema.optional().describe("The size that is advised."),
  levers: z
    .array(
      z.strictObject({
        kind: z.enum(["maxPods", "osDisk"]).describe("What is changed."),
        label: z.string().describe("The change for people."),
        nodes: count.describe("Nodes then."),
        saved: money.describe("Off the bill a month."),
        memoryFreedGiB: z.number().describe("Memory that pods may use and could not before, on all nodes."),
      }),
    )
    .describe("What else gets more out of the nodes."),
  unpriced: z.array(z.string()).describe("Sizes that fit and have no price in the region."),
  notTried: count.describe("Sizes that were left out for want of effort, the dearest."),
  reason: z.string().optional().describe("Why no size is advised."),
});

const ReplicasSchema = z.strictObject({
  workload: z.string().describe("Id of the workload."),
  label: z.string().describe("The workload for people."),
  demand: AmountSchema.describe("What the pods have to carry together."),
  demandBasis: z.enum(["usage", "requests"]).describe("Where the demand is from."),
  perPod: AmountSchema.describe("Paid once a pod whatever its size: sidecars and sandbox."),
  points: z
    .array(
      z.strictObject({
        replicas: count.describe("Pods."),
        pod: AmountSchema.describe("Requests of one pod."),
        scale: z.number().describe("Size of the main containers against the declared one."),
        headroom: z.number().describe("Capacity beyond the demand, as a share of it."),
        spare: count.describe("Pods that may be lost."),
        blastRadius: share.describe("Share of the capacity that one pod is."),
        allocated: money.optional().describe("Worth of the requests a month."),
        difference: money.describe("Of the whole bill against the declared pods."),
        nodes: count.describe("Nodes of the cluster."),
        unplacedPods: count.describe("Pods that find no place."),
        isDeclared: z.boolean().describe("True for the declared pods."),
      }),
    )
    .describe("Numbers of pods and their sizes, the cheapest first."),
});

const CostRightSizingSchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1").describe("Version of the report's format."),
    kind: z.literal("CostRightSizing").describe("Kind of the report."),
    estate: z.string().describe("Name of the estate."),
    currency: z.string().describe("Currency of all money."),
    pricesAsOf: z.string().describe("Date of the prices."),
    bill: FigureSchema.describe("The bill of a month as declared."),
    saving: FigureSchema.describe("Off the bill of a month when every step is taken."),
    steps: z
      .array(
        z.strictObject({
          step: z.enum(["idle", "requests", "nodeCounts", "nodeSizes"]).describe("Step."),
          label: z.string().describe("The step for people."),
          saved: money.describe("Off the bill of a month; the steps add up to the saving."),
          billAfter: money.describe("The bill after it."),
        }),
      )
      .describe("The way to the smaller bill, each step on top of those before."),
    requestsMissing: z
      .strictObject({
        reason: z.string().describe("What is missing."),
        hint: z.string().describe("How to give it."),
      })
      .optional()
      .describe("Why nothing is said of requests."),
    requests: RequestsSchema.optional().describe("Requests by measured usage."),
    idle: z.array(IdleSchema).describe("Idle and orphaned things, the dearest first."),
    nodePools: z.array(PoolSchema).describe("Node pools, the largest saving first."),
    replicas: ReplicasSchema.optional().describe("Replicas against sizes of the workload that was named."),
    partial: z.boolean().describe("True when something has no price."),
    unpriced: CostReportSchema.shape.unpriced,
    assumptions: z.array(AssumptionSchema).describe("Assumptions of bill and proposals."),
    diagnostics: z.array(DiagnosticSchema).describe("Problems of the usage and of the options."),
  })
  .meta({ id: "CostRightSizing" });

/** Does not compile when the schema and its type differ in a field. */
export const rightSizingSchemaMatches: Matches<typeof CostRightSizingSchema, CostRightSizing> = true;

/** The JSON Schema of the report of `scantling cost rightsize` (draft-07). */
export function rightSizingJsonSchema(): JsonSchema {
  return { title: "Scantling CostRightSizing", ...z.toJSONSchema(CostRightSizingSchema, { target: "draft-7" }) };
}
