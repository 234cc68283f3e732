import * as z from "zod";
import { dateText, money } from "./field-formats.ts";

/** A price that the user states where the catalog has none. */
export const Price = z.strictObject({
  monthlyCost: money.describe("Cost of a month of 730 hours, in the estate's currency."),
  source: z.string().min(1).optional().describe("Where the price comes from, such as quote."),
  asOf: dateText.optional().describe("Day of the price, YYYY-MM-DD."),
});
export type Price = z.infer<typeof Price>;
