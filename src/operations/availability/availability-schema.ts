import * as z from "zod";
import { changeKinds } from "../../availability/improvements/candidate.ts";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { AvailabilityReportSchema } from "../assessment/availability-report-schema.ts";
import { AssumptionSchema } from "../schemas/diagnostic-schema.ts";
import { FigureSchema, type Matches, PlaceSchema } from "../schemas/figure-schema.ts";
import type { Availability } from "./availability.ts";

const minutes = z.number();
const share = z.number().min(0).max(1);

const JourneyInDepthSchema = AvailabilityReportSchema.shape.journeys.element.extend({
  marginMinutesPerMonth: minutes
    .optional()
    .describe("Minutes of an average month that the objective leaves; negative: that it is missed by."),
  downtimeCost: FigureSchema.optional().describe("Cost of downtime in an average month, with its reasons."),
  minutesWithoutDeclared: minutes
    .optional()
    .describe("Minutes down a month by SLAs and assumptions alone, where what is declared changes them."),
  sensitivity: z
    .array(
      z.strictObject({
        event: z.string().describe("Basic event."),
        label: z.string().describe("The event for people."),
        never: minutes.describe("Minutes down a month if it never happened."),
        third: minutes.describe("Minutes down a month if it were a third as likely."),
        threefold: minutes.describe("Minutes down a month if it were three times as likely."),
      }),
    )
    .describe("How the journey's downtime moves with each event, exact; the most important event first."),
  dependencyChecks: z
    .array(
      z.strictObject({
        event: z.string().describe("Basic event."),
        label: z.string().describe("The dependency for people."),
        unavailability: share.describe("Share of time that it is down."),
        wanted: share.describe("A tenth of what the objective allows."),
        minutesPerMonth: minutes.describe("Minutes down a month that it accounts for."),
      }),
    )
    .optional()
    .describe("Dependencies with fewer nines than the objective and one more; absent without objective."),
});

const JourneyChangeSchema = z.strictObject({
  journey: z.string().describe("environment/application/journey."),
  label: z.string().describe("The journey for people."),
  before: share.describe("Share of time down as it is; of the known part where something is missing."),
  after: share.describe("Share of time down with the change."),
  minutesPerMonth: minutes.describe("Minutes a month by which it is down less; negative: more."),
  meetsObjective: z.boolean().optional().describe("Whether it then meets its objective."),
});

const change = {
  id: z.string().describe("Id of the change."),
  kind: z.enum(changeKinds).describe("Sort of change."),
  what: z.string().describe("What to change."),
  because: z.string().describe("Why it should make a difference."),
  place: PlaceSchema.optional().describe("Where it is written."),
  caveat: z.string().optional().describe("What the computation does not see."),
  journeys: z.array(JourneyChangeSchema).describe("Journeys that change."),
};

const ImprovementSchema = z.strictObject({
  ...change,
  minutesPerMonth: minutes.describe("Minutes a month by which all journeys together are down less."),
  crowdedMinutesPerMonth: minutes
    .optional()
    .describe("For constraints: the same if replicas lay as crowded as their constraints allow."),
  upgradeMinutesPerMonth: minutes
    .optional()
    .describe("For disruption budgets: minutes a month that upgrades of node pools take less."),
  monthlyValue: z.number().optional().describe("Downtime avoided at the declared cost of a minute."),
  extraMonthlyCost: FigureSchema.describe("What it adds to the bill of a month; negative: saves."),
  billChanges: z
    .array(
      z.strictObject({
        line: z.string().describe("Line of the bill."),
        before: z.number().describe("A month as it is."),
        after: z.number().describe("A month with the change."),
      }),
    )
    .describe("Lines of the bill that differ, the largest difference first."),
  operatorHoursMonthly: z.number().optional().describe("Hours of people's work a month; negative: saved."),
  valuePerUnitOfMoney: z.number().optional().describe("Money of downtime avoided for one unit of money."),
  minutesPerUnitOfMoney: minutes.optional().describe("Minutes of downtime avoided for one unit of money."),
});

const EconomySchema = z.strictObject({
  ...change,
  monthlySaving: z.number().describe("Saved on the bill of a month."),
  minutesPerMonth: minutes.describe("Minutes a month by which all journeys together are down more."),
  monthlyLoss: z.number().optional().describe("The added downtime at the declared cost of a minute."),
});

export const AvailabilitySchema = z.strictObject({
  apiVersion: z.literal("scantling/v1alpha1").describe("Version of this form."),
  kind: z.literal("Availability").describe("What this is."),
  estate: z.string().describe("Name of the estate."),
  currency: z.string().describe("Currency of all money."),
  changesFor: z.array(z.string()).describe("Environments whose journeys the changes are judged by."),
  journeys: z.array(JourneyInDepthSchema).describe("Journeys, the last environment first, the worst first."),
  clusters: AvailabilityReportSchema.shape.clusters,
  improvements: z
    .array(ImprovementSchema)
    .describe("What one unit of money buys: free changes first, then by what they return, then those without a price."),
  economies: z.array(EconomySchema).describe("Changes that cost less and keep every objective."),
  withoutResult: z
    .array(
      z.strictObject({
        what: z.string().describe("The change."),
        reason: z.string().describe("Why it has no result."),
      }),
    )
    .describe("Changes that were looked at and cannot be compared."),
  notTried: z.int().nonnegative().describe("Changes that were not computed, as others can gain more."),
  assumptions: z.array(AssumptionSchema).describe("Assumptions of the failure model and of the changes."),
});

/** Does not compile when schema and report differ. */
export const availabilityMatches: Matches<typeof AvailabilitySchema, Availability> = true;

/** JSON Schema (draft-07) of `scantling availability -o json`. */
export function availabilityJsonSchema(): JsonSchema {
  return { title: "Scantling Availability", ...z.toJSONSchema(AvailabilitySchema, { target: "draft-7" }) };
}
