import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { DiagnosticSchema } from "../schemas/diagnostic-schema.ts";

const CountSchema = z.union([z.int().nonnegative(), z.string().regex(/^\d+$/)]);
const ProbabilitySchema = z.number().min(0).max(1);

const TopEventSchema = z.strictObject({
  topEvent: z.string().describe("Name of the gate."),
  probability: ProbabilitySchema.optional().describe("Probability of the top event, exact."),
  bounds: z
    .strictObject({
      lower: ProbabilitySchema.describe("Certainly at least this."),
      upper: ProbabilitySchema.describe("Certainly at most this."),
      method: z.string().describe("How they were found."),
    })
    .optional()
    .describe("In the place of the probability, where the tree is too large to be solved."),
  missing: z.array(z.string()).optional().describe("Names that keep the top event from being evaluated."),
  coherent: z.boolean().optional().describe("No gate below negates."),
  basicEvents: z.int().optional().describe("Basic events that it depends on."),
  cutSets: z
    .strictObject({
      total: CountSchema.describe("All minimal cut sets, whatever their order."),
      byOrder: z.record(z.string(), CountSchema).describe("Their number by order."),
      listed: z
        .array(
          z.strictObject({
            events: z.array(z.string()).describe("Basic events."),
            probability: ProbabilitySchema.describe("Product of their probabilities."),
          }),
        )
        .describe("The most probable, from the top."),
    })
    .optional()
    .describe(
      "Minimal cut sets; of a tree with negations those of its coherent hull. Absent where there are too many.",
    ),
  importance: z
    .array(
      z.strictObject({
        event: z.string().describe("Basic event."),
        probability: ProbabilitySchema.describe("Its probability."),
        birnbaum: z.number().describe("Change of the top event's probability by its own."),
        criticality: z.number().describe("Share of the top event's probability that goes when it never happens."),
        diagnostic: z.number().describe("Probability of it, given the top event."),
        riskAchievementWorth: z.number().describe("Factor by which the top event grows once it has happened."),
        riskReductionWorth: z.number().describe("Factor by which the top event shrinks when it never happens."),
      }),
    )
    .optional()
    .describe("Importance of basic events, the most critical first."),
  frequency: z
    .strictObject({
      perHour: z.number().nonnegative().optional().describe("Expected occurrences of the top event per hour."),
      missing: z.string().optional().describe("Why there is none."),
    })
    .optional()
    .describe("How often the top event happens."),
});

const FaultTreeReportSchema = TopEventSchema.extend({
  apiVersion: z.literal("scantling/v1alpha1").describe("Version of this form."),
  kind: z.literal("FaultTreeSolution").describe("What this is."),
  missionTimeHours: z.number().positive().describe("Time that failure rates are taken over."),
  others: z.array(TopEventSchema).describe("Further top events of the model."),
  diagnostics: z.array(DiagnosticSchema).describe("What is wrong with the model."),
});

/** JSON Schema (draft-07) of `scantling availability tree -o json`. */
export function faultTreeJsonSchema(): JsonSchema {
  return { title: "Scantling FaultTreeSolution", ...z.toJSONSchema(FaultTreeReportSchema, { target: "draft-7" }) };
}
