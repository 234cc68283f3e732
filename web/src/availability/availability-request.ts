import type { Availability } from "../../../src/operations/availability/availability.ts";
import type { AvailabilitySimulationReport } from "../../../src/operations/simulation/simulate-availability.ts";

/** What the availability view asks for; all but the depth takes seconds. */
export type AvailabilityRequest =
  /** Every journey with what follows from its figures. */
  | { readonly what: "depth" }
  /** What would help the journeys of an environment, priced. */
  | { readonly what: "changes"; readonly environment: string }
  /** Years of failures, one after another. */
  | { readonly what: "years"; readonly environment: string };

export interface AvailabilityAnswers {
  readonly depth: Availability;
  readonly changes: Availability;
  readonly years: AvailabilitySimulationReport;
}
