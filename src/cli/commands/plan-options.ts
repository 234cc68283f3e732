import type { ReportFormat } from "./output.ts";
import type { PricesOption } from "./price-catalog.ts";

/** What `scantling plan` is told. */
export interface PlanCommandOptions extends PricesOption {
  readonly output: ReportFormat;
  readonly outputFile?: string;
  /** `YYYY-MM-DD`; today when absent. */
  readonly today?: string;
  readonly maxClusters?: number;
  readonly budget?: number;
  readonly alternatives: boolean;
  /** However many there are. */
  readonly allSteps: boolean;
  readonly write: boolean;
  readonly dryRun: boolean;
}
