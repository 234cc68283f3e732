import * as z from "zod";
import { AssumptionSchema } from "../schemas/diagnostic-schema.ts";
import { FigureSchema, PlaceSchema } from "../schemas/figure-schema.ts";

const CutSetSchema = z
  .strictObject({
    events: z.array(z.string()).describe("Basic events that together take the journey down."),
    unavailability: z.number().describe("Product of their unavailabilities."),
    words: z.string().describe("The same in words."),
  })
  .meta({ id: "CutSet", description: "A minimal set of events that together take a journey down." });

const EventImportanceSchema = z.strictObject({
  event: z.string().describe("Basic event."),
  label: z.string().describe("The event for people."),
  category: z.string().describe("Sort of event, such as zone or node."),
  unavailability: z.number().describe("Share of time that it holds."),
  birnbaum: z.number().describe("Derivative of the journey's unavailability by the event's."),
  share: z.number().describe("Share of the journey's unavailability that goes if the event never happens."),
  place: PlaceSchema.optional().describe("Where it is written."),
});

const WorstCaseSchema = z.strictObject({
  unavailability: FigureSchema.describe("Share of time down."),
  downtimeMinutesPerMonth: FigureSchema.describe("Minutes down in an average month."),
  workloads: z.array(z.string()).describe("Workloads that nothing keeps apart."),
  words: z.string().describe("What the missing constraints may cost."),
});

const JourneySchema = z.strictObject({
  journey: z.string().describe("environment/application/journey."),
  label: z.string().describe("The journey for people."),
  application: z.string().describe("Application."),
  environment: z.string().describe("Environment."),
  unavailability: FigureSchema.describe("Share of time down."),
  downtimeMinutesPerMonth: FigureSchema.describe("Minutes down in an average month."),
  nines: z.number().optional().describe("-log10 of the unavailability."),
  objective: z.string().optional().describe("Objective, such as 99.95%."),
  objectiveMet: z
    .union([z.boolean(), z.literal("notEvaluable")])
    .optional()
    .describe("Whether the objective is met."),
  downtimeCostMonthly: z.number().optional().describe("Cost of downtime a month."),
  outagesPerYear: z.number().optional().describe("Expected outages a year."),
  meanOutageMinutes: z.number().optional().describe("Mean length of an outage in minutes."),
  withoutCommonCause: FigureSchema.optional().describe("Share of time down if no cause were common to all replicas."),
  atLeast: FigureSchema.optional().describe("Downtime of the known part, where the whole is not evaluable."),
  worstCase: WorstCaseSchema.optional().describe("The journey with its replicas as crowded as they may be."),
  singlePointsOfFailure: z.array(CutSetSchema).describe("Cut sets of one event, worst first."),
  cutSets: z.array(CutSetSchema).describe("Cut sets up to order 3, most probable first."),
  cutSetCounts: z.array(z.string()).describe("Number of minimal cut sets by order, from 1."),
  importance: z.array(EventImportanceSchema).describe("Events with their importance."),
  workloads: z.array(z.string()).describe("Workloads that the journey needs."),
});

/** Whether it stays up, journey by journey. */
export const AvailabilityReportSchema = z.strictObject({
  journeys: z.array(JourneySchema).describe("Journeys."),
  assumptions: z.array(AssumptionSchema).describe("Assumptions of the failure model."),
});
