import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import { FigureSchema, type Matches } from "../schemas/figure-schema.ts";
import { FindingSchema, VerdictCountsSchema } from "../schemas/finding-schema.ts";
import type { Audit } from "./audit-report.ts";

const count = z.int().nonnegative();
const fingerprint = z.string().describe("Stable identity: hash of rule, object, container and field.");

const AuditFindingSchema = FindingSchema.extend({
  status: z
    .enum(["open", "exempted", "ignored", "baseline"])
    .describe("open counts; exempted, ignored by another tool's annotation, or known by the baseline does not."),
  fingerprint,
  occurrences: z
    .array(
      z.strictObject({
        subject: z.string().describe("Workload, cluster or object."),
        environment: z.string().optional().describe("Environment."),
        severity: FindingSchema.shape.severity,
        fingerprint,
      }),
    )
    .describe("Where the same place of the source is rendered to, worst first."),
});

const SummarySchema = z.strictObject({
  objects: count.describe("Objects that were read."),
  workloads: count.describe("Workloads among them."),
  rules: count.describe("Rules that applied to something."),
  verdicts: VerdictCountsSchema.describe("Verdicts on objects and containers."),
  open: z
    .strictObject({
      critical: count.describe("Critical."),
      high: count.describe("High."),
      medium: count.describe("Medium."),
      low: count.describe("Low."),
      info: count.describe("Worth knowing."),
    })
    .describe("Findings that count, by severity."),
  findings: z
    .strictObject({
      open: count.describe("Count against the estate."),
      exempted: count.describe("Exempted by the Estate or a Tenant."),
      ignored: count.describe("Ignored by another tool's annotation."),
      baseline: count.describe("Known by the baseline."),
    })
    .describe("Findings by status."),
  monthlyCost: FigureSchema.exactOptional().describe("What open findings cost, between the largest and their sum."),
  downtimeMinutesPerYear: FigureSchema.exactOptional().describe(
    "Downtime a year of open findings, between the largest and their sum.",
  ),
});

/** What an audit found, as `scantling audit -o json` prints it. */
export const AuditSchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1").describe("Version of the report's format."),
    kind: z.literal("Audit").describe("Kind of the report."),
    estate: z.string().describe("Name of the estate."),
    environments: z.array(z.string()).describe("Environments in order of promotion."),
    profile: z.string().describe("Profile that decided which rules count."),
    day: z.string().describe("The day that exemptions were held against."),
    summary: SummarySchema.describe("The counts."),
    findings: z.array(AuditFindingSchema).describe("Findings, worst first, one for each thing to fix."),
    notEvaluable: z
      .array(
        z.strictObject({
          missing: z.string().describe("Code of what is missing."),
          supply: z.string().describe("What to do about it."),
          rules: z.array(z.string()).describe("Rules that wait for it."),
          verdicts: count.describe("Verdicts that wait for it."),
          example: z.string().describe("One of them."),
        }),
      )
      .describe("What could not be judged, by what is missing."),
    rules: z
      .array(
        z.strictObject({
          id: z.string().describe("Id."),
          name: z.string().describe("Name."),
          title: z.string().describe("What holds when it passes."),
          verdicts: VerdictCountsSchema.describe("Its verdicts."),
        }),
      )
      .describe("The rules that applied."),
    diagnostics: z.array(DiagnosticSchema).describe("Every problem of the input and of the audit's settings."),
  })
  .describe("Findings of an audit.");

/** Does not compile when the schema and the type differ in a field. */
export const auditMatches: Matches<typeof AuditSchema, Audit> = true;

/** JSON Schema of the report (draft-07). */
export function auditJsonSchema(): JsonSchema {
  return { title: "Scantling Audit", ...z.toJSONSchema(AuditSchema, { target: "draft-7" }) };
}
