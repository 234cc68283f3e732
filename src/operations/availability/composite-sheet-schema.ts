import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import { type Matches, PlaceSchema } from "../schemas/figure-schema.ts";
import type { CompositeSheet } from "./composite-sheet.ts";

const percent = z.string().regex(/^\d+(?:\.\d+)?$/);

export const CompositeSheetSchema = z.strictObject({
  apiVersion: z.literal("scantling/v1alpha1").describe("Version of this form."),
  kind: z.literal("CompositeSheet").describe("What this is."),
  source: z.string().describe("The worksheet."),
  evaluable: z.boolean().describe("False: something could not be read, so that nothing was computed."),
  regions: z.int().positive().describe("Regions, any of which is enough."),
  items: z
    .array(
      z.strictObject({
        name: z.string().describe("The item."),
        percent: percent.describe("Its availability."),
        structure: z.string().describe("serial, shared or parallel GROUP."),
        count: z.int().positive().describe("Like instances, one of which is enough."),
      }),
    )
    .describe("The items as they were read."),
  parts: z
    .strictObject({
      shared: percent.describe("What is counted once for all regions."),
      region: percent.describe("One region."),
      total: percent.describe("The whole."),
    })
    .optional()
    .describe("Recomputed percentages."),
  downtimeMinutesPerMonth: z.number().optional().describe("Down in an SLA month of 30 days."),
  results: z
    .array(
      z.strictObject({
        name: z.string().describe("Name of the published figure."),
        scope: z.enum(["total", "region"]).describe("What it is of."),
        published: z.string().describe("As it is published."),
        computed: percent.describe("As it is recomputed."),
        rounded: percent.describe("The same at the rounding of the published figure."),
        verdict: z
          .enum(["reproduced", "truncated", "notReproduced"])
          .describe("truncated: only where digits are cut off in the place of rounding."),
        variants: z
          .array(
            z.strictObject({
              what: z.string().describe("What is done otherwise."),
              percent: percent.describe("What it gives."),
              reproduces: z.boolean().describe("Whether that is the published figure; false: the nearest."),
            }),
          )
          .describe("How a figure that is not reproduced may have come about."),
        place: PlaceSchema.describe("Where it stands."),
      }),
    )
    .describe("The published figures."),
  remarks: z.array(z.string()).describe("What the worksheet leaves out or takes for something else."),
  diagnostics: z.array(DiagnosticSchema).describe("What cannot be read."),
});

/** Does not compile when schema and report differ. */
export const compositeSheetMatches: Matches<typeof CompositeSheetSchema, CompositeSheet> = true;

/** JSON Schema (draft-07) of `scantling availability sheet -o json`. */
export function compositeSheetJsonSchema(): JsonSchema {
  return { title: "Scantling CompositeSheet", ...z.toJSONSchema(CompositeSheetSchema, { target: "draft-7" }) };
}
