import type { Figure } from "../estate/figures/figure.ts";
import type { AvailabilityReport, JourneyAvailability } from "./availability-report.ts";
import type { ClusterHealing } from "./heal/healing-report.ts";

/** Figures beside the headline ones of each journey: those of its parts, and of the clusters that heal it. */
export function furtherFigures({ journeys, clusters = [] }: AvailabilityReport): readonly Figure[] {
  return [...journeys.flatMap(ofJourney), ...clusters.flatMap(ofCluster)];
}

function ofJourney({
  withoutCommonCause,
  worstCase,
  parts,
  planned,
  recovery = [],
}: JourneyAvailability): readonly Figure[] {
  return [
    ...(parts === undefined ? [] : [parts.total]),
    ...(planned === undefined ? [] : [planned.addedMinutesPerYear]),
    ...recovery.flatMap(({ rtoSeconds, rpoSeconds }) => [rtoSeconds, rpoSeconds]),
    ...(withoutCommonCause === undefined ? [] : [withoutCommonCause]),
    ...(worstCase === undefined ? [] : [worstCase.unavailability, worstCase.downtimeMinutesPerMonth]),
  ];
}

function ofCluster({ unavailability, downtimeMinutesPerMonth, abilities, shortages }: ClusterHealing) {
  return [
    unavailability,
    downtimeMinutesPerMonth,
    ...abilities.flatMap((ability) => [ability.unavailability, ability.downtimeMinutesPerMonth]),
    ...shortages.map(({ missing }) => missing),
  ];
}
