import * as z from "zod";
import type { Catalog } from "../../catalog/catalog.ts";
import { layerCatalog, type PriceLayer } from "../../catalog/price-layer.ts";
import { priceLayerUnreadable } from "../../estate/diagnostics/cost-source-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import type { Matches } from "../schemas/figure-schema.ts";

const price = z.number().positive().optional();

const LayerVmPricesSchema = z.strictObject({
  payAsYouGo: price.describe("USD/hour, Linux, list price."),
  spot: price.describe("USD/hour on the day of the layer."),
  reservation1yTotal: price.describe("USD for the whole year."),
  reservation3yTotal: price.describe("USD for the whole three years."),
  savingsPlan1y: price.describe("USD/hour under a savings plan of one year."),
  savingsPlan3y: price.describe("USD/hour under a savings plan of three years."),
});

/** A file of prices that `cost prices --refresh` writes and `--prices` reads. */
export const PriceLayerSchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1").describe("Version of the file's format."),
    kind: z.literal("PriceLayer").describe("Kind of the file."),
    asOf: z.iso.date().describe("Day on which the prices were read."),
    currency: z.literal("USD").describe("Currency of all prices."),
    source: z
      .strictObject({
        origin: z.string().describe("Where the prices were read."),
        path: z.string().exactOptional().describe("Path in it."),
        date: z.string().describe("Date of it."),
        note: z.string().exactOptional().describe("What to know about it."),
      })
      .describe("Where the prices come from."),
    virtualMachines: z
      .record(z.string(), z.record(z.string(), LayerVmPricesSchema))
      .describe("Prices by region and ARM name of the size."),
    managedDisks: z
      .record(z.string(), z.record(z.string(), z.number().positive()))
      .describe("USD per month by region and tier with redundancy, such as P10 LRS."),
  })
  .meta({ id: "PriceLayer" });

/** Does not compile when the schema and the type differ in a field. */
export const priceLayerMatches: Matches<typeof PriceLayerSchema, PriceLayer> = true;

/** The catalog with the prices of some files over its own, later files over earlier ones. */
export function catalogWithLayers(
  catalog: Catalog,
  files: readonly { readonly file: string; readonly text: string }[],
): { readonly catalog: Catalog; readonly diagnostics: readonly Diagnostic[] } {
  let layered = catalog;
  const diagnostics: Diagnostic[] = [];
  for (const { file, text } of files) {
    const layer = readPriceLayer(text);
    if (typeof layer === "string") diagnostics.push(diagnose(priceLayerUnreadable, { file, problem: layer }));
    else layered = layerCatalog(layered, layer);
  }
  return { catalog: layered, diagnostics };
}

/** The layer of a text; what is wrong with it otherwise. */
function readPriceLayer(text: string): PriceLayer | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "it is no JSON";
  }
  const read = PriceLayerSchema.safeParse(value);
  if (read.success) return read.data;
  const [first] = read.error.issues;
  return first === undefined ? "it has another form" : `${first.path.join(".") || "the whole"}: ${first.message}`;
}
