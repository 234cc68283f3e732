import type { FindingSeverity } from "../../audit/finding.ts";
import type { JourneyAvailability } from "../../availability/availability-report.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import type { Answers } from "./answers.ts";
import type { Assessment } from "./assessment.ts";

/** The three big numbers: cost a month, worst journey, open findings by severity (exempted ones not counted). */
export function summarizeHeadline({ cost, availability, findings, environments }: Answers): Assessment["headline"] {
  const open = findings.filter((finding) => finding.exemptedBy === undefined);
  const failed = open.filter((finding) => finding.verdict === "fail");
  const count = (severity: FindingSeverity) => failed.filter((finding) => finding.severity === severity).length;
  return {
    monthlyCost: cost.monthly,
    worstJourney: worstJourney(availability.journeys, environments)?.downtimeMinutesPerMonth,
    findings: {
      critical: count("critical"),
      high: count("high"),
      medium: count("medium"),
      low: count("low"),
      info: count("info"),
      notEvaluable: open.length - failed.length,
    },
  };
}

/**
 * The evaluable journey that is down longest, in the last environment of promotion that has one: what fails in
 * development hurts nobody. The first by id among equals.
 */
export function worstJourney(
  journeys: readonly JourneyAvailability[],
  environments: readonly string[],
): JourneyAvailability | undefined {
  return journeys
    .filter((journey) => likelyValue(journey.unavailability) !== undefined)
    .toSorted(
      (left, right) =>
        environments.indexOf(right.environment) - environments.indexOf(left.environment) ||
        (likelyValue(right.unavailability) ?? 0) - (likelyValue(left.unavailability) ?? 0) ||
        (left.journey < right.journey ? -1 : 1),
    )[0];
}

/** The journeys of the last environment of promotion that has any. */
export function journeysOfProduction(
  journeys: readonly JourneyAvailability[],
  environments: readonly string[],
): JourneyAvailability[] {
  const last = environments.findLast((environment) => journeys.some((journey) => journey.environment === environment));
  return journeys.filter((journey) => journey.environment === last);
}
