import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { AssumptionSchema, DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import { FigureSchema } from "../schemas/figure-schema.ts";
import { loadStrategies } from "./simulate-load-report.ts";

const amount = z.number().nonnegative();

const LoadPointSchema = z.strictObject({
  seconds: amount.describe("Seconds from the start of the demand."),
  demand: amount.describe("Units a second that arrived, on average over the point."),
  served: amount.describe("Units a second that were served."),
  unserved: amount.describe("Units a second that were lost."),
  replicas: amount.describe("Replicas that there were or were on their way."),
  ready: amount.describe("Replicas that served."),
  pending: amount.describe("Replicas that had no node."),
  nodes: amount.describe("Nodes that were paid for."),
  cost: amount.describe("Money for the stretch of the point."),
});

const StrategyOutcomeSchema = z.strictObject({
  strategy: z.enum(loadStrategies).describe("Its name."),
  description: z.string().describe("How it scales."),
  stoppedEarly: z.boolean().describe("True when the bound on events ended it."),
  cost: FigureSchema.describe("Nodes of the cluster and serverless instances over the whole time."),
  workloadCost: FigureSchema.describe("The same, less what the cluster costs without the workload."),
  heldCost: FigureSchema.describe(
    "What the room costs that its replicas hold on nodes, and serverless instances; no matter whether the nodes would be there without it.",
  ),
  unserved: FigureSchema.describe("Units of demand that were lost."),
  unservedShare: FigureSchema.describe("Their share of the demand."),
  servedLateShare: FigureSchema.describe("Share of the demand that was served after waiting."),
  coldStarts: FigureSchema.describe("Times that demand found no ready replica."),
  starts: FigureSchema.describe("Replicas that became ready."),
  pendingSeconds: FigureSchema.describe("Seconds that replicas waited for a node, summed over them."),
  utilisation: FigureSchema.describe("Share of ready capacity that demand used."),
  replicaHours: FigureSchema.describe("Hours of replicas."),
  nodeHours: FigureSchema.describe("Hours of nodes."),
  mostReplicas: amount.describe("Most replicas at once."),
  mostNodes: amount.describe("Most nodes at once."),
  series: z.array(LoadPointSchema).describe("Course over time."),
});

/** The answer of `scantling simulate load`. */
const LoadSimulationSchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1").describe("Version of the report's format."),
    kind: z.literal("LoadSimulation").describe("Kind of the report."),
    estate: z.string().describe("Name of the estate."),
    seed: z.int().nonnegative().describe("Seed of all that is random."),
    currency: z.string().describe("Currency of all money."),
    target: z
      .strictObject({
        entryPoint: z.string().describe("Entry point that the demand comes to."),
        environment: z.string().describe("Its environment."),
        cluster: z.string().describe("Cluster that takes the demand."),
        workload: z.string().describe("Id of the workload that serves it."),
        unit: z.string().describe("Unit of the demand."),
        perReplica: amount.describe("Units a second that one ready replica serves."),
      })
      .describe("Where the demand goes."),
    demand: z
      .strictObject({
        source: z.string().describe("Series or LoadProfile."),
        start: z.string().describe("Where it starts, in UTC."),
        days: amount.describe("How long it is."),
        scale: amount.describe("Factor on the values of a series."),
        total: amount.describe("Units over the whole time."),
        peak: amount.describe("Most units a second."),
        peakAt: z.string().describe("When, in UTC."),
      })
      .describe("The demand."),
    pointSeconds: amount.describe("Length of one point of the series, in seconds."),
    strategies: z.array(StrategyOutcomeSchema).describe("In the order asked for."),
    verdict: z.array(z.string()).describe("What follows, in sentences."),
    assumptions: z.array(AssumptionSchema).describe("Every gap that was filled."),
    diagnostics: z.array(DiagnosticSchema).describe("Every problem of the input."),
  })
  .meta({ id: "LoadSimulation" });

/** JSON Schema of the report (draft-07). */
export function loadSimulationJsonSchema(): JsonSchema {
  return { title: "Scantling LoadSimulation", ...z.toJSONSchema(LoadSimulationSchema, { target: "draft-7" }) };
}
