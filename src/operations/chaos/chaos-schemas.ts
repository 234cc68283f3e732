import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { AssumptionSchema, DiagnosticSchema } from "../schemas/diagnostic-schema.ts";

const seconds = z.number().nonnegative();

const PartSchema = z.strictObject({
  name: z.string().describe("Name of the assumption, or of what is declared."),
  origin: z.enum(["assumption", "declared"]).describe("Where the time comes from."),
  field: z.string().describe("Document and field that replaces it."),
  seconds: seconds.describe("The time."),
});

const PredictionSchema = z.strictObject({
  journey: z.string().describe("environment/application/journey."),
  downtimeSeconds: seconds.describe("Seconds that the journey is down."),
  recoveredAfterSeconds: seconds.describe("Seconds from the start of the fault until it is served again."),
  basis: z
    .enum(["assumption", "declared", "imposed", "bridged"])
    .describe("What sets the outcome; imposed: the fault's length; bridged: a buffer outlasts it."),
  parts: z.array(PartSchema).describe("Times that it stands on, the longest first."),
  minutesPerMonth: z.number().nonnegative().describe("Minutes of an average month that it is down by these faults."),
  words: z.string().describe("The cut set in words."),
});

const FaultSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("pods"),
    group: z.string(),
    workload: z.string(),
    pods: z.union([z.number().int().positive(), z.literal("all")]),
  }),
  z.strictObject({
    kind: z.literal("node"),
    cluster: z.string(),
    pool: z.string(),
    group: z.string().optional(),
    nodes: z.number().int().positive(),
  }),
  z.strictObject({ kind: z.literal("zone"), region: z.string(), rank: z.string(), zone: z.string().optional() }),
  z.strictObject({ kind: z.literal("disk"), workload: z.string(), volume: z.string() }),
  z.strictObject({ kind: z.literal("dependency"), target: z.string() }),
  z.strictObject({ kind: z.literal("entry"), cluster: z.string() }),
  z.strictObject({ kind: z.literal("drill"), scenario: z.string(), subject: z.string() }),
]);

const WorthSchema = z.strictObject({
  uncertainty: z.number().describe("1, 0.5 or 0.25: how unsure the prediction is."),
  minutesPerMonth: z.number().describe("Minutes of a month that the failures last, whatever softens them."),
  monthlyCost: z.number().describe("These minutes at the declared cost; 0 where none is declared."),
  monthlyValue: z.number().describe("Uncertainty x cost, of minutes where there is no cost."),
});

const ExperimentSchema = z.strictObject({
  id: z.string().describe("Name of the experiment."),
  title: z.string().describe("What is done."),
  hypothesis: z.string().describe("Steady state, and what must be seen."),
  order: z.number().int().positive().describe("Failures that it takes."),
  faults: z.array(FaultSchema).describe("What is brought about."),
  faultSeconds: seconds.describe("How long a stage keeps its faults up."),
  stages: z.number().int().positive().describe("Stages: of several faults each alone, then all."),
  predictions: z.array(PredictionSchema).describe("Journeys that are hit."),
  alone: z
    .array(z.strictObject({ fault: FaultSchema, predictions: z.array(PredictionSchema) }))
    .describe("Of several faults, what each alone does."),
  replay: z.string().optional().describe("The same failure played by the scheduler."),
  abort: z
    .strictObject({ afterSeconds: seconds, condition: z.string(), action: z.string() })
    .describe("When to stop, how it is seen, and how."),
  blastRadius: z.string().describe("Where the faults reach."),
  budget: z
    .strictObject({
      fits: z.boolean().describe("False: a journey would spend more than half of what is safely left of its budget."),
      journey: z.string().optional(),
      spendSeconds: seconds,
      allowedSeconds: seconds.optional(),
      cost: z.number().nonnegative(),
    })
    .describe("Whether the error budget can bear it, all stages together."),
  environments: z.array(z.string()).describe("Where to run it, in this order."),
  tools: z.strictObject({
    chaosMesh: z.boolean(),
    chaosStudio: z.boolean(),
    parameters: z.array(z.strictObject({ name: z.string(), text: z.string() })),
    capabilities: z.array(z.strictObject({ target: z.string(), capability: z.string(), role: z.string() })),
  }),
  files: z.array(z.string()).describe("Files that --to writes."),
  worth: WorthSchema,
});

