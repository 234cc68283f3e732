import type { EChartsCoreOption } from "echarts/core";
import type { RolloutCurvePoint } from "../../../src/operations/delivery/rollout-report.ts";
import {
  chartGrid,
  chartText,
  chartTooltip,
  chartXAxis,
  chartYAxis,
  type LineLook,
  lineSeries,
} from "../charts/chart-look.ts";
import { chance, sharePercent } from "./rollout-words.ts";

/** A curve of the rollout view, drawn and in words. */
export interface RolloutChart {
  readonly key: string;
  readonly title: string;
  readonly axis: string;
  readonly lines: readonly { readonly name: string; readonly look: LineLook }[];
  readonly option: EChartsCoreOption;
  readonly words: string;
}

const caughtLook: LineLook = { colour: "var(--tenant-0)", dash: [] };
const falseLook: LineLook = { colour: "var(--tenant-1)", dash: [6, 4] };
const exposedLook: LineLook = { colour: "var(--tenant-3)", dash: [] };

type Along = "traffic" | "errorRate";

const axes = {
  traffic: {
    name: "requests a second",
    of: ({ requestsPerSecond }: RolloutCurvePoint) => requestsPerSecond,
    format: (value: number) => value.toLocaleString("en-US"),
  },
  errorRate: {
    name: "share of requests that the regressed version fails",
    of: ({ errorRate }: RolloutCurvePoint) => errorRate,
    format: sharePercent,
  },
} as const;

/** Power and false rollback, and exposure, along traffic or error rate; `now` is where the controls stand. */
export function rolloutCharts(
  points: readonly RolloutCurvePoint[],
  along: Along,
  now: number,
): readonly RolloutChart[] {
  const { of, name } = axes[along];
  const by = along === "traffic" ? "traffic" : "error rate";
  const caught = points.map((point) => [of(point), point.caught] as const);
  const falsely = points.map((point) => [of(point), point.falseRollback] as const);
  const exposed = points.map((point) => [of(point), point.exposedRequests] as const);
  const count = (value: number) => Math.round(value).toLocaleString("en-US");
  return [
    {
      key: `power-${along}`,
      title: `Caught and falsely rolled back, by ${by}`,
      axis: name,
      lines: [
        { name: "caught", look: caughtLook },
        { name: "healthy one rolled back", look: falseLook },
      ],
      option: option(along, now, chance, [
        lineSeries("caught", caughtLook, caught),
        lineSeries("healthy one rolled back", falseLook, falsely),
      ]),
      words: `${inWords(points, along, ({ caught: share }) => `caught ${chance(share)}`)}`,
    },
    {
      key: `exposure-${along}`,
      title: `Requests exposed until the decision, by ${by}`,
      axis: name,
      lines: [{ name: "answered by the regressed version", look: exposedLook }],
      option: option(along, now, count, [lineSeries("answered by the regressed version", exposedLook, exposed)]),
      words: inWords(points, along, ({ exposedRequests }) => `${count(exposedRequests)} requests`),
    },
  ];
}

function option(along: Along, now: number, format: (value: number) => string, series: readonly object[]) {
  return {
    animation: false,
    grid: chartGrid,
    xAxis: {
      ...chartXAxis,
      type: "log",
      min: "dataMin",
      max: "dataMax",
      axisLabel: { ...chartText, hideOverlap: true, formatter: axes[along].format },
    },
    yAxis: { ...chartYAxis(format), ...(format === chance ? { max: 1, interval: 0.25 } : {}) },
    tooltip: { ...chartTooltip, valueFormatter: (value: unknown) => format(Number(value)) },
    series: [...series, hereLine(now, series)],
  };
}

/** A vertical line where the controls stand. */
function hereLine(now: number, series: readonly object[]): object {
  const most = Math.max(
    0,
    ...series.flatMap((each) => ("data" in each ? (each.data as [number, number][]).map(([, value]) => value) : [])),
  );
  return {
    ...lineSeries(
      "as set",
      { colour: "var(--ink-soft)", dash: [2, 3] },
      [
        [now, 0],
        [now, most],
      ],
      1.2,
    ),
    tooltip: { show: false },
  };
}

/** First, middle and last of the curve. */
function inWords(
  points: readonly RolloutCurvePoint[],
  along: Along,
  say: (point: RolloutCurvePoint) => string,
): string {
  const { of, format } = axes[along];
  const unit = along === "traffic" ? " requests/s" : " errors";
  return [points[0], points[Math.floor(points.length / 2)], points.at(-1)]
    .flatMap((point) => (point === undefined ? [] : [`${say(point)} at ${format(of(point))}${unit}`]))
    .join("; ");
}
