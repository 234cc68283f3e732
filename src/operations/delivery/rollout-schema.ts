import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { AssumptionSchema, DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import { FigureSchema, type Matches, PlaceSchema } from "../schemas/figure-schema.ts";
import type { RolloutSimulation } from "./rollout-report.ts";

const share = z.number().min(0).max(1);
const amount = z.number().nonnegative();
const requestsPerSecond = amount.describe("Traffic of the whole service.");
const exposedRequests = amount.describe("Mean requests of users that the version answers until the decision.");
const place = PlaceSchema.describe("Where it stands.");

const OutcomeSchema = z
  .strictObject({
    method: z.enum(["exact", "simulated"]).describe("exact: Markov chain; simulated: windows of measurements overlap."),
    promoted: share.describe("Share of rollouts that end in promotion."),
    rolledBack: share.describe("Share that is rolled back."),
    paused: share.describe("Share that waits for a person."),
    unfinished: share.describe("Share that goes on beyond the horizon of a week."),
    minutes: amount.describe("Mean minutes until the decision."),
    exposedRequests,
    failedRequests: amount.describe("Mean requests of these that fail."),
    weightAtEnd: amount.describe("Mean percentage of the users that it answers at the decision."),
    minutesUntilRollback: amount.optional().describe("Mean minutes of those that are rolled back."),
    exposedUntilRollback: amount.optional().describe("Mean requests of those that are rolled back."),
    minutesUntilPromoted: amount.optional().describe("Mean minutes of those that are promoted."),
    minutesDistribution: z
      .array(
        z.strictObject({
          ending: z.enum(["promoted", "rolledBack", "paused", "unfinished"]).describe("How it ends."),
          minutes: amount.describe("When."),
          probability: share.describe("How likely."),
        }),
      )
      .describe("Endings in the order of time."),
    runs: z.int().optional().describe("Runs, where simulated."),
  })
  .meta({ id: "RolloutOutcome", description: "What a policy does to one version." });

const SimulatedShareSchema = z.strictObject({
  share: share.describe("Share of the runs."),
  lower: share.describe("Lower end of the 99 % interval."),
  upper: share.describe("Upper end."),
});

const CurvePointSchema = z.strictObject({
  requestsPerSecond,
  errorRate: share.describe("Of the version."),
  caught: share.describe("Chance that it is rolled back or paused."),
  falseRollback: share.describe("The same of a healthy version."),
  exposedRequests,
  minutes: amount.describe("Mean minutes until the decision."),
});

const ProposedSchema = z.strictObject({
  weights: z.array(z.number()).describe("Weights in percent."),
  intervalSeconds: amount.describe("From one check to the next."),
  successRateAtLeast: z.string().describe("Limit of the success rate in percent."),
  threshold: z.int().optional().describe("Flagger: failed checks that roll back."),
  count: z.int().optional().describe("Argo Rollouts: measurements at each weight."),
  failureLimit: z.int().optional().describe("Argo Rollouts: failed measurements that are tolerated."),
  caught: share.describe("Chance to catch the regression."),
  falseRollback: share.describe("Chance to roll back a healthy version."),
  exposedRequests,
  minutesUntilPromoted: amount.describe("Mean minutes until a healthy version is promoted."),
});

const ProposalsSchema = z.strictObject({
  evaluated: z.int().describe("Policies of the grid that were evaluated."),
  feasible: z.int().describe("Those that keep the bounds."),
  front: z.array(ProposedSchema).describe("Those that none other beats in exposure and duration, the quickest first."),
  nearest: ProposedSchema.optional().describe("Where none keeps the bounds, the one that catches most."),
});

const ChoiceSchema = z.strictObject({
  mechanism: z.enum(["canary", "flag"]).describe("Canary of the infrastructure, or feature flag."),
  reasons: z.array(z.string()).describe("Why."),
  covers: z.array(z.string()).describe("Failures that it keeps from most users."),
  doesNotCover: z.array(z.string()).describe("Failures that it does not."),
});

const ExperimentSchema = z.strictObject({
  requestsPerArm: amount.describe("Of an A/B test with 5 % false alarms and 80 % power."),
  minutesAtEvenSplit: amount.describe("How long that takes."),
  sequentialRequestsWhenBad: amount.describe("Mean requests of a sequential test until it calls a bad version bad."),
  sequentialRequestsWhenGood: amount.describe("Mean requests until it calls a good version good."),
  falseAlarmWhenPeeking: share.describe("False alarms of a test of fixed size that is looked at ten times."),
});

const RunSchema = z.strictObject({
  requestsPerSecond,
  healthyErrorRate: share.describe("Share of requests that a healthy version fails."),
  figures: z.array(FigureSchema).describe("The numbers to act on, with their reasons."),
  regression: OutcomeSchema.describe("A version with the error rate asked for."),
  healthy: OutcomeSchema.describe("A healthy version."),
  simulation: z
    .strictObject({
      seed: z.int().describe("The same seed gives the same runs."),
      runs: z.int().describe("Rollouts played."),
      caught: SimulatedShareSchema.describe("Chance to catch the regression."),
      falseRollback: SimulatedShareSchema.describe("Chance to roll back a healthy version."),
    })
    .describe("The same played request by request, as a check."),
  gate: z
    .strictObject({
      verdict: z
        .enum(["good", "weak", "noise", "blind"])
        .describe(
          "good: keeps the bounds; weak: misses too often; noise: rolls back healthy versions; blind: sees nothing.",
        ),
      detectableErrorRate: share.optional().describe("Smallest error rate that is caught surely enough."),
      requestsNeededPerCheck: z
        .int()
        .optional()
        .describe("Requests from which on one check alone tells the two apart."),
      smallestCheck: z.int().describe("Requests of the check that sees the fewest."),
    })
    .describe("Whether metrics and traffic are good enough to judge by."),
  choice: ChoiceSchema.describe("Canary or flag for such a change."),
  experiment: ExperimentSchema.optional().describe("An A/B test of the same two error rates."),
  curve: z.array(CurvePointSchema).describe("Power and exposure over the error rate."),
  proposals: ProposalsSchema.optional().describe("Better policies, where asked for."),
});

export const RolloutSchema = z.strictObject({
  apiVersion: z.literal("scantling/v1alpha1").describe("Version of this form."),
  kind: z.literal("RolloutSimulation").describe("What this is."),
  errorRate: share.describe("Share of requests that the regression fails."),
  slowRate: share.describe("Share of its requests that are slower than the limit."),
  errorBudget: share.describe("Share of requests that may fail in 30 days."),
  bounds: z
    .strictObject({
      caught: share.describe("Least chance to catch the regression."),
      falseRollback: share.describe("Largest chance to roll back a healthy version."),
    })
    .describe("What a good gate keeps."),
  policies: z
    .array(
      z.strictObject({
        subject: z.string().describe("Kind, namespace and name."),
        tool: z.enum(["flagger", "argo-rollouts", "kubernetes"]).describe("Who carries it out."),
        strategy: z.enum(["canary", "blueGreen", "abTest", "rolling", "recreate"]).describe("How."),
        place,
        rules: z.array(z.string()).describe("How it decides, in words."),
        runs: z.array(RunSchema).describe("One for each traffic."),
        trafficCurve: z.array(CurvePointSchema).describe("The regression over traffic."),
        runningDouble: z
          .array(
            z.strictObject({
              scope: z.enum(["workload", "pool", "cluster"]).describe("What is there twice."),
              name: z.string().describe("Its name."),
              hourly: FigureSchema.describe("Cost of the second copy an hour."),
              rollout: FigureSchema.describe("The same for a healthy rollout."),
            }),
          )
          .optional()
          .describe("What blue and green side by side cost, where an estate is given."),
      }),
    )
    .describe("Policies in the order of the files."),
  flags: z
    .array(
      z.strictObject({
        id: z.string().describe("Id of the feature flag."),
        place,
        enabled: z.boolean().describe("False: nobody has it."),
        share: share.describe("Share of the users that are neither listed nor in a group."),
        runs: z
          .array(
            z.strictObject({
              requestsPerSecond,
              exposedRequestsPerMinute: amount.describe("Requests with the flag on."),
              failedRequestsPerMinute: amount.describe("Of these, the ones that the regression fails."),
              minutesToTell: amount.optional().describe("Until an A/B test tells those with it from those without."),
            }),
          )
          .describe("One for each traffic."),
      }),
    )
    .describe("Feature flags: nothing rolls them back by itself."),
  notEvaluable: z.array(z.string()).describe("Policies that a diagnostic leaves not evaluable."),
  assumptions: z.array(AssumptionSchema).describe("Every gap that was filled."),
  diagnostics: z.array(DiagnosticSchema).describe("What is wrong with the input."),
});

/** Holds the schema to the type. */
export const rolloutSchemaMatches: Matches<typeof RolloutSchema, RolloutSimulation> = true;

/** JSON Schema (draft-07) of `scantling simulate rollout -o json`. */
export function rolloutJsonSchema(): JsonSchema {
  return { title: "Scantling RolloutSimulation", ...z.toJSONSchema(RolloutSchema, { target: "draft-7" }) };
}
