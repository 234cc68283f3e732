import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { AssumptionSchema, DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import { FigureSchema, type Matches, PlaceSchema } from "../schemas/figure-schema.ts";
import { FindingsSchema, VerdictsSchema } from "../schemas/finding-schema.ts";
import type { Assessment } from "./assessment.ts";
import { AvailabilityReportSchema } from "./availability-report-schema.ts";
import { CostReportSchema } from "./cost-report-schema.ts";
import { EstateSummarySchema } from "./estate-summary-schema.ts";
import { StructureReportSchema } from "./structure-report-schema.ts";

const count = z.int().nonnegative();

const HeadlineSchema = z.strictObject({
  monthlyCost: FigureSchema.describe("The bill of a month."),
  worstJourney: FigureSchema.optional().describe("Unavailability of the journey that is down longest."),
  findings: z
    .strictObject({
      critical: count.describe("Critical findings."),
      high: count.describe("High findings."),
      medium: count.describe("Medium findings."),
      low: count.describe("Low findings."),
      info: count.describe("Findings worth knowing."),
      notEvaluable: count.describe("Verdicts that lack an input."),
    })
    .describe("Findings by severity."),
});

const WorstThingSchema = z.strictObject({
  question: z.enum(["structure", "cost", "availability"]).describe("Question that it answers."),
  sentence: z.string().describe("What is worst, and why."),
  place: PlaceSchema.optional().describe("Where it is written."),
  reference: z.string().describe("Figure or finding behind it."),
});

const SharpeningFactSchema = z.strictObject({
  sentence: z.string().describe("What to write, and what it would sharpen."),
  replaceBy: z.string().describe("Document and field to write."),
  assumption: z.string().describe("Assumption that it replaces."),
});

/** The three answers, as `scantling assess -o json` prints them. */
export const AssessmentSchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1").describe("Version of the report's format."),
    kind: z.literal("Assessment").describe("Kind of the report."),
    estate: EstateSummarySchema.describe("What was read."),
    headline: HeadlineSchema.describe("The big numbers."),
    worst: z.array(WorstThingSchema).describe("The worst things, worst first."),
    sharpen: z.array(SharpeningFactSchema).describe("The facts that would sharpen the answer most."),
    structure: StructureReportSchema.describe("Who shares what."),
    cost: CostReportSchema.describe("What it costs."),
    availability: AvailabilityReportSchema.describe("Whether it stays up."),
    findings: FindingsSchema.describe("Verdicts of the audit rules that are not a pass."),
    verdicts: VerdictsSchema.describe("Verdicts by rule."),
    assumptions: z.array(AssumptionSchema).describe("Every gap that was filled."),
    diagnostics: z.array(DiagnosticSchema).describe("Every problem of the input."),
    catalog: z
      .strictObject({
        pricesAsOf: z.string().describe("Date of the prices."),
        slasAsOf: z.string().describe("Date of the SLAs."),
      })
      .describe("Dates of the facts."),
  })
  .describe("Structure, bill and availability of an estate.");

/** Does not compile when the schema and the type differ in a field. */
export const assessmentMatches: Matches<typeof AssessmentSchema, Assessment> = true;

/** JSON Schema of the report (draft-07). */
export function assessmentJsonSchema(): JsonSchema {
  return { title: "Scantling Assessment", ...z.toJSONSchema(AssessmentSchema, { target: "draft-7" }) };
}