const RoleStep = z.strictObject({ role: z.string(), text: z.string() });

const DrillSchema = z.strictObject({
  id: z.string().describe("Name of the drill."),
  scenario: z.enum(["region", "controlPlane", "operator", "deploy", "switch", "dependency", "platform"]),
  procedure: z.strictObject({
    title: z.string(),
    because: z.string().describe("Why no tool can inject it."),
    steps: z.array(RoleStep),
    checks: z.array(z.string()),
    rollBack: z.array(z.string()),
  }),
  expectations: z.array(
    z.strictObject({
      journey: z.string(),
      rtoSeconds: seconds.optional().describe("Absent: not before what was lost is back."),
      rtoObjectiveSeconds: seconds.optional(),
      rpoSeconds: seconds.optional().describe("Absent: not known."),
      rpoObjectiveSeconds: seconds.optional(),
    }),
  ),
  predictions: z.array(PredictionSchema),
  file: z.string().describe("Run-book that --to writes."),
  worth: WorthSchema,
});

const JourneySchema = z.strictObject({
  journey: z.string(),
  label: z.string(),
  objective: z.string().optional(),
  mostErrors: z.number().optional().describe("Share of bad requests that is steady state."),
  errorRatio: z.string().optional().describe("PromQL of the share of bad requests over five minutes."),
  url: z.string().optional(),
  budgetSeconds: seconds.optional(),
  safeSeconds: seconds.optional().describe("What outages leave of it with 90 % probability."),
  downtimeCostPerMinute: z.number().optional(),
});

/** The answer of `scantling chaos plan`. */
export const ChaosPlanSchema = z.strictObject({
  apiVersion: z.literal("scantling/v1alpha1"),
  kind: z.literal("ChaosPlan"),
  estate: z.string().describe("Name of the estate."),
  currency: z.string(),
  environment: z.string().describe("Environment that the predictions are of."),
  journeys: z.array(JourneySchema),
  experiments: z.array(ExperimentSchema).describe("Most worth first."),
  drills: z.array(DrillSchema),
  candidates: z.number().int().nonnegative().describe("Sets of faults of order one and two."),
  notPlanned: z.number().int().nonnegative(),
  incomplete: z.array(z.strictObject({ journey: z.string(), missing: z.array(z.string()) })),
  assumptions: z.array(AssumptionSchema),
});

/** As much of a plan as verification needs: other fields may come and go. */
export const PlannedSchema = z.object({
  kind: z.literal("ChaosPlan"),
  experiments: z.array(z.object({ id: z.string(), predictions: z.array(PredictionSchema) })),
  drills: z.array(z.object({ id: z.string(), predictions: z.array(PredictionSchema) })),
});

/** The answer of `scantling chaos verify`. */
export const ChaosVerificationSchema = z.strictObject({
  apiVersion: z.literal("scantling/v1alpha1"),
  kind: z.literal("ChaosVerification"),
  tolerance: z.number().describe("Share of a prediction that an observation may be off."),
  observations: z
    .array(
      z.strictObject({
        experiment: z.string(),
        journey: z.string(),
        predictedSeconds: seconds,
        observedSeconds: seconds,
        verdict: z.enum(["agrees", "better", "worse"]),
        refuted: z
          .strictObject({
            name: z.string().describe("Assumption or declaration."),
            field: z.string().describe("Document and field."),
            assumed: z.string(),
            observed: z.string(),
            replaceBy: z.string().optional().describe("What to write there."),
            words: z.string(),
          })
          .optional(),
      }),
    )
    .describe("The worst first."),
  notObserved: z.array(z.string()).describe("Planned, and nothing was seen of it."),
  diagnostics: z.array(DiagnosticSchema),
});

export function chaosPlanJsonSchema(): JsonSchema {
  return { title: "Scantling ChaosPlan", ...z.toJSONSchema(ChaosPlanSchema, { target: "draft-7" }) };
}

export function chaosVerificationJsonSchema(): JsonSchema {
  return { title: "Scantling ChaosVerification", ...z.toJSONSchema(ChaosVerificationSchema, { target: "draft-7" }) };
}
