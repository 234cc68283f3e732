import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { AssumptionSchema, DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import { FigureSchema, type Matches } from "../schemas/figure-schema.ts";
import type { SloBudgetReport } from "./slo-budget.ts";
import type { SloProposals } from "./slo-proposals.ts";
import type { SloRulesReport } from "./slo-rules.ts";
import type { SloSimulation } from "./slo-simulation.ts";

const apiVersion = z.literal("scantling/v1alpha1").describe("Version of this form.");
const share = z.number().nonnegative();
const seconds = z.number().nonnegative();
const severity = z.enum(["page", "ticket"]).describe("page: act now; ticket: act in working hours.");
const longWindow = z.string().describe("Long window, as Prometheus writes durations.");
const shortWindow = z.string().describe("Short window.");
const factor = z.string().describe("Burn rate above which it fires; 1 spends the budget in one window of the SLO.");
const threshold = share.describe("Error ratio above which it fires, over both windows.");
const method = z
  .enum(["Occurrences", "Timeslices", "RatioTimeslices"])
  .describe("What the budget counts: events, slices of time, or ratios of slices.");
const assumptions = z.array(AssumptionSchema).describe("Every gap that was filled.");
const diagnostics = z.array(DiagnosticSchema).describe("What is wrong with the input.");

const DetectionSchema = z.strictObject({
  errorRatio: share.describe("Share of requests that fail during the incident."),
  detectionSeconds: seconds.optional().describe("From its beginning until the alert fires; absent when it never does."),
  resetSeconds: seconds.optional().describe("From its end until the alert is silent."),
});

const FalseAlarmsSchema = z.strictObject({
  requestsPerSecond: share.describe("Traffic."),
  healthyErrorRatio: share.describe("Errors on ordinary days."),
  probability: share.describe("Of firing at an evaluation though nothing is wrong."),
  minutesPer30Days: share.describe("Expected time in false alarm in 30 days."),
});

const AlertSchema = z.strictObject({
  severity,
  speed: z.enum(["quick", "slow"]).describe("quick: short windows; slow: long windows."),
  longWindow,
  shortWindow,
  factor,
  threshold,
  budgetShare: share.describe("Share of the budget that is gone when it fires."),
  detection: z.array(DetectionSchema).describe("How it answers constant error ratios, the worst first."),
  singleErrorFiresBelow: z.int().describe("With fewer requests in the long window one error fires it."),
  falseAlarms: FalseAlarmsSchema.optional().describe("False alarms, where the traffic is known."),
});

const RulesSchema = z.strictObject({
  apiVersion,
  kind: z.literal("SloRules").describe("What this is."),
  objectives: z
    .array(
      z.strictObject({
        slo: z.string().describe("Name of the SLO."),
        id: z.string().describe("Value of the label sloth_id."),
        service: z.string().describe("Value of the label sloth_service."),
        objective: z.string().describe("Share that must be good, exact."),
        budget: z.string().describe("Share that may be bad, exact."),
        window: z.string().describe("Window of the SLO."),
        method,
        rules: z.int().describe("Recording and alerting rules."),
        alerts: z.array(AlertSchema).describe("The usual alerts; none where an own policy takes their place."),
      }),
    )
    .describe("SLOs that rules were made of."),
  assumptions,
  diagnostics,
});

const SimulationSchema = z.strictObject({
  apiVersion,
  kind: z.literal("SloSimulation").describe("What this is."),
  objective: z.string().describe("Share that must be good."),
  window: z.string().describe("Window of the objective."),
  series: z
    .strictObject({
      file: z.string().describe("Where it was read."),
      rows: z.int().describe("Rows that could be used."),
      stepSeconds: seconds.describe("Length of a step."),
      coveredSeconds: seconds.describe("From the first row to the end of the last."),
      totalEvents: share.describe("Events."),
      badEvents: share.describe("Bad ones among them."),
      errorRatio: share.describe("Bad events by events."),
    })
    .describe("What was played."),
  alerts: z
    .array(
      z.strictObject({
        severity,
        longWindow,
        shortWindow,
        factor,
        threshold,
        times: z.int().optional().describe("How often it fired; absent where the series is too coarse."),
        firingSeconds: seconds.optional().describe("For how long in all."),
        falseAlarmProbability: share.optional().describe("Of firing by chance at the mean traffic and error ratio."),
      }),
    )
    .describe("Alerts of the objective."),
  fired: z
    .array(
      z.strictObject({
        severity,
        longWindow,
        startSeconds: z.number().describe("When it fired, on the clock of the series."),
        endSeconds: z.number().optional().describe("When it reset; absent when it fires at the end."),
        start: z.string().optional().describe("The same as an instant."),
        end: z.string().optional().describe("The same as an instant."),
        budgetSpent: share.describe("Share of the budget that was gone by then."),
      }),
    )
    .describe("Times in which alerts fired, in order."),
  budgetSpent: share.describe("Budgets of one window that the whole series spent."),
  unnoticedShare: share.optional().describe("Share of bad events while no alert fired."),
  diagnostics,
});

const MeasurementSchema = z.strictObject({
  coveredSeconds: seconds.describe("Time that the series covers, at most the window."),
  totalEvents: share.describe("Events in it."),
  badEvents: share.describe("Bad ones among them."),
  spent: FigureSchema.describe("Share of the budget that is spent."),
  burnRates: z
    .array(z.strictObject({ window: z.string().describe("Window."), rate: share.describe("Burn rate.") }))
    .describe("Burn rates at the end of the series."),
  exhaustedInSeconds: seconds.optional().describe("At the rate of the last day; absent when the budget lasts."),
  worstIncidentShare: share.optional().describe("Share of the budget that the costliest incident took."),
});

const ForecastSchema = z.strictObject({
  journey: z.string().describe("Journey that is expected to spend most."),
  expectedSpend: FigureSchema.describe("Share of the budget that modelled outages take on average."),
  exhaustionProbability: FigureSchema.describe("Of spending all of it in one window."),
  safeRemainder: FigureSchema.describe("Minutes left at the end of a window with 90 % probability."),
});

const BudgetSchema = z.strictObject({
  apiVersion,
  kind: z.literal("SloBudget").describe("What this is."),
  currency: z.string().describe("Currency of savings."),
  budgets: z
    .array(
      z.strictObject({
        slo: z.string().describe("Name of the SLO."),
        service: z.string().describe("Application or journey."),
        objective: z.string().describe("Share that must be good."),
        window: z.string().describe("Window of the SLO."),
        method,
        budget: FigureSchema.describe("Minutes of full outage that the budget is worth."),
        measured: MeasurementSchema.optional().describe("What a series says."),
        forecast: ForecastSchema.optional().describe("What the fault tree says."),
        policy: z
          .array(
            z.strictObject({
              when: z.string().describe("Condition."),
              action: z.string().describe("What is to be done then."),
              holds: z.union([z.boolean(), z.literal("notEvaluable")]).describe("Whether it holds now."),
            }),
          )
          .describe("The error budget policy."),
        overDelivery: z
          .array(
            z.strictObject({
              kind: z.enum(["drill", "fasterRollout", "cheaper", "stricterObjective"]).describe("What is proposed."),
              text: z.string().describe("The proposal in one sentence."),
              spendMinutes: share.describe("Minutes of full outage that it may take in a window."),
              availability: share.optional().describe("Availability with it."),
              monthlySaving: share.optional().describe("Money saved a month."),
            }),
          )
          .describe("What budget left is good for; empty where too little is safely left."),
      }),
    )
    .describe("Budgets, in the order of the SLOs."),
  assumptions,
  diagnostics,
});

const ProposalsSchema = z.strictObject({
  apiVersion,
  kind: z.literal("SloProposals").describe("What this is."),
  indicators: z
    .array(
      z.strictObject({
        kind: z.enum(["requests", "latency", "queue", "saturation"]).describe("What it watches."),
        name: z.string().describe("Name of the SLO document."),
        service: z.string().describe("Application or journey."),
        description: z.string().describe("What is good."),
        evidence: z.string().describe("What in the estate it follows from."),
        convention: z.string().describe("Whose names the metrics have."),
        targetPercent: z.string().describe("Percentage that must be good."),
        isTargetDeclared: z.boolean().describe("False: a round figure to start from."),
        metric: z
          .discriminatedUnion("kind", [
            z.strictObject({
              kind: z.literal("ratio").describe("Events by events."),
              part: z.enum(["good", "bad"]).describe("What the part counts."),
              partQuery: z.string().describe("PromQL of the part."),
              totalQuery: z.string().describe("PromQL of all."),
            }),
            z.strictObject({
              kind: z.literal("threshold").describe("A metric compared with a value."),
              query: z.string().describe("PromQL."),
              operator: z.literal("lte").describe("Good is at most the value."),
              value: z.number().describe("The value."),
            }),
          ])
          .describe("How it is measured."),
      }),
    )
    .describe("SLIs, by name."),
  keyFigures: z
    .array(
      z.strictObject({
        name: z.string().describe("Name of the KPI."),
        service: z.string().describe("Application."),
        description: z.string().describe("What it says."),
        numerator: z.string().describe("What is divided."),
        denominator: z.string().describe("What it is divided by."),
      }),
    )
    .describe("Figures without objective."),
  assumptions,
});

/** Each schema describes exactly what its report holds. */
export const sloSchemaMatches: readonly [
  rules: Matches<typeof RulesSchema, SloRulesReport>,
  simulation: Matches<typeof SimulationSchema, SloSimulation>,
  proposals: Matches<typeof ProposalsSchema, SloProposals>,
  budget: Matches<typeof BudgetSchema, SloBudgetReport>,
] = [true, true, true, true];

/** JSON Schema (draft-07) of `scantling slo rules -o json`. */
export function sloRulesJsonSchema(): JsonSchema {
  return { title: "Scantling SloRules", ...z.toJSONSchema(RulesSchema, { target: "draft-7" }) };
}

/** JSON Schema (draft-07) of `scantling slo simulate -o json`. */
export function sloSimulationJsonSchema(): JsonSchema {
  return { title: "Scantling SloSimulation", ...z.toJSONSchema(SimulationSchema, { target: "draft-7" }) };
}

/** JSON Schema (draft-07) of `scantling slo budget -o json`. */
export function sloBudgetJsonSchema(): JsonSchema {
  return { title: "Scantling SloBudget", ...z.toJSONSchema(BudgetSchema, { target: "draft-7" }) };
}

/** JSON Schema (draft-07) of `scantling slo propose -o json`. */
export function sloProposalsJsonSchema(): JsonSchema {
  return { title: "Scantling SloProposals", ...z.toJSONSchema(ProposalsSchema, { target: "draft-7" }) };
}
