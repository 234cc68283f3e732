import * as z from "zod";
import { PlaceSchema } from "./figure-schema.ts";

/** A gap in the input that a named rule filled. */
export const AssumptionSchema = z
  .strictObject({
    id: z.string().describe("Id of the rule that filled the gap, such as ASM-001."),
    name: z.string().describe("Name of the rule."),
    subject: z.string().describe("What was filled."),
    text: z.string().describe("What was assumed, and why."),
    value: z.string().describe("The value that was filled in, for people."),
    replaceBy: z.string().describe("Document and field by which it is replaced."),
    place: PlaceSchema.optional().describe("Where the gap is."),
  })
  .meta({ id: "Assumption", description: "A gap in the input that a named rule filled." });

/** A problem of loading or of references. */
export const DiagnosticSchema = z
  .strictObject({
    code: z.string().describe("Code of the problem, such as EST-212."),
    name: z.string().describe("The code in words."),
    severity: z.enum(["error", "warning", "note"]).describe("error: not used; warning: used; note: worth knowing."),
    message: z.string().describe("One sentence."),
    place: PlaceSchema.optional().describe("Where it stands."),
    hint: z.string().optional().describe("What to do about it."),
    affects: z.array(z.string()).optional().describe("What it leaves not evaluable."),
  })
  .meta({ id: "Diagnostic", description: "A problem of loading or of references." });
