import type { EChartsCoreOption } from "echarts/core";
import type { ChartLine, ChartPanel } from "./chart-panels.ts";
import { strategyLooks } from "./strategy-look.ts";

/** Colours are those of the page's style sheet: the drawing follows the theme by itself. */
const ink = "var(--ink-soft)";
const line = "var(--line)";

/** A panel as Apache ECharts draws it. */
export function chartOption(panel: ChartPanel): EChartsCoreOption {
  const text = { color: ink, fontSize: 11.5, fontFamily: "var(--font-text)" };
  return {
    animation: false,
    useUTC: true,
    grid: { left: 4, right: 14, top: 12, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: {
      type: "time",
      axisLine: { lineStyle: { color: line } },
      axisTick: { lineStyle: { color: line } },
      axisLabel: {
        ...text,
        hideOverlap: true,
        formatter: { day: "{d} {MMM}", month: "{MMM}", hour: "{HH}:{mm}" },
      },
    },
    yAxis: {
      type: "value",
      min: 0,
      splitNumber: 3,
      splitLine: { lineStyle: { color: line } },
      axisLabel: { ...text, formatter: panel.format },
    },
    tooltip: {
      trigger: "axis",
      confine: true,
      backgroundColor: "var(--surface)",
      borderColor: "var(--line-strong)",
      padding: [6, 10],
      textStyle: { ...text, color: "var(--ink)" },
      axisPointer: { lineStyle: { color: "var(--line-strong)" }, label: { show: false } },
      valueFormatter: (value: unknown) => panel.format(Number(value)),
    },
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
