import type { EChartsCoreOption } from "echarts/core";
import type { ScalingCurve, ScalingEconomics } from "../../../../src/operations/cost/scaling-economics-report.ts";
import { chartGrid, chartTooltip, chartXAxis, chartYAxis, type LineLook, lineSeries } from "../../charts/chart-look.ts";

/** How each way to run is drawn: shared nodes, own nodes and platforms by colour, what is held or used by dashes. */
export const wayLooks: { readonly [way in ScalingCurve["way"]]: LineLook } = {
  "shared-nodes": { colour: "var(--tenant-0)", dash: [] },
  "own-nodes": { colour: "var(--tenant-6)", dash: [] },
  "own-nodes-savings-plan": { colour: "var(--tenant-6)", dash: [12, 4] },
  "own-nodes-reserved-1y": { colour: "var(--tenant-6)", dash: [7, 4] },
  "own-nodes-reserved-3y": { colour: "var(--tenant-6)", dash: [3, 3] },
  "own-nodes-off-hours": { colour: "var(--tenant-4)", dash: [12, 3, 2, 3] },
  "shared-nodes-to-zero": { colour: "var(--tenant-2)", dash: [] },
  "own-nodes-to-zero": { colour: "var(--tenant-2)", dash: [6, 4] },
  "container-apps": { colour: "var(--tenant-3)", dash: [] },
  "container-apps-warm": { colour: "var(--tenant-3)", dash: [6, 4] },
  functions: { colour: "var(--tenant-1)", dash: [9, 3, 2, 3] },
};

const demandLook: LineLook = { colour: "var(--ink-soft)", dash: [2, 3] };

/** A way that ends dearer than this many times the dearest held one runs out of the drawing. */
const mostAboveHeld = 1.6;

/** Top of the drawing: all that is held, with room above; the used ways beyond it are cut. */
export function topOf(curves: readonly ScalingCurve[]): number {
  const most = (kind: ScalingCurve["kind"]) =>
    Math.max(
      0,
      ...curves.filter((each) => each.kind === kind).flatMap(({ points }) => points.map((at) => at.monthlyCost)),
    );
  const held = most("held");
  return held === 0 ? most("used") : Math.min(Math.max(held, most("used")), mostAboveHeld * held);
}

/** Names and looks in the order of the report, the demand last. */
export function breakEvenLines({
  curves,
  demand,
}: ScalingEconomics): readonly { readonly name: string; readonly look: LineLook }[] {
  return [
    ...curves.map(({ way, label }) => ({ name: label, look: wayLooks[way] })),
    { name: `Declared demand: ${percentText(demand.duty)} of the time`, look: demandLook },
  ];
}

/** Cost of a month over the duty cycle as Apache ECharts draws it. */
export function breakEvenOption(
  { curves, demand }: ScalingEconomics,
  money: (amount: number) => string,
): EChartsCoreOption {
  const top = topOf(curves);
  return {
    animation: false,
    grid: chartGrid,
    xAxis: {
      ...chartXAxis,
      type: "value",
      min: 0,
      max: 100,
      axisLabel: { ...chartXAxis.axisLabel, formatter: "{value}%" },
    },
    yAxis: { ...chartYAxis(money), ...(top > 0 ? { max: niceTop(top) } : {}) },
    tooltip: { ...chartTooltip, valueFormatter: (value: unknown) => money(Number(value)) },
    series: [
      ...curves.map(({ way, label, points }) => ({
        ...lineSeries(
          label,
          wayLooks[way],
          points.map(({ duty, monthlyCost }) => [100 * duty, monthlyCost] as const),
        ),
        clip: true,
      })),
      lineSeries("", demandLook, [
        [100 * demand.duty, 0],
        [100 * demand.duty, niceTop(top)],
      ]),
    ],
  };
}

/** The next of 1, 2 or 5 times a power of ten, by quarters of it. */
export function niceTop(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return Math.ceil(value / (power / 2)) * (power / 2);
}

/** `19.7%`. */
export function percentText(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
