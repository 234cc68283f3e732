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

const DowntimePartsSchema = z.strictObject({
  unplanned: FigureSchema.describe("Downtime by failures and wrong changes by hand."),
  deployments: FigureSchema.describe("Downtime by bad deployments, weighted by the requests that meet them."),
  upgrades: FigureSchema.describe("Downtime by upgrades of node pools."),
  total: FigureSchema.describe("All parts together."),
});

const PlannedSchema = z.strictObject({
  normalWeight: z.number().describe("Share of time in which nothing is drained."),
  drains: z
    .array(
      z.strictObject({
        pool: z.string().describe("cluster/pool."),
        upgradesPerYear: FigureSchema.describe("Upgrades of every node a year."),
        weight: z.number().describe("Share of time that pods of the journey are on the move."),
        unavailabilityMeanwhile: z.number().describe("Probability that the journey is down meanwhile."),
        addedMinutesPerYear: FigureSchema.describe("Minutes that the drains add in a year."),
      }),
    )
    .describe("Pools whose drains touch the journey."),
  addedMinutesPerYear: FigureSchema.describe("Minutes that upgrades add in a year."),
  blocked: z
    .array(
      z.strictObject({
        pool: z.string().describe("cluster/pool."),
        workload: z.string().describe("Workload whose pods cannot be evicted."),
        budget: z.string().describe("Disruption budget that says so."),
        words: z.string().describe("The same in words."),
        place: PlaceSchema.optional().describe("Where the workload is written."),
      }),
    )
    .describe("Drains that a disruption budget never lets through."),
});

const objectiveMet = z.union([z.boolean(), z.literal("notEvaluable")]).optional();

const RecoverySchema = z.strictObject({
  scope: z.enum(["pod", "node", "zone", "region"]).describe("What fails."),
  rtoSeconds: FigureSchema.describe("Time out of service, the worst over single failures of the scope."),
  rtoSetBy: z.string().optional().describe("The failure that sets it."),
  rpoSeconds: FigureSchema.describe("Span of writes that may be lost, the worst over the stores."),
  rpoSetBy: z.string().optional().describe("The store that sets it."),
  rtoObjectiveSeconds: z.number().optional().describe("Time out of service that the application allows."),
  rtoMet: objectiveMet.describe("Whether that is met."),
  rpoObjectiveSeconds: z.number().optional().describe("Span of lost writes that the application allows."),
  rpoMet: objectiveMet.describe("Whether that is met."),
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
  parts: DowntimePartsSchema.optional().describe("Downtime a month by what causes it."),
  planned: PlannedSchema.optional().describe("What upgrades of node pools add."),
  recovery: z.array(RecoverySchema).optional().describe("Recovery time and loss of data by what fails."),
  worstCase: WorstCaseSchema.optional().describe("The journey with its replicas as badly placed as they may be."),
  singlePointsOfFailure: z.array(CutSetSchema).describe("Cut sets of one event, worst first."),
  cutSets: z.array(CutSetSchema).describe("Cut sets up to order 3, most probable first."),
  cutSetCounts: z.array(z.string()).describe("Number of minimal cut sets by order, from 1."),
  importance: z.array(EventImportanceSchema).describe("Events with their importance."),
  workloads: z.array(z.string()).describe("Workloads that the journey needs."),
});

const HealingSchema = z
  .strictObject({
    cluster: z.string().describe("Cluster."),
    region: z.string().describe("Its region."),
    unavailability: FigureSchema.describe("Share of time that it cannot reschedule, scale or deploy."),
    downtimeMinutesPerMonth: FigureSchema.describe("The same in minutes of an average month."),
    abilities: z
      .array(
        z.strictObject({
          ability: z.enum(["reschedule", "scale", "deploy"]).describe("What it cannot do."),
          unavailability: FigureSchema.describe("Share of time."),
          downtimeMinutesPerMonth: FigureSchema.describe("Minutes of an average month."),
        }),
      )
      .describe("Each ability by itself."),
    singlePointsOfFailure: z.array(CutSetSchema).describe("Cut sets of one event, worst first."),
    cutSetCounts: z.array(z.string()).describe("Number of minimal cut sets by order, from 1."),
    importance: z.array(EventImportanceSchema).describe("Events with their importance."),
    shortages: z
      .array(
        z.strictObject({
          pool: z.string().describe("cluster/pool."),
          resource: z.string().describe("cpu, memory or pods."),
          missing: FigureSchema.describe("What is missing after the loss of one node."),
          grows: z.boolean().describe("Whether the autoscaler may add a node."),
          words: z.string().describe("The shortage in words."),
          place: PlaceSchema.optional().describe("Where the pool is written."),
        }),
      )
      .describe("Pools without room for the pods of a lost node."),
  })
  .meta({ id: "ClusterHealing", description: "Whether a cluster can mend itself." });

/** Whether it stays up, journey by journey. */
export const AvailabilityReportSchema = z.strictObject({
  journeys: z.array(JourneySchema).describe("Journeys."),
  clusters: z.array(HealingSchema).optional().describe("Whether each cluster can mend itself."),
  assumptions: z.array(AssumptionSchema).describe("Assumptions of the failure model."),
});
