import type { FindingSeverity } from "../audit/finding.ts";
import type { JourneyAvailability } from "../availability/availability-report.ts";
import { likelyValue } from "../estate/figures/figure.ts";
import type { Answers } from "./answers.ts";
import type { Assessment } from "./assessment.ts";

/** The three big numbers: cost a month, worst journey, open findings by severity (exempted ones not counted). */
export function summarizeHeadline({ cost, availability, findings }: Answers): Assessment["headline"] {
  const open = findings.filter((finding) => finding.exemptedBy === undefined);
  const failed = open.filter((finding) => finding.verdict === "fail");
  const count = (severity: FindingSeverity) => failed.filter((finding) => finding.severity === severity).length;
  return {
    monthlyCost: cost.monthly,
    worstJourney: worstJourney(availability.journeys)?.downtimeMinutesPerMonth,
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

/** The evaluable journey that is down longest; the first by id among equals. */
export function worstJourney(journeys: readonly JourneyAvailability[]): JourneyAvailability | undefined {
  return journeys.reduce<JourneyAvailability | undefined>((worst, journey) => {
    const value = likelyValue(journey.unavailability);
    if (value === undefined) return worst;
    const worstValue = worst === undefined ? undefined : likelyValue(worst.unavailability);
    return worstValue === undefined || value > worstValue ? journey : worst;
  }, undefined);
}
