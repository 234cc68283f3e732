import type { JourneyAvailability } from "../../../src/availability/availability-report.ts";
import { likelyValue } from "../../../src/estate/figures/figure.ts";
import { formatAvailability, formatMinutes } from "../../../src/estate/figures/format-figure.ts";
import type { Badge } from "../lenses/look.ts";

/** Availability of a journey in words: percentage and downtime a month; undefined when it cannot be said. */
export function journeyText(
  journey: JourneyAvailability,
): { readonly percent: string; readonly downtime: string } | undefined {
  const unavailability = likelyValue(journey.unavailability);
  const minutes = likelyValue(journey.downtimeMinutesPerMonth);
  if (unavailability === undefined || minutes === undefined) return undefined;
  return { percent: formatAvailability(unavailability), downtime: `${formatMinutes(minutes)}/month` };
}

/** Whether the objective holds, as a badge; undefined when none is declared. */
export function objectiveBadge(journey: JourneyAvailability): Badge | undefined {
  const { objective, objectiveMet } = journey;
  if (objective === undefined || objectiveMet === undefined) return undefined;
  if (objectiveMet === "notEvaluable") {
    return { symbol: "question", text: `objective ${objective}`, tone: "plain", title: "Not evaluable" };
  }
  if (objectiveMet)
    return { symbol: "check", text: `meets ${objective}`, tone: "good", title: `Meets its objective ${objective}` };
  return { symbol: "cross", text: `misses ${objective}`, tone: "bad", title: `Misses its objective ${objective}` };
}
