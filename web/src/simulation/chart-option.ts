import type { EChartsCoreOption } from "echarts/core";
import { chartGrid, chartTooltip, chartXAxis, chartYAxis } from "../charts/chart-look.ts";
import type { ChartLine, ChartPanel } from "./chart-panels.ts";
import { strategyLooks } from "./strategy-look.ts";

/** A panel as Apache ECharts draws it. */
export function chartOption(panel: ChartPanel): EChartsCoreOption {
  return {
    animation: false,
    useUTC: true,
    grid: chartGrid,
    xAxis: {
      ...chartXAxis,
      type: "time",
      axisLabel: { ...chartXAxis.axisLabel, formatter: { day: "{d} {MMM}", month: "{MMM}", hour: "{HH}:{mm}" } },
    },
    yAxis: chartYAxis(panel.format),
    tooltip: { ...chartTooltip, valueFormatter: (value: unknown) => panel.format(Number(value)) },
    series: panel.lines.map(seriesOf),
  };
}

/** Earlier lines are wider, so that a dashed one over it shows both where they are equal. */
function seriesOf(drawn: ChartLine, index: number, all: readonly ChartLine[]): object {
  const common = {
    type: "line",
    name: drawn.name,
    data: drawn.points,
    showSymbol: false,
    silent: true,
    emphasis: { disabled: true },
    z: 2 + index,
  };
  if (drawn.strategy === undefined) {
    const colour = "var(--line-strong)";
    return {
      ...common,
      color: colour,
      lineStyle: { color: colour, width: 1 },
      areaStyle: { color: "var(--line)", opacity: 0.7 },
    };
  }
  const { colour, dash } = strategyLooks[drawn.strategy];
  const width = Math.max(1.5, 1.5 + (all.length - 1 - index) * 0.35);
  const type = dash.length === 0 ? "solid" : dash;
  return { ...common, color: colour, lineStyle: { color: colour, width, type, cap: "butt" } };
}
