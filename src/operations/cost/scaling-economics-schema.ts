import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { wayNames } from "../../finops/scaling-economics/ways-to-run.ts";
import { AssumptionSchema, DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import { FigureSchema, type Matches } from "../schemas/figure-schema.ts";
import { loadStrategies } from "../simulation/simulate-load-report.ts";
import type { ScalingEconomics } from "./scaling-economics-report.ts";

const amount = z.number().nonnegative();
const share = z.number().min(0).max(1);
const way = z.enum(wayNames);
const sentences = z.array(z.string());

const StrategySchema = z.strictObject({
  strategy: z.enum(loadStrategies).describe("Its name."),
  description: z.string().describe("How it scales."),
  monthlyRoom: FigureSchema.describe("Room that its replicas hold on nodes, and serverless instances."),
  monthlyNodes: FigureSchema.describe("What the nodes cost more than without the workload, and serverless instances."),
  unservedShare: FigureSchema.describe("Share of the demand that was lost."),
  servedLateShare: FigureSchema.describe("Share of the demand that was served after waiting."),
  pendingSeconds: FigureSchema.describe("Seconds that replicas waited for a node in the simulated time."),
  coldStarts: FigureSchema.describe("Times that demand found nothing running in the simulated time."),
  mostReplicas: amount.describe("Most replicas at once."),
  mostNodes: amount.describe("Most nodes at once."),
});

const CurveSchema = z.strictObject({
  way: way.describe("Its name."),
  label: z.string().describe("The way for people."),
  kind: z.enum(["held", "used"]).describe("held: costs all the time; used: costs while it runs."),
  formula: z.string().describe("The formula with its numbers."),
  points: z
    .array(z.strictObject({ duty: share.describe("Duty cycle."), monthlyCost: amount.describe("Cost of 730 hours.") }))
    .describe("By rising duty cycle; two points of one are a jump, lines between points are exact."),
  atDemand: amount
    .exactOptional()
    .describe("At the duty cycle of the declared demand; absent where it cannot serve it."),
});

const BreakEvenSchema = z.strictObject({
  used: way.describe("Way that costs while it runs."),
  held: way.describe("Way that costs all the time."),
  cheaperBelow: way.describe("Which of the two is cheaper below the duty cycle."),
  duty: FigureSchema.describe("Duty cycle at which both cost the same."),
  hoursPerDay: amount.describe("The same in hours a day."),
  monthlyCost: amount.describe("What both cost there."),
});

/** The answer of `scantling cost scaling`. */
const ScalingEconomicsSchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1").describe("Version of the report's format."),
    kind: z.literal("ScalingEconomics").describe("Kind of the report."),
    estate: z.string().describe("Name of the estate."),
    currency: z.string().describe("Currency of all money."),
    seed: z.int().nonnegative().describe("Seed of all that is random."),
    target: z
      .strictObject({
        workload: z.string().describe("Id of the workload."),
        environment: z.string().describe("Its environment."),
        cluster: z.string().describe("Its cluster."),
        pool: z.string().exactOptional().describe("Node pool that it is placed on."),
        vmSize: z.string().exactOptional().describe("VM size of the pool."),
        unit: z.string().describe("Unit of the demand."),
        perReplica: amount.describe("Units a second that one replica serves."),
        replicas: amount.describe("Replicas that hold the peak."),
        replicasPerNode: amount.exactOptional().describe("Replicas that an empty node holds."),
      })
      .describe("The workload."),
    demand: z
      .strictObject({
        source: z.string().describe("LoadProfile or series."),
        start: z.string().describe("Where it starts, in UTC."),
        days: amount.describe("How long it is."),
        peak: amount.describe("Most units a second."),
        mean: amount.describe("Units a second on average."),
        duty: share.describe("Mean over peak."),
      })
      .describe("The demand."),
    burstsPerDay: amount.describe("Bursts in which a duty cycle comes."),
    strategies: z.array(StrategySchema).describe("Strategies under the declared demand."),
    curves: z.array(CurveSchema).describe("Cost of a month over the duty cycle, for each way that has its prices."),
    breakEvens: z.array(BreakEvenSchema).describe("Where the curves cross, exactly."),
    missing: sentences.describe("What has no price: the ways that stand on it are left out."),
    verdict: sentences.describe("What follows, in sentences."),
    assumptions: z.array(AssumptionSchema).describe("Every gap that was filled."),
    diagnostics: z.array(DiagnosticSchema).describe("Every problem of the input."),
  })
  .meta({ id: "ScalingEconomics" });

/** Does not compile when the schema and its type differ in a field. */
export const scalingEconomicsSchemaMatches: Matches<typeof ScalingEconomicsSchema, ScalingEconomics> = true;

/** JSON Schema of the report (draft-07). */
export function scalingEconomicsJsonSchema(): JsonSchema {
  return { title: "Scantling ScalingEconomics", ...z.toJSONSchema(ScalingEconomicsSchema, { target: "draft-7" }) };
}
