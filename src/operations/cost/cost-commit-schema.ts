import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { CostReportSchema } from "../assessment/cost-report-schema.ts";
import { AssumptionSchema, DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import { FigureSchema, type Matches } from "../schemas/figure-schema.ts";
import type { CostCommitments } from "./cost-commit-report.ts";

const termYears = z.union([z.literal(1), z.literal(3)]).describe("Years of the term.");
const share = (text: string) => z.number().min(0).max(1).describe(text);
const names = z.array(z.string());

const BillPartsSchema = z.strictObject({
  payAsYouGo: z.number().describe("Pay as you go."),
  spot: z.number().describe("Pools that the mix turns to spot."),
  ownedCommitments: z.number().describe("What is owned, used or not."),
  purchases: z.number().describe("What is bought, used or not."),
  total: z.number().describe("Sum of the four."),
  unused: z.number().describe("Of the commitments, what nothing uses."),
  coverage: share("Share of the nodes' pay-as-you-go value that commitments cover."),
});

const PurchaseSchema = z.strictObject({
  id: z.string().describe("Id of the purchase and of its figure."),
  kind: z.enum(["reservation", "savingsPlan"]).describe("What is bought."),
  label: z.string().describe("The purchase for people."),
  termYears,
  region: z.string().optional().describe("Region of a reservation."),
  group: z.string().optional().describe("Size-flexibility group of a reservation."),
  vmSize: z.string().optional().describe("Size that is reserved; it covers the others of its group by ratio."),
  instances: z.int().positive().optional().describe("Instances of a reservation."),
  unitPrice: z.number().describe("Price of an instance and hour, or money of a plan in an hour."),
  priceVerified: z.boolean().describe("False: derived, recalled or of other regions."),
  afterYears: z.int().nonnegative().describe("0: now; otherwise so many years from now."),
  monthly: FigureSchema.describe("Cost of a month."),
  saves: FigureSchema.describe("Against pay as you go for what it covers, a month."),
  unused: z.number().describe("Paid for nothing, a month."),
  utilisation: share("Used share of its cost."),
  termTotal: z.number().describe("All that is committed over the term."),
  breakEvenUtilisation: z.number().optional().describe("Share that must be used to cost no more than pay as you go."),
  breakEvenHoursPerDay: z.number().optional().describe("The same in hours a day."),
  priceMayRisePercent: z.number().optional().describe("Percent its price may rise before less of it is better."),
  priceMayFallPercent: z
    .number()
    .optional()
    .describe("Percent its price must fall before more of it is better; absent where more has no use."),
  lockedUntil: z.string().describe("Last day of the term, when bought today."),
});

const WaySchema = z.strictObject({
  way: z.enum(["asNow", "payAsYouGo", "reservations", "savingsPlan", "best"]).describe("How it is paid."),
  termYears: termYears.optional(),
  label: z.string().describe("The way for people."),
  monthly: z.number().describe("Bill of the nodes a month."),
  difference: z.number().describe("Against now; negative is cheaper."),
  unused: z.number().describe("Paid for nothing, a month."),
  coverage: share("Share of the nodes' pay-as-you-go value that commitments cover."),
});

const CurveSchema = z.strictObject({
  region: z.string().describe("Region."),
  group: z.string().describe("Size-flexibility group."),
  vmSizes: names.describe("Sizes of the group that the estate runs."),
  steps: z
    .array(
      z.strictObject({
        units: z.number().describe("Level of demand; the step reaches here from the level before."),
        hoursPerDay: z.number().describe("Hours a day in which demand is at least that."),
      }),
    )
    .describe("Load-duration curve, from the level always there up."),
  meanUnits: z.number().describe("Units used on average."),
  peakUnits: z.number().describe("Units of the busiest hour."),
  ownedUnits: z.number().describe("Units reserved already."),
  boughtUnits: z.number().describe("Units that the mix reserves now."),
  breakEvens: z
    .array(z.strictObject({ termYears, hoursPerDay: z.number().describe("Hours a day that break even.") }))
    .describe("From how many hours a day on a reserved unit pays."),
  unitsByQuantile: z
    .array(z.strictObject({ termYears, units: z.number().describe("Units.") }))
    .describe("Units to reserve when nothing else is owned or on offer."),
});

const BreakEvenSchema = z.strictObject({
  region: z.string().describe("Region."),
  vmSize: z.string().describe("VM size."),
  kind: z.enum(["reservation", "savingsPlan"]).describe("Kind of commitment."),
  termYears,
  payAsYouGo: z.number().describe("Price of a node and hour, after the negotiated discount."),
  committed: z.number().describe("The same committed, amortised over the term."),
  hoursPerDay: z.number().describe("24 × committed ÷ pay as you go."),
  verified: z.boolean().describe("False: derived, recalled or of other regions."),
  note: z.string().optional().describe("What to know about the price."),
});

const CostCommitmentsSchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1").describe("Version of the report's format."),
    kind: z.literal("CostCommitments").describe("Kind of the report."),
    estate: z.string().describe("Name of the estate."),
    currency: z.string().describe("Currency of all money."),
    pricesAsOf: z.string().describe("Date of the prices."),
    demand: z
      .strictObject({
        source: z.enum(["declared", "simulated", "measured"]).describe("Where the hours come from."),
        description: z.string().describe("The hours for people."),
        months: z.int().positive().describe("Months that the mix is chosen for."),
        growthPercentPerMonth: z.number().describe("Growth of the number of nodes."),
        stopped: names.describe("Clusters that stop outside the hours of their environments."),
      })
      .describe("The hours that commitments are chosen for."),
    now: FigureSchema.describe("Bill of the nodes with what is owned, a month."),
    best: FigureSchema.describe("Bill of the nodes with the purchases, a month."),
    saving: FigureSchema.describe("The difference."),
    leastPossible: z.number().describe("No mix of the same offers costs less, a month."),
    parts: z
      .strictObject({
        now: BillPartsSchema.describe("What the bill of now is made of."),
        best: BillPartsSchema.describe("What the bill of the best mix is made of."),
      })
      .describe("Parts of both bills, a month."),
    purchases: z.array(PurchaseSchema).describe("What to buy now."),
    later: z.array(PurchaseSchema).describe("What the mix buys in years to come."),
    owned: z
      .array(
        z.strictObject({
          id: z.string().describe("Id."),
          kind: z.enum(["reservation", "savingsPlan"]).describe("Kind of commitment."),
          termYears,
          label: z.string().describe("The commitment for people."),
          until: z.string().optional().describe("Last day."),
          monthly: z.number().describe("Cost of a month."),
          unused: z.number().describe("Of it unused, a month."),
          utilisation: share("Used share of its cost."),
          advice: z.string().optional().describe("What to do with what lies unused."),
        }),
      )
      .describe("What is owned already, used as it is now."),
    ways: z.array(WaySchema).describe("The same hours paid in other ways."),
    curves: z.array(CurveSchema).describe("Load-duration curves by group and region."),
    ruleOfThumbHoursPerDay: z.number().describe("The common rule of thumb, for comparison."),
    breakEvens: z.array(BreakEvenSchema).describe("Break-even hours a day by size, region and term."),
    risk: z
      .strictObject({
        mostFallPercent: z.number().describe("Falls of demand up to this are played."),
        breakEvenFallPercent: z
          .number()
          .optional()
          .describe("Smallest fall at which buying nothing had been cheaper; absent when none is."),
        chanceOfLoss: share("Chance of such a fall, all falls equally likely."),
        expectedUnused: z.number().describe("Paid for nothing, a month, averaged over the falls."),
        expectedSaving: z.number().describe("Against buying nothing, a month, averaged over the falls."),
        falls: z
          .array(
            z.strictObject({
              fallPercent: z.number().describe("Fall of the number of nodes."),
              withPurchases: z.number().describe("Bill of the nodes with the mix, a month."),
              without: z.number().describe("Bill of the nodes without the purchases, a month."),
              unused: z.number().describe("Paid for nothing, a month."),
            }),
          )
          .describe("The bill by fall."),
      })
      .describe("Risk of not using what is bought."),
    spot: z
      .array(
        z.strictObject({
          pool: z.string().describe("Cluster and pool."),
          vmSize: z.string().describe("VM size."),
          spot: z.number().optional().describe("Spot price of a node and hour."),
          payAsYouGo: z.number().optional().describe("Price of a node and hour."),
          chosen: z.boolean().describe("Whether the mix turns it to spot."),
          reason: z.string().optional().describe("Why not."),
        }),
      )
      .describe("Pools that are not spot, and whether they could be."),
    tenants: z
      .array(
        z.strictObject({
          part: z
            .enum(["tenant", "sharedPlatform", "systemOverhead", "idle", "nobody"])
            .describe("Part of the bill; nobody: unused by anybody's nodes."),
          tenant: z.string().optional().describe("Name of the tenant."),
          list: z.number().describe("Its nodes at pay as you go, a month."),
          cost: z.number().describe("What they cost with the mix, without the unused part."),
          unused: z.number().describe("Its share of what is unused."),
          coverage: share("Share of its nodes that commitments cover."),
        }),
      )
      .describe("Coverage and waste by tenant, with the mix."),
    partial: z.boolean().describe("True when something that would be a choice has no price."),
    unpriced: CostReportSchema.shape.unpriced,
    assumptions: z.array(AssumptionSchema).describe("Assumptions of the choice."),
    diagnostics: z.array(DiagnosticSchema).describe("Problems of the measured or simulated hours."),
  })
  .meta({ id: "CostCommitments" });

/** Does not compile when the schema and its type differ in a field. */
export const costCommitmentsSchemaMatches: Matches<typeof CostCommitmentsSchema, CostCommitments> = true;

/** JSON Schema of the report of `scantling cost commit` (draft-07). */
export function costCommitmentsJsonSchema(): JsonSchema {
  return { title: "Scantling CostCommitments", ...z.toJSONSchema(CostCommitmentsSchema, { target: "draft-7" }) };
}
