import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { CostReportSchema } from "../assessment/cost-report-schema.ts";
import { AssumptionSchema, DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import { FigureSchema, type Matches } from "../schemas/figure-schema.ts";
import type { CostAllocation } from "./cost-allocation.ts";
import type { Bill } from "./cost-bill.ts";
import type { CostComparison } from "./cost-comparison.ts";
import type { VmPrices } from "./cost-prices.ts";

const count = z.int().nonnegative();
const names = z.array(z.string());
const period = z.enum(["hour", "month", "year"]).describe("Span that the money is for.");

const head = {
  apiVersion: z.literal("scantling/v1alpha1").describe("Version of the report's format."),
  estate: z.string().describe("Name of the estate."),
  currency: z.string().describe("Currency of all money."),
};

const gaps = {
  partial: z.boolean().describe("True when something has no price."),
  unpriced: CostReportSchema.shape.unpriced,
  assumptions: z.array(AssumptionSchema).describe("Assumptions of the bill."),
};

const InvoiceLineSchema = z.strictObject({
  id: z.string().describe("Id of the line and of its figure."),
  category: z.string().describe("What is paid for, such as node or osDisk."),
  label: z.string().describe("The line for people."),
  environment: z.string().optional().describe("Environment."),
  region: z.string().optional().describe("Region."),
  purchase: z
    .enum(["payAsYouGo", "spot", "reservation", "savingsPlan", "declared"])
    .describe("How it is paid for; declared: its price stands in a document."),
  quantity: z.number().describe("How many units."),
  unit: z.string().describe("Unit."),
  unitPrice: z.number().describe("Price of a unit after discounts, unrounded."),
  times: z.number().describe("Units of time of the price in the period: amount = quantity × unitPrice × times."),
  listAmount: z.number().optional().describe("At the list price, pay as you go."),
  amount: z.number().describe("What is paid, rounded so that all lines add up to the total."),
  figure: FigureSchema.describe("The amount with its reasons."),
});

const BillSchema = z
  .strictObject({
    ...head,
    kind: z.literal("Bill").describe("Kind of the report."),
    exchangeRate: z
      .strictObject({
        perUsd: z.number().describe("Units for one USD."),
        asOf: z.string().describe("Day of the rate."),
      })
      .optional()
      .describe("How USD prices were converted."),
    pricesAsOf: z.string().describe("Date of the prices."),
    period,
    hours: z.number().describe("Hours of the period."),
    sections: z
      .array(
        z.strictObject({
          kind: z.enum(["cluster", "services", "unusedCommitment"]).describe("Kind of the section."),
          title: z.string().describe("The section for people."),
          lines: z.array(InvoiceLineSchema).describe("Lines."),
          subtotal: z.number().describe("Sum of the lines."),
        }),
      )
      .describe("Lines by cluster, services, and unused commitments."),
    listTotal: z.number().describe("At list prices, pay as you go."),
    discounts: z
      .strictObject({
        negotiated: z.number().describe("Taken off by negotiated discounts."),
        spot: z.number().describe("Taken off by spot prices."),
        commitments: z.number().describe("Taken off by commitments where they are used."),
      })
      .describe("What is taken off the list prices."),
    commitments: z
      .array(
        z.strictObject({
          id: z.string().describe("Id."),
          label: z.string().describe("The commitment for people."),
          used: z.number().describe("Cost of what it covers."),
          unused: z.number().describe("Cost of what nothing used."),
          utilisation: z.number().describe("Used share of its cost."),
          saved: z.number().describe("What the covered nodes would cost more without it."),
        }),
      )
      .describe("Commitments and their use."),
    total: FigureSchema.describe("The bill of the period."),
    monthlyParts: CostReportSchema.shape.parts,
    ...gaps,
  })
  .meta({ id: "Bill" });

const AllocationRowSchema = z.strictObject({
  part: z
    .enum(["tenant", "sharedPlatform", "systemOverhead", "idle", "fees", "unusedCommitment", "filteredOut"])
    .describe("Part of the bill; filteredOut: all that the filter does not match."),
  name: z.string().optional().describe("Value of the key; absent where there is none."),
  own: z.number().describe("What it causes itself."),
  idleShare: z.number().describe("Idle that is shared out to it."),
  platformShare: z.number().describe("Shared platform, system overhead and fees that are shared out to it."),
  total: z.number().describe("Sum of the three."),
});

const CostAllocationSchema = z
  .strictObject({
    ...head,
    kind: z.literal("CostAllocation").describe("Kind of the report."),
    period,
    by: z.string().describe("What it is grouped by."),
    shareIdle: z.string().describe("How idle is shared out."),
    sharePlatform: z.string().describe("How shared platform, system overhead and fees are shared out."),
    filter: z.string().optional().describe("What is looked at."),
    method: z.enum(["requests", "max(request, usage)"]).describe("What pods are charged for."),
    usage: z
      .strictObject({
        source: z.string().describe("File."),
        from: z.string().describe("First time."),
        to: z.string().describe("End of the last step."),
        stepSeconds: z.number().describe("Sampling step."),
        steps: count.describe("Steps of the window, gaps included."),
        samples: count.describe("Samples that counted."),
        problems: z.record(z.string(), count).describe("What did not count, by what is wrong with it."),
      })
      .optional()
      .describe("What was measured."),
    total: FigureSchema.describe("The bill: the sum of the rows."),
    rows: z.array(AllocationRowSchema).describe("Whom it belongs to; the totals add up to the bill."),
    ...gaps,
    diagnostics: z.array(DiagnosticSchema).describe("Problems of the usage and of the options."),
  })
  .meta({ id: "CostAllocation" });

const ComparedSchema = z.strictObject({
  kind: z
    .enum(["declared", "payAsYouGo", "reservations", "savingsPlan", "spot", "region", "vmFamily"])
    .describe("What is different."),
  label: z.string().describe("The alternative for people."),
  monthly: FigureSchema.describe("Bill of a month."),
  likely: z.number().describe("Likely bill of a month."),
  difference: z.number().describe("Against the declared estate; negative is cheaper."),
  unusedCommitment: z.number().describe("Commitments that nothing used."),
  newlyUnpriced: names.describe("What has no price that has one in the declared estate."),
  newlyUnplaced: count.describe("Pods that find no place that have one in the declared estate."),
  notes: names.describe("What changes besides the bill."),
});

const CostComparisonSchema = z
  .strictObject({
    ...head,
    kind: z.literal("CostComparison").describe("Kind of the report."),
    declared: ComparedSchema.describe("The declared estate."),
    alternatives: z.array(ComparedSchema).describe("Other ways, by kind, the cheapest of a kind first."),
    assumptions: gaps.assumptions,
  })
  .meta({ id: "CostComparison" });

const priceRow = {
  value: z.number().describe("Price."),
  unit: z.literal("USD/hour").describe("Unit of the price."),
  monthly: z.number().describe("USD for 730 hours."),
  source: z.string().describe("Id of the source."),
  asOf: z.string().describe("Date of the source."),
  verified: z.boolean().describe("False: recalled or derived."),
  note: z.string().exactOptional().describe("What to know about it."),
};
const PriceRowSchema = z.strictObject(priceRow);
const CommittedRowSchema = z.strictObject({
  ...priceRow,
  termYears: z.union([z.literal(1), z.literal(3)]).describe("Term."),
  termTotal: z.number().describe("USD over the whole term."),
  ratio: z.number().optional().describe("Share of the pay-as-you-go price."),
  breakEvenHoursPerDay: z.number().optional().describe("Hours a day from which it costs less than pay as you go."),
});

const VmPricesSchema = z
  .strictObject({
    apiVersion: head.apiVersion,
    kind: z.literal("VmPrices").describe("Kind of the report."),
    currency: z.literal("USD").describe("Currency of all prices."),
    vmSize: z.string().describe("VM size."),
    region: z.string().describe("Region."),
    vcpu: z.number().optional().describe("vCPUs."),
    memoryGiB: z.number().optional().describe("Memory."),
    payAsYouGo: PriceRowSchema.optional().describe("Linux, list price."),
    spot: PriceRowSchema.optional().describe("Spot price of one day."),
    reservation: z.array(CommittedRowSchema).describe("Reserved, amortised over the term."),
    savingsPlan: z.array(CommittedRowSchema).describe("Under a compute savings plan."),
    missing: names.describe("What no source states."),
    sources: z
      .record(
        z.string(),
        z.strictObject({
          origin: z.string().describe("Repository, page or thread."),
          path: z.string().exactOptional().describe("Path in it."),
          date: z.string().describe("Date of it."),
          note: z.string().exactOptional().describe("What to know about it."),
        }),
      )
      .describe("What the source ids stand for."),
    diagnostics: z.array(DiagnosticSchema).describe("Problems."),
  })
  .meta({ id: "VmPrices" });

/** Does not compile when a schema and its type differ in a field. */
export const costSchemasMatch: [
  Matches<typeof BillSchema, Bill>,
  Matches<typeof CostAllocationSchema, CostAllocation>,
  Matches<typeof CostComparisonSchema, CostComparison>,
  Matches<typeof VmPricesSchema, VmPrices>,
] = [true, true, true, true];

/** JSON Schemas of the reports of `scantling cost` (draft-07), by kind. */
export const costReportSchemas: readonly (readonly [kind: string, schema: () => JsonSchema])[] = [
  ["Bill", () => jsonSchema("Bill", BillSchema)],
  ["CostAllocation", () => jsonSchema("CostAllocation", CostAllocationSchema)],
  ["CostComparison", () => jsonSchema("CostComparison", CostComparisonSchema)],
  ["VmPrices", () => jsonSchema("VmPrices", VmPricesSchema)],
];

function jsonSchema(kind: string, schema: z.ZodType): JsonSchema {
  return { title: `Scantling ${kind}`, ...z.toJSONSchema(schema, { target: "draft-7" }) };
}
