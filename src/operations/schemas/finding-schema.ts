import * as z from "zod";
import { peerTools } from "../../audit/peer-check.ts";
import { FigureSchema, PlaceSchema } from "./figure-schema.ts";

const ChangeTargetSchema = z
  .strictObject({
    apiVersion: z.string().describe("API version."),
    kind: z.string().describe("Kind."),
    namespace: z.string().optional().describe("Namespace; absent for cluster-scoped kinds."),
    name: z.string().describe("Name."),
  })
  .describe("The rendered object that changes.");

const FieldPathSchema = z.array(z.union([z.string(), z.number()])).describe("Keys and list indices down to the field.");

const ManifestChangeSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("set").describe("Set a field."),
    target: ChangeTargetSchema,
    path: FieldPathSchema,
    value: z.unknown().describe("The value to write."),
  }),
  z.strictObject({
    kind: z.literal("remove").describe("Remove a field."),
    target: ChangeTargetSchema,
    path: FieldPathSchema,
  }),
  z.strictObject({
    kind: z.literal("add").describe("Add an object."),
    manifest: z.record(z.string(), z.unknown()).describe("The object."),
  }),
]);

export const FindingSchema = z.strictObject({
  rule: z.string().describe("Rule with its sub-verdict, such as AVL-007.4."),
  name: z.string().describe("Name of the rule."),
  verdict: z.enum(["fail", "notEvaluable"]).describe("The verdict."),
  severity: z.enum(["critical", "high", "medium", "low", "info"]).describe("The severity."),
  subject: z.string().describe("Workload, cluster or object."),
  subjectLabel: z.string().describe("Shortest form of the subject that is unique."),
  environment: z.string().optional().describe("Environment."),
  container: z.string().optional().describe("Container."),
  path: z.string().optional().describe("The field that decides."),
  control: z.string().optional().describe("Check of a published standard that it stands for."),
  message: z.string().describe("One sentence with the numbers that decide."),
  place: PlaceSchema.describe("Where it stands."),
  missing: z.array(z.string()).optional().describe("What is missing to decide."),
  fix: z
    .strictObject({
      description: z.string().describe("What to change."),
      patch: z.string().optional().describe("Fragment to merge, as YAML."),
      changes: z.array(ManifestChangeSchema).optional().describe("The same as data, so that it can be applied."),
    })
    .optional()
    .describe("The change that would turn the verdict."),
  monthlyCost: FigureSchema.optional().describe("What it costs a month more than it must."),
  downtimeMinutesPerYear: FigureSchema.optional().describe(
    "What it adds to the downtime of a year, all journeys together.",
  ),
  exemptedBy: z
    .strictObject({
      tenant: z.string().optional().describe("Tenant whose exemption it is; absent for one of the Estate."),
      tool: z.enum(peerTools).optional().describe("Tool whose ignore annotation it is."),
      check: z.string().optional().describe("Check that the annotation names."),
      reason: z.string().describe("Why."),
      owner: z.string().optional().describe("Who answers for it."),
      until: z.string().optional().describe("Last day."),
    })
    .optional()
    .describe("The exemption or ignore annotation that silences it."),
});

export const FindingsSchema = z.array(FindingSchema);

const count = z.int().nonnegative();

export const VerdictCountsSchema = z.strictObject({
  pass: count.describe("Passed."),
  fail: count.describe("Failed."),
  notEvaluable: count.describe("Not evaluable."),
});

export const VerdictsSchema = z.record(z.string(), VerdictCountsSchema);
