import { likelyValue } from "../../estate/figures/figure.ts";
import { formatMoney } from "../../estate/figures/format-figure.ts";
import type { WayName } from "../../finops/scaling-economics/ways-to-run.ts";
import { percentText } from "../simulation/simulate-load-verdict.ts";
import type { BreakEven, ScalingCurve, ScalingStrategy } from "./scaling-economics-report.ts";

/** The ways for people. */
export const wayLabels: { readonly [way in WayName]: string } = {
  "shared-nodes": "always on, shared nodes",
  "own-nodes": "always on, own nodes",
  "own-nodes-savings-plan": "own nodes, 1-year savings plan",
  "own-nodes-reserved-1y": "own nodes, reserved 1 year",
  "own-nodes-reserved-3y": "own nodes, reserved 3 years",
  "own-nodes-off-hours": "own nodes, off outside hours",
  "shared-nodes-to-zero": "KEDA to zero, shared nodes",
  "own-nodes-to-zero": "KEDA to zero, own nodes too",
  "container-apps": "Container Apps",
  "container-apps-warm": "Container Apps, one kept warm",
  functions: "Functions Flex Consumption",
};

/** Losing less than this share counts as serving nearly all. */
const nearlyAll = 1e-4;

interface VerdictBasis {
  readonly strategies: readonly ScalingStrategy[];
  readonly curves: readonly ScalingCurve[];
  readonly breakEvens: readonly BreakEven[];
  readonly duty: number;
  readonly currency: string;
}

/** What follows: the cheapest under the declared demand, and up to where paying by use is cheaper. */
export function scalingVerdict(basis: VerdictBasis): readonly string[] {
  return [...cheapestStrategy(basis), ...cheapestWay(basis), ...useBelow(basis)];
}

function cheapestStrategy({ strategies, currency }: VerdictBasis): readonly string[] {
  const serving = strategies.flatMap((each) => {
    const cost = likelyValue(each.monthlyRoom);
    return cost !== undefined && (likelyValue(each.unservedShare) ?? 1) < nearlyAll
      ? [{ name: each.strategy, cost }]
      : [];
  });
  const [best] = serving.toSorted((left, right) => left.cost - right.cost);
  const [worst] = serving.toSorted((left, right) => right.cost - left.cost);
  if (best === undefined || worst === undefined) return ["No strategy with a price serves nearly all of the demand."];
  const lost = strategies.filter((each) => (likelyValue(each.unservedShare) ?? 0) >= nearlyAll);
  const losing = lost.map(
    (each) => `${each.strategy} loses ${percentText(100 * (likelyValue(each.unservedShare) ?? 0))}`,
  );
  return [
    `Under the declared demand ${best.name} is the cheapest strategy that serves nearly all: ${formatMoney(best.cost, currency)} a month of room, against ${formatMoney(worst.cost, currency)} for ${worst.name}.`,
    ...(losing.length === 0 ? [] : [`${losing.join("; ")} of the demand.`]),
  ];
}

function cheapestWay({ curves, duty, currency }: VerdictBasis): readonly string[] {
  const [best] = curves
    .flatMap(({ label, atDemand }) => (atDemand === undefined ? [] : [{ label, atDemand }]))
    .toSorted((left, right) => left.atDemand - right.atDemand);
  if (best === undefined) return [];
  return [
    `The demand is a duty cycle of ${percentText(100 * duty)} (${Number((24 * duty).toPrecision(3))} h a day at the peak): in bursts of that length ${best.label} would be the cheapest, ${formatMoney(best.atDemand, currency)} a month.`,
  ];
}

/** Of the two platforms, against nodes that would be there anyway and nodes that would not. */
function useBelow({ breakEvens, curves }: VerdictBasis): readonly string[] {
  const ways = new Set(curves.map(({ way }) => way));
  return (["container-apps", "functions"] as const).flatMap((used) => {
    if (!ways.has(used)) return [];
    const against = (held: WayName) => {
      const found = breakEvens.find((each) => each.used === used && each.held === held && each.cheaperBelow === used);
      const duty = found === undefined ? undefined : likelyValue(found.duty);
      return duty === undefined ? undefined : percentText(100 * duty);
    };
    const [shared, own] = [against("shared-nodes"), against("own-nodes")];
    if (shared === undefined && own === undefined) return [];
    const parts = [
      ...(shared === undefined ? [] : [`below ${shared} of the time than room on shared nodes`]),
      ...(own === undefined ? [] : [`below ${own} than nodes of its own`]),
    ];
    return [`${wayLabels[used]} cost less ${parts.join(", and ")}.`];
  });
}
