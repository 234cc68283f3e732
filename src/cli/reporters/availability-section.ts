import type { AvailabilityReport, JourneyAvailability } from "../../availability/availability-report.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import { formatAvailability, formatMinutes, formatMoney } from "../../estate/figures/format-figure.ts";
import { bullets, type Document, heading, paragraph, table } from "./document.ts";
import { printedCommand } from "./printed-command.ts";

const detailedJourneys = 3;

/** Each journey with its objective, then what alone takes the worst ones down. */
export function availabilitySection(
  availability: AvailabilityReport,
  environments: readonly string[],
  currency: string,
  paths: readonly string[],
): Document {
  const journeys = worstFirst(availability.journeys, environments);
  if (journeys.length === 0) {
    return [
      heading(2, "Availability: will it stay up"),
      paragraph("No journey: no Ingress, Gateway route or LoadBalancer Service was found and none is declared."),
    ];
  }
  return [
    heading(2, "Availability: will it stay up"),
    ...table(
      [
        { title: "Journey" },
        { title: "Available", align: "right" },
        { title: "Down a month", align: "right" },
        { title: "Objective" },
        { title: "Single points", align: "right" },
        { title: "Downtime costs", align: "right" },
      ],
      journeys.map((journey) => journeyRow(journey, currency)),
    ),
    ...journeys.slice(0, detailedJourneys).flatMap((journey) => journeyDetail(journey, paths)),
  ];
}

function journeyRow(journey: JourneyAvailability, currency: string): string[] {
  const unavailability = likelyValue(journey.unavailability);
  const minutes = likelyValue(journey.downtimeMinutesPerMonth);
  return [
    journey.label,
    unavailability === undefined ? "not evaluable" : formatAvailability(unavailability),
    minutes === undefined ? atLeastInWords(journey) : formatMinutes(minutes),
    objectiveInWords(journey),
    String(journey.singlePointsOfFailure.length),
    journey.downtimeCostMonthly === undefined ? "" : formatMoney(journey.downtimeCostMonthly, currency),
  ];
}

/** What is known of a journey that is not evaluable: what is missing can only add to it. */
function atLeastInWords({ atLeast }: JourneyAvailability): string {
  const minutes = atLeast === undefined ? undefined : likelyValue(atLeast);
  return minutes === undefined ? "" : `at least ${formatMinutes(minutes)}`;
}

function objectiveInWords({ objective, objectiveMet }: JourneyAvailability): string {
  if (objective === undefined) return "none declared";
  if (objectiveMet === true) return `${objective} met`;
  if (objectiveMet === false) return `${objective} MISSED`;
  return `${objective} not evaluable`;
}

function journeyDetail(journey: JourneyAvailability, paths: readonly string[]): Document {
  if (journey.cutSets.length === 0) return [];
  const { result } = journey.unavailability;
  const singles = journey.singlePointsOfFailure;
  const sets = singles.length > 0 ? singles : journey.cutSets;
  const shown = 5;
  return [
    heading(3, `What takes ${journey.label} down`),
    ...(result.kind === "notEvaluable"
      ? [paragraph(`Not evaluable: it needs ${result.missing.join(", ")}. Of what is known:`)]
      : []),
    ...(singles.length > 0 ? [] : [paragraph("No single point of failure; the likeliest combinations:")]),
    ...bullets([
      ...sets.slice(0, shown).map((set) => `${set.words} (${formatMinutes(set.unavailability * 43_830)} a month)`),
      ...(sets.length > shown
        ? [
            `and ${sets.length - shown} more: ${printedCommand(["availability", "--journey", journey.journey], paths)} lists them`,
          ]
        : []),
    ]),
  ];
}

/** Production first, then the environments before it; inside one the worst first, what is not evaluable last. */
function worstFirst(journeys: readonly JourneyAvailability[], environments: readonly string[]): JourneyAvailability[] {
  return journeys.toSorted(
    (left, right) =>
      environments.indexOf(right.environment) - environments.indexOf(left.environment) ||
      (likelyValue(right.unavailability) ?? -1) - (likelyValue(left.unavailability) ?? -1) ||
      (left.journey < right.journey ? -1 : 1),
  );
}
