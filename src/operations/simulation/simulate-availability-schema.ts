import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { AssumptionSchema, DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import type { Matches } from "../schemas/figure-schema.ts";
import type { AvailabilitySimulationReport } from "./simulate-availability.ts";

const count = z.int().nonnegative();
const amount = z.number().nonnegative();

const interval = (what: string) =>
  z
    .strictObject({
      mean: amount.describe("Best estimate."),
      lower: amount.describe("Lower end of the 95 % interval."),
      upper: amount.describe("Upper end of the 95 % interval."),
    })
    .describe(what);

const PartSchema = z.strictObject({
  part: z
    .enum(["hard", "recovery", "room", "controlPlane", "switch"])
    .describe(
      "hard: failures that no recovery shortens; recovery: pods on their way to another node; room: pods that wait for a new node or for what was lost; controlPlane: pods that nobody schedules; switch: the other region takes over.",
    ),
  minutesPerYear: amount.describe("Downtime in minutes a year."),
  share: amount.describe("Share of the journey's downtime."),
});

const CauseSchema = z.strictObject({
  event: z.string().describe("Basic event of the fault tree."),
  label: z.string().describe("What fails."),
  category: z.string().describe("Category of the event, such as zone or deploy."),
  outagesPerYear: amount.describe("Outages a year that it began."),
  minutesPerYear: amount.describe("Their minutes a year."),
  share: amount.describe("Share of the sampled downtime."),
});

const YearlySchema = z.strictObject({
  p50: amount.describe("Half of the years have no more."),
  p90: amount.describe("Nine of ten years have no more."),
  p95: amount.describe("19 of 20 years have no more."),
  p99: amount.describe("99 of 100 years have no more."),
  worst: amount.describe("The worst year."),
  withoutAny: amount.describe("Share of years without downtime."),
});

const OutagesSchema = z.strictObject({
  perYear: amount.describe("Outages a year."),
  meanMinutes: amount.describe("Mean length."),
  p50Minutes: amount.describe("Half of them are no longer."),
  p95Minutes: amount.describe("19 of 20 are no longer."),
  p99Minutes: amount.describe("99 of 100 are no longer."),
  longestMinutes: amount.describe("The longest."),
});

const JourneySchema = z.strictObject({
  journey: z.string().describe("environment/application/journey."),
  missing: z.array(z.string()).describe("What is not known; the figures are then of the known part."),
  unavailability: interval("Share of time down."),
  downtimeMinutesPerYear: interval(
    "Downtime a year: the part that the fault tree solves exactly, plus what is sampled.",
  ),
  sampledMinutesPerYear: interval("Downtime a year with everything sampled."),
  exactMinutesPerYear: amount
    .exactOptional()
    .describe("Downtime a year by the fault tree; absent where it has bounds only or something is missing."),
  agreement: z.enum(["agrees", "lower", "higher", "notComparable"]).describe("The simulation against the fault tree."),
  differences: z.array(z.string()).describe("Why they differ."),
  check: z
    .strictObject({
      sampledMinutesPerYear: amount.describe("Downtime by failures that no recovery shortens, sampled."),
      exactMinutesPerYear: amount.describe("The same, exact."),
      standardErrors: z.number().describe("Their distance in standard errors: beyond 4 something is wrong."),
    })
    .describe("The simulation checked on what both must have alike."),
  parts: z.array(PartSchema).describe("What the downtime is made of."),
  yearly: YearlySchema.describe("Minutes of downtime in single years."),
  outages: OutagesSchema.describe("Outages and their lengths."),
  odds: z
    .strictObject({
      objective: z.string().describe("As written."),
      allowedMinutesPerYear: amount.describe("Minutes that it allows in a year."),
      broken: interval("Probability that a year has more."),
    })
    .exactOptional()
    .describe("The objective against single years."),
  causes: z.array(CauseSchema).describe("What began outages, most downtime first, at most 10."),
});

/** The answer of `scantling simulate availability`. */
export const AvailabilitySimulationSchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1").describe("Version of the report's format."),
    kind: z.literal("AvailabilitySimulation").describe("Kind of the report."),
    seed: count.describe("Seed of the random numbers: the same one gives the same report."),
    yearsAsked: count.describe("Years that were asked for."),
    years: count.describe("Years in the figures."),
    precision: amount.exactOptional().describe("Half interval, as a share of the downtime, at which it may stop."),
    stoppedBy: z.enum(["years", "precision", "events"]).describe("What ended it."),
    repair: z.enum(["exponential", "lognormal"]).describe("How outages vary in length."),
    events: count.describe("Events of the clock."),
    replays: count.describe("Different losses of nodes and zones that were scheduled anew."),
    journeys: z.array(JourneySchema).describe("In the order of the estate."),
    assumptions: z.array(AssumptionSchema).describe("Assumptions that it stands on."),
    diagnostics: z.array(DiagnosticSchema).describe("Every problem of the input."),
  })
  .meta({ id: "AvailabilitySimulation" });

/** The schema describes exactly what the operation returns. */
export const availabilitySimulationMatches: Matches<
  typeof JourneySchema,
  AvailabilitySimulationReport["journeys"][number]
> = true;

/** JSON Schema of the report (draft-07). */
export function availabilitySimulationJsonSchema(): JsonSchema {
  return {
    title: "Scantling AvailabilitySimulation",
    ...z.toJSONSchema(AvailabilitySimulationSchema, { target: "draft-7" }),
  };
}
