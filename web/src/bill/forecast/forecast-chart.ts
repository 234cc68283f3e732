import type { EChartsCoreOption } from "echarts/core";
import type { BearerForecast } from "../../../../src/operations/cost/cost-forecast-report.ts";
import { chartGrid, chartTooltip, chartXAxis, chartYAxis, type LineLook, lineSeries } from "../../charts/chart-look.ts";

const forecastLooks = {
  past: { colour: "var(--ink-soft)", dash: [] },
  likely: { colour: "var(--tenant-0)", dash: [] },
  range: { colour: "var(--tenant-5)", dash: [2, 2] },
  budget: { colour: "var(--tenant-6)", dash: [9, 4] },
} as const satisfies { readonly [line in string]: LineLook };

/** What is in the drawing, in reading order. */
export function forecastLines(
  { past, budget }: BearerForecast,
  money: (amount: number) => string,
  coverage: number | undefined,
): readonly { readonly name: string; readonly look: LineLook }[] {
  return [
    ...(past.length > 0 ? [{ name: "Past", look: forecastLooks.past }] : []),
    { name: "Expected", look: forecastLooks.likely },
    {
      name: coverage === undefined ? "Fewest to most declared" : `${Math.round(100 * coverage)}% interval`,
      look: forecastLooks.range,
    },
    ...(budget === undefined ? [] : [{ name: `Budget: ${money(budget.monthly)}`, look: forecastLooks.budget }]),
  ];
}

/** Past months, the expected cost of those to come and its range, against the budget. */
export function forecastOption(bearer: BearerForecast, money: (amount: number) => string): EChartsCoreOption {
  const { past, months, budget } = bearer;
  const labels = [...new Set([...past.map(({ month }) => month), ...months.map(({ month }) => month)])];
  const lows = months.map(({ month, low }) => [month, low] as const);
  const widths = months.map(({ month, low, high }) => [month, high - low] as const);
  const edge = { symbol: "none", showSymbol: false, silent: true, emphasis: { disabled: true }, stack: "range" };
  return {
    animation: false,
    grid: { ...chartGrid, right: 24 },
    xAxis: { ...chartXAxis, type: "category", boundaryGap: false, data: labels },
    yAxis: chartYAxis(money),
    tooltip: {
      ...chartTooltip,
      formatter: (points: readonly { readonly axisValue: string }[]) => monthText(bearer, points[0]?.axisValue, money),
    },
    series: [
      { ...lineSeries("Low", forecastLooks.range, lows, 1), ...edge },
      {
        ...lineSeries("Range", forecastLooks.range, widths, 1),
        ...edge,
        areaStyle: { color: forecastLooks.range.colour, opacity: 0.22 },
      },
      lineSeries(
        "Past",
        forecastLooks.past,
        past.map(({ month, cost }) => [month, cost] as const),
      ),
      lineSeries(
        "Expected",
        forecastLooks.likely,
        months.map(({ month, likely }) => [month, likely] as const),
        2.4,
      ),
      ...(budget === undefined
        ? []
        : [
            lineSeries(
              "Budget",
              forecastLooks.budget,
              labels.map((label) => [label, budget.monthly] as const),
              1.8,
            ),
          ]),
    ],
  };
}

function monthText(
  { past, months }: BearerForecast,
  month: string | undefined,
  money: (amount: number) => string,
): string {
  const over = past.find((each) => each.month === month);
  const next = months.find((each) => each.month === month);
  if (next !== undefined) return `${next.month}: ${money(next.likely)}, ${money(next.low)} to ${money(next.high)}`;
  return over === undefined ? "" : `${over.month}: ${money(over.cost)}`;
}

/** The drawing in words. */
export function forecastWords({ months, budget }: BearerForecast, money: (amount: number) => string): string {
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return "not evaluable";
  const way = `${money(first.likely)} in ${first.month}, ${money(last.likely)} in ${last.month} (${money(last.low)} to ${money(last.high)})`;
  return budget === undefined ? way : `${way}; budget ${money(budget.monthly)}`;
}
