import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { Figure } from "../../estate/figures/figure.ts";
import type { BudgetOutlook } from "../../finops/budgets/budget-outlook.ts";
import type { BacktestScore } from "../../finops/forecast/choose-model.ts";
import type { HistoryFormat } from "../../finops/forecast/history/history-columns.ts";
import type { KnownStep } from "../../finops/forecast/known-steps.ts";
import type { UnitCostMonth, UnitCount } from "../../finops/unit-cost/unit-cost.ts";

/** What one month is expected to cost one bearer. */
export interface ForecastMonth {
  readonly month: string;
  /** Of it, what the history already holds. */
  readonly actual: number;
  readonly likely: number;
  readonly low: number;
  readonly high: number;
  /** Of it, what known steps add to the past. */
  readonly fromSteps: number;
  readonly figure: Figure;
}

/** Why the forecast is as it is. */
export interface ForecastMethod {
  readonly model: BacktestScore["model"];
  readonly parameters: string;
  /** Length of the season in periods; 1: none. */
  readonly season: number;
  readonly yearlySeason: boolean;
  /** Models that competed, best first; empty when the history was too short for a test. */
  readonly backtest: readonly BacktestScore[];
  readonly folds: number;
  readonly horizon: number;
  /** Deviations of the model were multiplied by this, so that intervals hold as often as they say. */
  readonly calibration: number;
}

export interface BearerForecast {
  /** A tenant, `platform` for what no tenant bears, or `total`. */
  readonly name: string;
  /** False for names of the history that the estate does not declare. */
  readonly declared: boolean;
  /** Months of the history that are over. */
  readonly past: readonly { readonly month: string; readonly cost: number }[];
  /** Empty when it is not evaluable. */
  readonly months: readonly ForecastMonth[];
  /** Absent when the forecast is from what is declared. */
  readonly method?: ForecastMethod;
  readonly budget?: BudgetOutlook;
}

/** A period of the history, or a day from which on costs are others. */
export interface CostAnomaly {
  readonly bearer: string;
  readonly kind: "above" | "below" | "shift";
  readonly from: string;
  readonly to: string;
  /** Of the periods together; of a shift, for one period before and after. */
  readonly actual: number;
  readonly expected: number;
  /** Robust standard deviations; absent for a shift. */
  readonly score?: number;
  /** Things whose costs differ, the largest first; empty where the history names none. */
  readonly changes: readonly { readonly item: string; readonly difference: number }[];
  /** Declared events that cover it. */
  readonly coincidesWith: readonly string[];
}

export interface ForecastStep {
  readonly kind: KnownStep["kind"];
  readonly date: string;
  readonly until?: string;
  readonly label: string;
  /** Money for a month of 730 hours, over all bearers; absent for a change by a factor. */
  readonly monthly?: number;
  readonly factor?: number;
  readonly byBearer: { readonly [bearer: string]: number };
}

/** What a unit of demand costs. */
export interface UnitCost {
  readonly application: string;
  readonly tenant: string;
  readonly environment: string;
  readonly profile: string;
  readonly unit: string;
  /** How many units the costs are for: 1, 1,000 or 1,000,000. */
  readonly per: UnitCount;
  /** By the cost of the application alone. */
  readonly ofApplication: Figure;
  /** By all that the tenant costs. */
  readonly ofTenant: Figure;
  /** By the whole bill share of the tenant: platform, idle and fees shared out by cost. */
  readonly fullyLoaded: Figure;
  /** By the tenant's cost, month by month. */
  readonly months: readonly UnitCostMonth[];
  /** Change over these months, as a share. */
  readonly trend?: number;
}

/** What an estate will cost. */
export interface CostForecast {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "CostForecast";
  readonly estate: string;
  readonly currency: string;
  readonly today: string;
  readonly basis: "history" | "declared";
  readonly history?: {
    readonly source: string;
    readonly format: HistoryFormat;
    readonly step: "day" | "month";
    readonly from: string;
    readonly to: string;
    readonly periods: number;
  };
  /** Share of the intervals from low to high; absent where these are the ends of what is declared. */
  readonly coverage?: number;
  readonly total: BearerForecast;
  readonly bearers: readonly BearerForecast[];
  /** Some bearer is not evaluable, or something has no price: the total is without it. */
  readonly partial: boolean;
  readonly steps: readonly ForecastStep[];
  readonly anomalies: readonly CostAnomaly[];
  readonly unitCosts: readonly UnitCost[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}
