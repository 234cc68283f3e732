import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { differenceReasons } from "../../finops/reconciliation/difference-reason.ts";
import { AssumptionSchema, DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import type { Matches } from "../schemas/figure-schema.ts";
import type { CostReconciliation } from "./cost-reconcile.ts";

const reason = z.enum(Object.keys(differenceReasons) as (keyof typeof differenceReasons)[]);

const CostReconciliationSchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1").describe("Version of the report's format."),
    kind: z.literal("CostReconciliation").describe("Kind of the report."),
    estate: z.string().describe("Name of the estate."),
    currency: z.string().describe("Currency of all money."),
    against: z
      .strictObject({
        file: z.string().describe("File with the other side."),
        format: z.enum(["FOCUS", "Azure cost export", "OpenCost allocation"]).describe("What it is."),
        rows: z.int().nonnegative().describe("Rows read, or names of an allocation."),
        from: z.string().optional().describe("First day."),
        to: z.string().optional().describe("Day after the last one."),
        hours: z.number().optional().describe("Hours of these days."),
        months: z.number().describe("Months of 730 hours of the declared side."),
      })
      .describe("What is compared with."),
    totals: z
      .strictObject({
        declared: z.number().describe("Declared side."),
        billed: z.number().describe("Billed side."),
        difference: z.number().describe("Billed less declared."),
        matchedDeclared: z.number().describe("Declared, of items that both sides have."),
        matchedBilled: z.number().describe("Billed, of items that both sides have."),
        onlyDeclared: z.number().describe("Declared and not billed."),
        onlyBilled: z.number().describe("Billed and not declared."),
      })
      .describe("Totals; they add up to the cent."),
    byReason: z
      .array(
        z.strictObject({
          reason: reason.describe("Reason."),
          what: z.string().describe("The same in words."),
          amount: z.number().describe("Part of the difference."),
        }),
      )
      .describe("The difference by reason; adds up to it."),
    items: z
      .array(
        z.strictObject({
          kind: z
            .enum([
              "node",
              "osDisk",
              "dataDisk",
              "fileShare",
              "loadBalancer",
              "publicIp",
              "natGateway",
              "clusterTier",
              "defender",
              "egress",
              "unusedCommitment",
              "resource",
              "service",
              "purchase",
              "tax",
              "credit",
              "otherService",
              "allocation",
            ])
            .describe("What is compared."),
          label: z.string().describe("The item for people."),
          cluster: z.string().exactOptional().describe("Cluster."),
          match: z.enum(["both", "onlyDeclared", "onlyBilled"]).describe("Which sides have it."),
          declared: z.number().describe("Declared side."),
          billed: z.number().describe("Billed side."),
          difference: z.number().describe("Billed less declared: the sum of the reasons."),
          reasons: z
            .array(
              z.strictObject({
                reason: reason.describe("Reason."),
                amount: z.number().describe("Part of the difference."),
                text: z.string().describe("What shows it."),
              }),
            )
            .describe("Why the sides differ, the largest part first."),
        }),
      )
      .describe("Items of both sides."),
    assumptions: z.array(AssumptionSchema).describe("Assumptions of the declared side and of the comparison."),
    diagnostics: z.array(DiagnosticSchema).describe("Problems of the file."),
  })
  .meta({ id: "CostReconciliation" });

/** Does not compile when the schema and its type differ in a field. */
export const costReconciliationMatches: Matches<typeof CostReconciliationSchema, CostReconciliation> = true;

/** The JSON Schema of `scantling cost reconcile` (draft-07). */
export function costReconciliationJsonSchema(): JsonSchema {
  return {
    title: "Scantling CostReconciliation",
    ...z.toJSONSchema(CostReconciliationSchema, { target: "draft-7" }),
  };
}
