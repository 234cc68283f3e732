import { formatMinutes } from "../../estate/figures/format-figure.ts";
import type { JourneyInDepth } from "../../operations/availability/journey-in-depth.ts";

/** `22 a year`, `one in 4 years`; empty where it is not known. */
export function timesPerYear({ outagesPerYear }: Pick<JourneyInDepth, "outagesPerYear">): string {
  if (outagesPerYear === undefined || outagesPerYear <= 0) return "";
  if (outagesPerYear >= 0.95) return `${Number(outagesPerYear.toPrecision(2))} a year`;
  return `one in ${Number((1 / outagesPerYear).toPrecision(2))} years`;
}

/** `22 outages a year of 59 min`. */
export function outagesInWords(journey: JourneyInDepth): string | undefined {
  const { outagesPerYear, meanOutageMinutes } = journey;
  if (outagesPerYear === undefined || meanOutageMinutes === undefined) return undefined;
  const length = formatMinutes(meanOutageMinutes);
  return outagesPerYear >= 0.95
    ? `${Number(outagesPerYear.toPrecision(2))} outages a year of ${length} on average`
    : `one outage in ${Number((1 / outagesPerYear).toPrecision(2))} years, of ${length} on average`;
}

/** How many things can stop it alone, all of them, also those that no list shows. */
export function singlePointCount({ cutSetCounts, singlePointsOfFailure }: JourneyInDepth): string {
  return cutSetCounts[0] ?? String(singlePointsOfFailure.length);
}
