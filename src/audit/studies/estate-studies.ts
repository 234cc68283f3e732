import type { UsageProfile } from "../../finops/right-sizing/requests/usage-profile.ts";
import type { DowntimeStudy } from "./downtime-study.ts";
import type { MoneyStudy } from "./money-study.ts";

/** Measured usage, workload by workload. */
export interface UsageStudy {
  /** Name of the file or server that it is from. */
  readonly source: string;
  /** By workload id. */
  readonly profiles: ReadonlyMap<string, UsageProfile>;
}

/**
 * What engines know of the money and the time of an estate, for rules that need prices, usage or objectives and for what
 * findings cost. Nothing of it is worked out before a rule asks, and then once.
 */
export interface EstateStudies {
  readonly money: MoneyStudy;
  readonly downtime: DowntimeStudy;
  /** Undefined where no usage was given. */
  readonly usage: UsageStudy | undefined;
}
