import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { priceTraps } from "../../finops/prices/price-trap.ts";
import { DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import type { Matches } from "../schemas/figure-schema.ts";
import type { PriceRefresh } from "./cost-prices-refresh.ts";
import { PriceLayerSchema } from "./price-layer-file.ts";

const count = z.int().nonnegative();

const CheckedItemSchema = z.strictObject({
  check: z.string().describe("Check that names the price."),
  region: z.string().describe("Region."),
  item: z.string().describe("VM size or disk tier."),
  message: z.string().describe("What is wrong or to look at."),
});

const PriceRefreshSchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1").describe("Version of the report's format."),
    kind: z.literal("PriceRefresh").describe("Kind of the report."),
    asOf: z.string().describe("Day of the prices."),
    source: z.string().describe("Server or file that the rows come from."),
    rows: count.describe("Rows read."),
    taken: count.describe("Rows that are prices to take."),
    unreadable: count.describe("Rows that are none of the price list."),
    dropped: z
      .array(
        z.strictObject({
          trap: z.enum(Object.keys(priceTraps) as (keyof typeof priceTraps)[]).describe("Why they are left out."),
          what: z.string().describe("The same in words."),
          count: count.describe("Rows."),
          example: z.string().describe("The first of them."),
        }),
      )
      .describe("Rows that are left out, by what they are."),
    regions: z
      .array(
        z.strictObject({
          region: z.string().describe("Region."),
          payAsYouGo: count.describe("Sizes with a pay-as-you-go price."),
          spot: count.describe("Sizes with a spot price."),
          reservations: count.describe("Prices of reservations."),
          savingsPlans: count.describe("Rates of savings plans."),
          disks: count.describe("Disk tiers."),
          newlyPriced: count.describe("Sizes that had no price before."),
          changed: count.describe("Pay-as-you-go prices that are others than before."),
        }),
      )
      .describe("What the layer holds."),
    failed: z.array(CheckedItemSchema).describe("Prices that fail a check."),
    review: z.array(CheckedItemSchema).describe("Prices for a person to look at."),
    usable: z.boolean().describe("True when a layer came of it."),
    diagnostics: z.array(DiagnosticSchema).describe("Problems."),
  })
  .meta({ id: "PriceRefresh" });

/** Does not compile when the schema and its type differ in a field. */
export const priceSchemasMatch: Matches<typeof PriceRefreshSchema, PriceRefresh> = true;

/** JSON Schemas of what `scantling cost prices --refresh` writes (draft-07), by kind. */
export const priceReportSchemas: readonly (readonly [kind: string, schema: () => JsonSchema])[] = [
  ["PriceLayer", () => jsonSchema("PriceLayer", PriceLayerSchema)],
  ["PriceRefresh", () => jsonSchema("PriceRefresh", PriceRefreshSchema)],
];

function jsonSchema(kind: string, schema: z.ZodType): JsonSchema {
  return { title: `Scantling ${kind}`, ...z.toJSONSchema(schema, { target: "draft-7" }) };
}
