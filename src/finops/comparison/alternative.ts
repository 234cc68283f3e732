import type { Estate } from "../../estate/model/estate.ts";

/** Another way to run or pay for the same estate. */
export interface Alternative {
  readonly kind: "declared" | "payAsYouGo" | "reservations" | "savingsPlan" | "spot" | "region" | "vmFamily";
  readonly label: string;
  readonly estate: Estate;
  /** What changes besides the bill; sentences. */
  readonly notes: readonly string[];
  /** Pods may go elsewhere than in the declared estate. */
  readonly moves: boolean;
}

/** Estate without any commitment. */
export function withoutCommitments(estate: Estate): Estate {
  return { ...estate, commercial: { ...estate.commercial, reservations: [], savingsPlans: [] } };
}
