import type { JourneyAvailability } from "../../../src/availability/availability-report.ts";
import { likelyValue } from "../../../src/estate/figures/figure.ts";
import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import { workloadIdParts } from "./workload-id.ts";

/**
 * Order of journeys: the last environment of promotion first, since what fails in development hurts nobody; in each the
 * longest downtime first, what is not evaluable last.
 */
export function journeysWorstFirst(
  assessment: Assessment,
  journeys: readonly JourneyAvailability[] = assessment.availability.journeys,
): readonly JourneyAvailability[] {
  const rank = (journey: JourneyAvailability) => environmentRank(assessment, journey.environment);
  return journeys.toSorted(
    (a, b) => rank(b) - rank(a) || downtime(b) - downtime(a) || (a.journey < b.journey ? -1 : 1),
  );
}

/** Place of an environment in the order of promotion; production is highest. */
function environmentRank(assessment: Assessment, environment: string | undefined): number {
  return environment === undefined ? -1 : assessment.estate.environments.indexOf(environment);
}

/** Rank of the environment that a workload runs in. */
export function workloadRank(assessment: Assessment, workload: string): number {
  return environmentRank(assessment, workloadIdParts(workload)?.environment);
}

function downtime(journey: JourneyAvailability): number {
  return likelyValue(journey.unavailability) ?? -1;
}
