import type { Catalog } from "../../../catalog/catalog.ts";
import type { Assumption } from "../../../estate/assumptions/assumption.ts";
import { assume } from "../../../estate/assumptions/assumption-rule.ts";
import { linkDelaySpread } from "../../../estate/assumptions/consistency-rules.ts";
import { linkDelayUnknown, simulationNameUnknown } from "../../../estate/diagnostics/consistency-diagnostics.ts";
import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import type { LatencyDistribution } from "../../../stateful/latency/latency-distribution.ts";
import { type ConsistencyQuestion, subjectOf } from "./consistency-question.ts";
import type { GivenLatencies } from "./latency-file.ts";

/**
 * One-way delay from region i to region j at `i * regions + j`: as given, otherwise of the published round-trip times,
 * which is an assumption for the links that it concerns.
 */
export function linksOf(
  question: ConsistencyQuestion,
  given: GivenLatencies | undefined,
  regions: readonly string[],
  catalog: Catalog,
  assumptions: Assumption[],
  diagnostics: Diagnostic[],
): readonly LatencyDistribution[] {
  checkNamedRegions(given, regions, diagnostics);
  const published = new Map<string, number>();
  const roundTrip = (name: string, milliseconds: number) => {
    published.set(name, milliseconds);
    return spread(milliseconds);
  };
  const links = regions.flatMap((from, row) =>
    regions.map((to, column) => {
      const own = givenLink(given, from, to);
      if (own !== undefined) return own;
      if (from === to) return roundTrip("inside a region", catalog.interZoneLatency().value);
      const milliseconds = catalog.regionLatency(from, to)?.value;
      if (milliseconds !== undefined) return roundTrip([from, to].toSorted().join("-"), milliseconds);
      if (row < column) diagnostics.push(diagnose(linkDelayUnknown, { from, to }));
      return spread(0);
    }),
  );
  if (published.size > 0) {
    const delays = [...published].map(([name, milliseconds]) => `${name} ${milliseconds} ms`).join(", ");
    assumptions.push(assume(linkDelaySpread, subjectOf(question), { delays }));
  }
  return links;
}

function givenLink(given: GivenLatencies | undefined, from: string, to: string): LatencyDistribution | undefined {
  if (given === undefined) return undefined;
  const named = (start: string, end: string) => given.links.find((link) => link.from === start && link.to === end);
  const link = named(from, to) ?? named(to, from);
  return link?.delay ?? (from === to ? given.withinRegion : given.betweenRegions);
}

function checkNamedRegions(
  given: GivenLatencies | undefined,
  regions: readonly string[],
  diagnostics: Diagnostic[],
): void {
  const named = new Set(given?.links.flatMap(({ from, to }) => [from, to]));
  const what = "region of the simulation";
  for (const written of named)
    if (!regions.includes(written))
      diagnostics.push(diagnose(simulationNameUnknown, { what, written, candidates: regions }));
}

const leastSpread = 0.3;

function spread(roundTrip: number): LatencyDistribution {
  return { kind: "exponential", floor: roundTrip / 2, mean: Math.max(leastSpread, roundTrip / 10) };
}
