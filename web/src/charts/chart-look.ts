/** Colours are those of the page's style sheet: drawings follow the theme by themselves. */
const ink = "var(--ink-soft)";
const line = "var(--line)";
const strong = "var(--line-strong)";

/** Text of axes and tooltips. */
export const chartText = { color: ink, fontSize: 11.5, fontFamily: "var(--font-text)" } as const;

/** Room around the plot; labels of the axes count. */
export const chartGrid = {
  left: 4,
  right: 14,
  top: 12,
  bottom: 4,
  outerBoundsMode: "same",
  outerBoundsContain: "axisLabel",
} as const;

/** A horizontal axis; what it is of is added by the chart. */
export const chartXAxis = {
  axisLine: { lineStyle: { color: line } },
  axisTick: { lineStyle: { color: line } },
  axisLabel: { ...chartText, hideOverlap: true },
  splitLine: { show: false },
} as const;

/** A vertical axis from zero. */
export function chartYAxis(format: (value: number) => string): object {
  return {
    type: "value",
    min: 0,
    splitNumber: 3,
    splitLine: { lineStyle: { color: line } },
    axisLabel: { ...chartText, formatter: format },
  };
}

/** What is said of the place that is pointed at. */
export const chartTooltip = {
  trigger: "axis",
  confine: true,
  backgroundColor: "var(--surface)",
  borderColor: strong,
  padding: [6, 10],
  textStyle: { ...chartText, color: "var(--ink)" },
  axisPointer: { lineStyle: { color: strong }, label: { show: false } },
} as const;

/** A named line as it is drawn: told apart by its dashes too. */
export interface LineLook {
  readonly colour: string;
  /** Lengths of dashes and gaps; empty for a solid line. */
  readonly dash: readonly number[];
}

/** A line of points. */
export function lineSeries(
  name: string,
  { colour, dash }: LineLook,
  data: readonly (readonly [number | string, number])[],
  width = 2,
): object {
  return {
    type: "line",
    name,
    data,
    showSymbol: false,
    silent: true,
    emphasis: { disabled: true },
    color: colour,
    lineStyle: { color: colour, width, type: dash.length === 0 ? "solid" : dash, cap: "butt" },
  };
}
