import type { EChartsCoreOption } from "echarts/core";
import type { FrontPoint } from "../../../src/operations/planning/plan-report.ts";
import { chartGrid, chartText, chartTooltip, chartXAxis, type LineLook, lineSeries } from "../charts/chart-look.ts";

/** A point with both of its measures known. */
type DrawnPoint = FrontPoint & { readonly downtimeMinutes: number };

export const frontLook: LineLook = { colour: "var(--tenant-0)", dash: [] };

export function drawnPoints(front: readonly FrontPoint[]): readonly DrawnPoint[] {
  return front.filter((point): point is DrawnPoint => point.downtimeMinutes !== undefined);
}

/** The recommended point has a shape of its own, dominated points are hollow, the chosen one has a ring. */
export function frontOption(
  front: readonly FrontPoint[],
  chosen: string,
  money: (amount: number) => string,
): EChartsCoreOption {
  const points = drawnPoints(front);
  const edge = points
    .filter(({ isOnFront }) => isOnFront)
    .map((point) => [point.monthly, point.downtimeMinutes] as const);
  return {
    animation: false,
    grid: { ...chartGrid, right: 28, top: 18, bottom: 8 },
    xAxis: {
      ...chartXAxis,
      type: "value",
      scale: true,
      boundaryGap: ["8%", "8%"],
      axisLabel: { ...chartText, hideOverlap: true, formatter: money },
    },
    yAxis: {
      type: "value",
      scale: true,
      boundaryGap: ["12%", "12%"],
      splitNumber: 4,
      splitLine: { lineStyle: { color: "var(--line)" } },
      axisLabel: { ...chartText, formatter: (minutes: number) => minutes.toLocaleString("en-US") },
    },
    tooltip: {
      ...chartTooltip,
      trigger: "item",
      formatter: ({ dataIndex }: { readonly dataIndex: number }) => {
        const point = points[dataIndex];
        return point === undefined ? "" : `${point.label}<br>${pointWords(point, money)}`;
      },
    },
    series: [
      { ...lineSeries("Front", frontLook, edge, 1.6), step: "end", z: 1 },
      {
        type: "scatter",
        name: "Structures",
        z: 3,
        data: points.map((point) => ({
          name: point.id,
          value: [point.monthly, point.downtimeMinutes],
          symbol: point.isRecommended ? "diamond" : "circle",
          symbolSize: point.isRecommended ? 19 : 13,
          itemStyle: {
            color: point.isOnFront || point.isRecommended ? frontLook.colour : "var(--surface)",
            borderColor: point.id === chosen ? "var(--ink)" : frontLook.colour,
            borderWidth: point.id === chosen ? 3 : 1.6,
          },
        })),
        label: {
          show: true,
          position: "top",
          distance: 7,
          ...chartText,
          color: "var(--ink)",
          formatter: ({ dataIndex }: { readonly dataIndex: number }) =>
            points[dataIndex]?.isRecommended === true ? "Recommended" : "",
        },
        cursor: "pointer",
      },
    ],
  };
}

/** Money and minutes of one structure. */
export function pointWords({ monthly, downtimeMinutes }: FrontPoint, money: (amount: number) => string): string {
  const down = downtimeMinutes === undefined ? "downtime not known" : `${minutesWords(downtimeMinutes)} down`;
  return `${money(monthly)} a month, ${down}`;
}

/** Minutes of a month, summed over journeys. */
export function minutesWords(minutes: number): string {
  const digits = minutes >= 100 ? 0 : minutes >= 1 ? 1 : 3;
  return `${minutes.toLocaleString("en-US", { maximumFractionDigits: digits })} min`;
}

/** The drawing in words. */
export function frontWords(front: readonly FrontPoint[], money: (amount: number) => string): string {
  return front.map((point) => `${point.label}: ${pointWords(point, money)}`).join("; ");
}
