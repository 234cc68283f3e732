import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { AssumptionSchema, DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import { type Matches, PlaceSchema } from "../schemas/figure-schema.ts";
import type { ClusterRebuild } from "./simulate-rebuild.ts";

const minutes = z.number().nonnegative();

const range = (what: string) =>
  z
    .strictObject({
      low: minutes.describe("Where all goes well."),
      likely: minutes.describe("As a rule."),
      high: minutes.describe("On a bad day."),
    })
    .describe(what);

const StepSchema = z.strictObject({
  id: z.string().describe("Step."),
  kind: z
    .enum([
      "decision",
      "network",
      "controlPlane",
      "pool",
      "agent",
      "component",
      "secrets",
      "restore",
      "application",
      "entry",
      "check",
    ])
    .describe("Sort of step."),
  label: z.string().describe("What is made."),
  minutes: range("How long it takes."),
  after: z.array(z.string()).describe("Steps that must be over."),
  starts: range("Minutes from the loss to its start."),
  ends: range("Minutes from the loss to its end."),
  slackMinutes: minutes.describe("Likely minutes that it may be late without delaying the end."),
  isCritical: z.boolean().describe("Whether the likely end hangs on it."),
});

const ApplicationSchema = z.strictObject({
  application: z.string().describe("Application, or namespace that belongs to none."),
  backMinutes: range("Minutes from the loss until it serves again."),
  rtoMinutes: minutes.exactOptional().describe("What it declares for the loss of its region."),
  verdict: z
    .enum(["met", "likely", "atBest", "missed", "notDeclared"])
    .describe("met: even on a bad day; likely: as a rule; atBest: only where all goes well."),
});

const RiskSchema = z.strictObject({
  risk: z
    .enum([
      "secretNotInGit",
      "dataWithoutBackup",
      "imagesInRegion",
      "imageNotPinned",
      "secretStoreInRegion",
      "storeInRegion",
      "notRendered",
      "versionNotPinned",
      "noRestoreDrill",
      "namesByHand",
      "agentNotDeclared",
    ])
    .describe("Sort of risk."),
  effect: z
    .enum(["stops", "loses", "delays"])
    .describe("stops: no rebuild without it; loses: data is gone; delays: it costs time, or is not the same."),
  words: z.string().describe("In one sentence."),
  place: PlaceSchema.exactOptional().describe("Where it is written."),
});

const ClusterSchema = z.strictObject({
  cluster: z.string().describe("Cluster."),
  region: z.string().describe("Its region."),
  rtoMinutes: range("Minutes from the loss until everything is open again."),
  steps: z.array(StepSchema).describe("In the order of their start."),
  criticalPath: z.array(z.string()).describe("Steps that the likely end hangs on, in their order."),
  applications: z.array(ApplicationSchema).describe("When each application is back."),
  risks: z.array(RiskSchema).describe("What Git does not have, gravest first."),
});

/** The answer of `scantling simulate rebuild`. */
export const RebuildTimelineSchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1").describe("Version of the report's format."),
    kind: z.literal("RebuildTimeline").describe("Kind of the report."),
    clusters: z.array(ClusterSchema).describe("One for each cluster."),
    assumptions: z.array(AssumptionSchema).describe("Assumptions that it stands on."),
    diagnostics: z.array(DiagnosticSchema).describe("Every problem of the input."),
  })
  .meta({ id: "RebuildTimeline" });

/** The schema describes exactly what the operation returns. */
export const rebuildTimelineMatches: Matches<typeof ClusterSchema, ClusterRebuild> = true;

/** JSON Schema of the report (draft-07). */
export function rebuildTimelineJsonSchema(): JsonSchema {
  return { title: "Scantling RebuildTimeline", ...z.toJSONSchema(RebuildTimelineSchema, { target: "draft-7" }) };
}
