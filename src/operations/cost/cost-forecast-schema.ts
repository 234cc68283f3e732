import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { modelNames } from "../../finops/forecast/models/series-model.ts";
import { AssumptionSchema, DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import { FigureSchema, type Matches } from "../schemas/figure-schema.ts";
import type { CostForecast } from "./cost-forecast-report.ts";

const count = z.int().nonnegative();
const day = z.string().describe("Day, YYYY-MM-DD.");
const month = z.string().describe("Month, YYYY-MM.");
const step = z.enum(["day", "month"]).describe("Length of a period.");

const ForecastMonthSchema = z.strictObject({
  month,
  actual: z.number().describe("Of it, what the history already holds."),
  likely: z.number().describe("Expected cost of the month."),
  low: z.number().describe("Lower end."),
  high: z.number().describe("Upper end."),
  fromSteps: z.number().describe("Of it, what known steps add to the past."),
  figure: FigureSchema.describe("The cost with its reasons."),
});

const MethodSchema = z.strictObject({
  model: z.enum(modelNames).describe("Model that did best on the past."),
  parameters: z.string().describe("Its fitted parameters."),
  season: count.describe("Length of the season in periods; 1: none."),
  yearlySeason: z.boolean().describe("True when months of the year are told apart."),
  backtest: z
    .array(
      z.strictObject({
        model: z.enum(modelNames).describe("Model."),
        meanAbsoluteError: z.number().describe("Mean absolute error of a period."),
        relativeError: z.number().describe("The same as a share of the mean cost."),
        calibration: z.number().describe("How much larger its errors were than its own deviation says."),
      }),
    )
    .describe("Models that competed, best first; empty when the history was too short."),
  folds: count.describe("How many times the past was forecast."),
  horizon: count.describe("How many periods ahead."),
  calibration: z.number().describe("Factor on the deviations of the model."),
});

const CrossingSchema = z.strictObject({
  month,
  probability: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe("That the month costs more than the budget; absent where only low and high are known."),
});

const BudgetSchema = z.strictObject({
  monthly: z.number().describe("Budget of a month."),
  months: z.array(CrossingSchema).describe("Each month held against it."),
  crossing: CrossingSchema.optional().describe("First month that is more likely than not to pass it."),
  warning: CrossingSchema.optional().describe("Earlier month that passes it with at least 10 %."),
  passedBefore: z.array(z.string()).describe("Months of the history that passed it."),
});

const BearerSchema = z.strictObject({
  name: z.string().describe("Tenant, platform for what no tenant bears, or total."),
  declared: z.boolean().describe("False for names of the history that the estate does not declare."),
  past: z
    .array(z.strictObject({ month, cost: z.number().describe("Cost.") }))
    .describe("Months of the history that are over."),
  months: z.array(ForecastMonthSchema).describe("The forecast; empty when it is not evaluable."),
  method: MethodSchema.exactOptional().describe("How it was fitted; absent without a history."),
  budget: BudgetSchema.exactOptional().describe("Its budget, where one is declared."),
});

const AnomalySchema = z.strictObject({
  bearer: z.string().describe("Whose cost."),
  kind: z.enum(["above", "below", "shift"]).describe("Periods above or below what was expected, or a lasting step."),
  from: day,
  to: day,
  actual: z.number().describe("Cost of the periods; of a shift, of one period after it."),
  expected: z.number().describe("Expected cost of them; of a shift, of one period before it."),
  score: z.number().exactOptional().describe("Robust standard deviations away."),
  changes: z
    .array(
      z.strictObject({ item: z.string().describe("Thing."), difference: z.number().describe("Money more or less.") }),
    )
    .describe("What changed, the largest first."),
  coincidesWith: z.array(z.string()).describe("Declared events that cover it."),
});

const StepSchema = z.strictObject({
  kind: z.enum(["commitmentEnds", "priceChange", "event"]).describe("Kind of the change."),
  date: z.string().describe("First day."),
  until: z.string().exactOptional().describe("First day on which it holds no more."),
  label: z.string().describe("The change for people."),
  monthly: z.number().exactOptional().describe("Money for 730 hours over all bearers."),
  factor: z.number().exactOptional().describe("Factor on the cost."),
  byBearer: z.record(z.string(), z.number()).describe("Money for 730 hours by bearer."),
});

const UnitCostSchema = z.strictObject({
  application: z.string().describe("Application that the demand comes to."),
  tenant: z.string().describe("Its tenant."),
  environment: z.string().describe("Environment that the demand comes to."),
  profile: z.string().describe("LoadProfile."),
  unit: z.string().describe("Unit, singular."),
  per: z.union([z.literal(1), z.literal(1000), z.literal(1_000_000)]).describe("How many units the costs are for."),
  ofApplication: FigureSchema.describe("By the cost of the application."),
  ofTenant: FigureSchema.describe("By the cost of the tenant."),
  fullyLoaded: FigureSchema.describe("With the tenant's part of platform, idle and fees."),
  months: z
    .array(
      z.strictObject({
        month,
        units: z.number().describe("Units of the month."),
        cost: z.number().describe("Cost of the tenant."),
        unitCost: z.number().optional().describe("Cost of that many; absent in a month without a unit."),
      }),
    )
    .describe("By the tenant's cost, month by month."),
  trend: z.number().exactOptional().describe("Change from the first three to the last three months, as a share."),
});

/** The answer of `scantling cost forecast`. */
const CostForecastSchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1").describe("Version of the report's format."),
    kind: z.literal("CostForecast").describe("Kind of the report."),
    estate: z.string().describe("Name of the estate."),
    currency: z.string().describe("Currency of all money."),
    today: day,
    basis: z.enum(["history", "declared"]).describe("What the forecast goes on from."),
    history: z
      .strictObject({
        source: z.string().describe("File."),
        format: z.enum(["focus", "azureExport", "plain"]).describe("How it is written."),
        step,
        from: day,
        to: day,
        periods: count.describe("Periods from first to last."),
      })
      .exactOptional()
      .describe("The history."),
    coverage: z.number().exactOptional().describe("Share of what comes that lies between low and high."),
    total: BearerSchema.describe("All bearers together."),
    bearers: z.array(BearerSchema).describe("By name."),
    partial: z.boolean().describe("True when something has no price or a bearer is not evaluable."),
    steps: z.array(StepSchema).describe("What is known to change, by date."),
    anomalies: z.array(AnomalySchema).describe("What stood out in the history, by date."),
    unitCosts: z.array(UnitCostSchema).describe("What a unit of each declared demand costs."),
    assumptions: z.array(AssumptionSchema).describe("Every gap that was filled."),
    diagnostics: z.array(DiagnosticSchema).describe("Problems of the history."),
  })
  .meta({ id: "CostForecast" });

/** Does not compile when the schema and its type differ in a field. */
export const costForecastSchemaMatches: Matches<typeof CostForecastSchema, CostForecast> = true;

/** JSON Schema of the report (draft-07). */
export function costForecastJsonSchema(): JsonSchema {
  return { title: "Scantling CostForecast", ...z.toJSONSchema(CostForecastSchema, { target: "draft-7" }) };
}
