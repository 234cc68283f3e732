import * as z from "zod";
import { savingKinds } from "../../../estate/assumptions/saving-rules.ts";
import type { JsonSchema } from "../../../estate/kinds/json-schemas.ts";
import { CostReportSchema } from "../../assessment/cost-report-schema.ts";
import { AssumptionSchema, DiagnosticSchema } from "../../schemas/diagnostic-schema.ts";
import { FigureSchema, type Matches, PlaceSchema } from "../../schemas/figure-schema.ts";
import type { CostSavings } from "./savings-report.ts";

const money = z.number();

const MeasureSchema = z.strictObject({
  id: z.string().describe("Unique in the report."),
  kind: z.enum(savingKinds).describe("Sort of measure."),
  what: z.string().describe("What to do, as an order."),
  because: z.string().describe("Why it saves."),
  caveat: z.string().optional().describe("What the figures do not see."),
  place: PlaceSchema.optional().describe("Where it is declared."),
  alone: money.describe("Off the declared bill of a month, were it the only measure."),
  asks: z
    .strictObject({
      risk: z.enum(["low", "medium", "high"]).describe("How much it could hurt."),
      workHours: z.number().describe("Hours of people's work, once."),
      leadTime: z.string().describe("Until it shows on the bill."),
    })
    .describe("What it asks of people."),
  realise: z
    .discriminatedUnion("kind", [
      z.strictObject({
        kind: z.literal("command").describe("A command of scantling."),
        words: z.array(z.string()).describe("Its words, without scantling and paths."),
      }),
      z.strictObject({
        kind: z.literal("document").describe("A change of a document or a manifest."),
        change: z.string().describe("The field and its new value."),
      }),
    ])
    .describe("How it is made real."),
  journeys: z
    .array(
      z.strictObject({
        journey: z.string().describe("Id of the journey."),
        moreMinutesPerMonth: z.number().describe("Minutes of a month by which it is down more; negative: less."),
        meetsObjective: z.boolean().optional().describe("With the measure; absent where it cannot be said."),
      }),
    )
    .describe("Journeys that change, the worst first."),
});

const NotTakenSchema = MeasureSchema.extend({ reason: z.string().describe("Why it is not counted.") });

const CostSavingsSchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1").describe("Version of the report."),
    kind: z.literal("CostSavings").describe("Kind of the report."),
    estate: z.string().describe("Name of the estate."),
    currency: z.string().describe("Currency of all money."),
    pricesAsOf: z.string().describe("Date of the prices."),
    bill: FigureSchema.describe("Bill of a month as declared."),
    saving: FigureSchema.describe("What all measures save together."),
    measures: z
      .array(
        MeasureSchema.extend({
          saved: money.describe("Off the bill beside the measures above it."),
          cumulative: money.describe("With the measures above it."),
          billAfter: money.describe("The bill with it and those above."),
        }),
      )
      .describe("Requests, then by what each saves alone, then commitments."),
    againstObjectives: z
      .array(NotTakenSchema)
      .describe("Would break an objective or worsen a missed one; not counted."),
    overlapped: z.array(NotTakenSchema).describe("Save nothing beside the measures above them."),
    notEvaluated: z
      .array(
        z.strictObject({
          what: z.string().describe("What was not looked at."),
          reason: z.string().describe("What it would need."),
        }),
      )
      .describe("What was not looked at."),
    partial: z.boolean().describe("True when something has no price."),
    unpriced: CostReportSchema.shape.unpriced,
    assumptions: z.array(AssumptionSchema).describe("Assumptions of bill and measures."),
    diagnostics: z.array(DiagnosticSchema).describe("Problems of the usage and of the choice of commitments."),
  })
  .meta({ id: "CostSavings" });

/** Does not compile when the schema and its type differ in a field. */
export const costSavingsSchemaMatches: Matches<typeof CostSavingsSchema, CostSavings> = true;

/** JSON Schema of the report of `scantling cost save` (draft-07). */
export function costSavingsJsonSchema(): JsonSchema {
  return { title: "Scantling CostSavings", ...z.toJSONSchema(CostSavingsSchema, { target: "draft-7" }) };
}
