import type { EChartsCoreOption } from "echarts/core";
import type { CommitmentCurve } from "../../../../src/operations/cost/cost-commit-report.ts";
import { chartGrid, chartTooltip, chartXAxis, chartYAxis, type LineLook, lineSeries } from "../../charts/chart-look.ts";

const hoursOfDay = 24;

/** How the lines of the drawing look. */
const durationLooks = {
  demand: { colour: "var(--tenant-0)", dash: [] },
  owned: { colour: "var(--tenant-2)", dash: [9, 4] },
  advised: { colour: "var(--tenant-1)", dash: [3, 3] },
  1: { colour: "var(--ink-soft)", dash: [2, 3] },
  3: { colour: "var(--ink-soft)", dash: [8, 3, 2, 3] },
} as const satisfies { readonly [line in string]: LineLook };

/** Demand by falling size: from zero hours on the level of the busiest hours, at the right end what is always there. */
export function durationPoints({ steps }: CommitmentCurve): readonly (readonly [number, number])[] {
  const falling = steps.toSorted((left, right) => right.units - left.units);
  const points: (readonly [number, number])[] = [];
  let from = 0;
  for (const { units, hoursPerDay } of falling) {
    points.push([from, units], [hoursPerDay, units]);
    from = hoursPerDay;
  }
  if (from < hoursOfDay) points.push([from, 0], [hoursOfDay, 0]);
  return points;
}

/** Names of the lines, with their looks, in reading order. */
export function durationLines(curve: CommitmentCurve): readonly {
  readonly name: string;
  readonly look: LineLook;
  readonly points: readonly (readonly [number, number])[];
}[] {
  const { ownedUnits, boughtUnits, breakEvens } = curve;
  const level = (units: number) => [[0, units] as const, [hoursOfDay, units] as const];
  const top = Math.max(curve.peakUnits, ownedUnits + boughtUnits);
  return [
    { name: "Demand", look: durationLooks.demand, points: durationPoints(curve) },
    ...(ownedUnits > 0
      ? [{ name: `Owned: ${unitsText(ownedUnits)}`, look: durationLooks.owned, points: level(ownedUnits) }]
      : []),
    {
      name: boughtUnits > 0 ? `With what to buy: ${unitsText(ownedUnits + boughtUnits)}` : "Nothing to buy",
      look: durationLooks.advised,
      points: boughtUnits > 0 ? level(ownedUnits + boughtUnits) : [],
    },
    ...breakEvens.map(({ termYears, hoursPerDay }) => ({
      name: `Pays for ${termYears} ${termYears === 1 ? "year" : "years"} from ${hoursPerDay.toFixed(1)} h a day`,
      look: durationLooks[termYears],
      points: [[hoursPerDay, 0] as const, [hoursPerDay, top] as const],
    })),
  ];
}

/** The load-duration curve as Apache ECharts draws it. */
export function durationOption(curve: CommitmentCurve): EChartsCoreOption {
  return {
    animation: false,
    grid: chartGrid,
    xAxis: { ...chartXAxis, type: "value", min: 0, max: hoursOfDay, interval: 4 },
    yAxis: chartYAxis(unitsText),
    tooltip: { ...chartTooltip, show: false },
    series: durationLines(curve).map(({ name, look, points }, index) => ({
      ...lineSeries(name, look, points, index === 0 ? 2 : 1.8),
      ...(index === 0 ? { areaStyle: { color: look.colour, opacity: 0.13 } } : {}),
    })),
  };
}

/** The curve in words. */
export function durationWords({ meanUnits, peakUnits, steps, ownedUnits, boughtUnits }: CommitmentCurve): string {
  const always = Math.min(
    peakUnits,
    ...steps.filter(({ hoursPerDay }) => hoursPerDay >= hoursOfDay).map(({ units }) => units),
  );
  const demand =
    steps.length === 1 && steps[0]?.hoursPerDay === hoursOfDay
      ? `${unitsText(peakUnits)} units all day`
      : `up to ${unitsText(peakUnits)} units, ${unitsText(meanUnits)} on average${Number.isFinite(always) && always < peakUnits ? `, ${unitsText(always)} all day` : ""}`;
  return `${demand}; ${unitsText(ownedUnits)} owned, ${unitsText(boughtUnits)} to buy`;
}

function unitsText(units: number): string {
  return units.toLocaleString("en-US", { maximumFractionDigits: 1 });
}
