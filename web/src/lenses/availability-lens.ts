import type { JourneyAvailability } from "../../../src/availability/availability-report.ts";
import { likelyValue } from "../../../src/estate/figures/figure.ts";
import { formatMinutes } from "../../../src/estate/figures/format-figure.ts";
import type { Box } from "../graph/box.ts";
import type { BoxMeasure } from "../graph/measure-boxes.ts";
import { plural } from "../graph/plural.ts";
import type { Badge, BoxLook, Lens } from "./look.ts";

/** Classes of downtime: limits are those of 99.99, 99.95, 99.9 and 99 % over an average month of 43,830 minutes. */
const classes: readonly { readonly below: number; readonly tone: string; readonly label: string }[] = [
  { below: 43_830 * 1e-4, tone: "down-0", label: "≥ 99.99%" },
  { below: 43_830 * 5e-4, tone: "down-1", label: "≥ 99.95%" },
  { below: 43_830 * 1e-3, tone: "down-2", label: "≥ 99.9%" },
  { below: 43_830 * 1e-2, tone: "down-3", label: "≥ 99%" },
  { below: Number.POSITIVE_INFINITY, tone: "down-4", label: "< 99%" },
];

/**
 * Colour: downtime of the worst journey through the box. Badges: objectives missed, single points of failure. With a
 * journey, only what it leans on has a colour, and badges speak of it alone.
 */
export function availabilityLens(journey: JourneyAvailability | undefined): Lens {
  return {
    title: journey === undefined ? "Worst journey through it" : `What ${journey.label} leans on`,
    arrows: "dependencies",
    legend: [
      ...classes.map(({ tone, label }) => ({ tone, label })),
      { tone: "none", label: journey === undefined ? "no journey or not evaluable" : "not in it, or not evaluable" },
    ],
    look: (box, measure) =>
      journey === undefined
        ? availabilityLook(box, measure, "no journey")
        : availabilityLook(box, narrowedTo(journey, box, measure), "not in it"),
  };
}

/** The box as far as the journey goes. */
function narrowedTo(journey: JourneyAvailability, box: Box, measure: BoxMeasure): BoxMeasure {
  const members = new Set(journey.workloads);
  const label = `${journey.label} (${journey.environment})`;
  return {
    ...measure,
    worstJourney: box.workloads.some((id) => members.has(id)) ? journey : undefined,
    takesDown: measure.takesDown.filter((each) => each === label),
  };
}

function availabilityLook(box: Box, measure: BoxMeasure, without: string): BoxLook {
  const journey = measure.worstJourney;
  const isLeaf = box.kind === "workload" || box.kind === "group" || box.kind === "target";
  const badges = isLeaf ? singlePointBadges(measure) : frameBadges(measure);
  if (journey === undefined || !isLeaf)
    return { tone: "none", words: isLeaf ? (box.kind === "target" ? "" : without) : "", badges };
  const minutes = likelyValue(journey.downtimeMinutesPerMonth);
  if (minutes === undefined) return { tone: "none", words: "not evaluable", badges };
  const tone = classes.find(({ below }) => minutes < below)?.tone ?? "none";
  return { tone, words: `${formatMinutes(minutes)}/month`, badges: [...badges, ...objectiveBadges(journey)] };
}

function singlePointBadges(measure: BoxMeasure): readonly Badge[] {
  if (measure.takesDown.length === 0) return [];
  const title = `Alone it takes down ${measure.takesDown.join(", ")}`;
  return [{ symbol: "alert", text: "single point", tone: "warn", title }];
}

function objectiveBadges(journey: JourneyAvailability): readonly Badge[] {
  if (journey.objectiveMet !== false) return [];
  const title = `${journey.label} misses its objective ${journey.objective ?? ""}`;
  return [{ symbol: "cross", text: `misses ${journey.objective ?? "objective"}`, tone: "bad", title }];
}

function frameBadges(measure: BoxMeasure): readonly Badge[] {
  if (measure.takesDown.length === 0) return [];
  const count = plural(measure.takesDown.length, "journey", "journeys");
  return [
    { symbol: "alert", text: `takes down ${count}`, tone: "warn", title: `Takes down ${measure.takesDown.join(", ")}` },
  ];
}
