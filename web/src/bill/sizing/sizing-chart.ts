import type { EChartsCoreOption } from "echarts/core";
import type { CostRightSizing } from "../../../../src/operations/cost/rightsize-report.ts";
import {
  chartGrid,
  chartText,
  chartTooltip,
  chartXAxis,
  chartYAxis,
  type LineLook,
  lineSeries,
} from "../../charts/chart-look.ts";

export type SizedPool = CostRightSizing["nodePools"][number];
export type SizePoint = SizedPool["curve"][number];
export type ReplicaSweep = NonNullable<CostRightSizing["replicas"]>;

/** Money against what is there now: below zero is cheaper. */
type Money = (amount: number) => string;

const cheapestLook: LineLook = { colour: "var(--tenant-0)", dash: [] };

/** Names in the key of the curve of sizes. */
export const sizeLines = [{ name: "Cheapest size with as many vCPU", look: cheapestLook }] as const;

/** The cheapest size for each number of vCPU: the curve from many small nodes to few large ones. */
function cheapestBySize(points: readonly SizePoint[]): readonly SizePoint[] {
  const open = points.filter(
    ({ unplacedPods }) => unplacedPods === Math.min(...points.map((each) => each.unplacedPods)),
  );
  const cheapest = new Map<number, SizePoint>();
  for (const point of open) {
    const known = cheapest.get(point.vcpu);
    if (known === undefined || point.difference < known.difference) cheapest.set(point.vcpu, point);
  }
  return [...cheapest.values()].toSorted((left, right) => left.vcpu - right.vcpu);
}

/** Node sizes whose cheapest adds more than this share of what the pool costs are left to the table. */
const mostDrawn = 1.5;

/** The sizes that are worth a look beside one another: those with as many vCPU as a size that is not far dearer. */
export function drawnSizes({ curve, own, advised }: SizedPool): readonly SizePoint[] {
  const most = mostDrawn * (own?.monthly ?? Number.POSITIVE_INFINITY);
  const near = new Set(cheapestBySize(curve).flatMap(({ vcpu, difference }) => (difference <= most ? [vcpu] : [])));
  return curve.filter(
    (point) => point === own || point === advised || (near.has(point.vcpu) && point.difference <= most),
  );
}

/** Sizes of a pool by vCPU of a node and by money a month against its own size. */
export function sizeOption(pool: SizedPool, money: Money): EChartsCoreOption {
  const { own, advised } = pool;
  const curve = drawnSizes(pool);
  const counts = [...new Set(curve.map(({ vcpu }) => vcpu))].toSorted((left, right) => left - right).map(String);
  const dot = (point: SizePoint) => [String(point.vcpu), point.difference, shortSize(point.vmSize)];
  const marked = (name: string, point: SizePoint | undefined, symbol: string, colour: string) => ({
    type: "scatter",
    name,
    symbol,
    symbolSize: 15,
    z: 5,
    data: point === undefined ? [] : [dot(point)],
    itemStyle: { color: colour, borderColor: "var(--surface)", borderWidth: 1.5 },
    label: {
      show: true,
      position: "left",
      formatter: name,
      ...chartText,
      color: "var(--ink)",
    },
    emphasis: { disabled: true },
  });
  return {
    animation: false,
    grid: { ...chartGrid, right: 24 },
    xAxis: { ...chartXAxis, type: "category", data: counts },
    yAxis: { ...chartYAxis(money), min: undefined },
    tooltip: {
      ...chartTooltip,
      trigger: "item",
      formatter: ({ value }: { readonly value: readonly [string, number, string] }) =>
        `${value[2]}: ${money(value[1])} a month`,
    },
    series: [
      lineSeries(
        "Cheapest",
        cheapestLook,
        cheapestBySize(curve).map(({ vcpu, difference }) => [String(vcpu), difference] as const),
      ),
      {
        type: "scatter",
        name: "Size",
        symbol: "circle",
        symbolSize: 8,
        data: curve.filter((point) => point !== own && point !== advised).map(dot),
        itemStyle: { color: "var(--surface)", borderColor: "var(--ink-soft)", borderWidth: 1.5 },
        emphasis: { disabled: true },
      },
      marked("now", own, "rect", "var(--ink-soft)"),
      marked("advised", advised, "diamond", "var(--good)"),
    ],
  };
}

/** The curve in words. */
export function sizeWords(pool: SizedPool, money: Money): string {
  const { curve, own, advised, reason } = pool;
  const far = curve.length - drawnSizes(pool).length;
  const now = own === undefined ? "its own size cannot be placed" : `now ${own.nodes} × ${shortSize(own.vmSize)}`;
  const advice =
    advised === undefined
      ? (reason ?? "nothing is advised")
      : `advised ${advised.nodes} × ${shortSize(advised.vmSize)}, ${money(advised.difference)} a month`;
  return `${curve.length} sizes tried${far === 0 ? "" : `, ${far} far dearer in the table only`}; ${now}; ${advice}`;
}

const scaleLooks: readonly LineLook[] = [
  { colour: "var(--tenant-5)", dash: [2, 3] },
  { colour: "var(--tenant-2)", dash: [6, 4] },
  { colour: "var(--tenant-0)", dash: [] },
  { colour: "var(--tenant-1)", dash: [10, 3, 2, 3] },
  { colour: "var(--tenant-3)", dash: [12, 4] },
];

/** A line for each size of pod, by rising number of replicas. */
export function replicaLines({ points }: ReplicaSweep): readonly {
  readonly name: string;
  readonly look: LineLook;
  readonly points: readonly (readonly [number, number])[];
}[] {
  const placed = points.filter(({ unplacedPods }) => unplacedPods === 0);
  const byScale = Map.groupBy(placed, ({ scale }) => scale);
  return [...byScale.entries()]
    .toSorted(([left], [right]) => left - right)
    .map(([scale, own], index) => ({
      name: scale === 1 ? "Pods as declared" : `Pods ${scale} × as large`,
      look: scaleLooks[index % scaleLooks.length] ?? cheapestLook,
      points: own
        .toSorted((left, right) => left.replicas - right.replicas)
        .map(({ replicas, difference }) => [replicas, difference] as const),
    }));
}

/** Numbers of replicas by money a month against what is declared. */
export function replicaOption(sweep: ReplicaSweep, money: Money): EChartsCoreOption {
  return {
    animation: false,
    grid: chartGrid,
    xAxis: { ...chartXAxis, type: "value", min: 0, minInterval: 1 },
    yAxis: { ...chartYAxis(money), min: undefined },
    tooltip: { ...chartTooltip, valueFormatter: (value: unknown) => `${money(Number(value))} a month` },
    series: replicaLines(sweep).map(({ name, look, points }) => ({
      ...lineSeries(name, look, points),
      showSymbol: true,
      symbolSize: 6,
    })),
  };
}

/** The sweep in words. */
export function replicaWords({ points }: ReplicaSweep, money: Money): string {
  const [best] = points;
  const declared = points.find(({ isDeclared }) => isDeclared);
  if (best === undefined) return "no combination carries the demand";
  const now = declared === undefined ? "" : `declared ${declared.replicas} replicas; `;
  return `${points.length} combinations; ${now}cheapest ${best.replicas} replicas ${best.scale} × as large, ${money(best.difference)} a month`;
}

/** `D4ads_v5`. */
export function shortSize(vmSize: string): string {
  return vmSize.replace("Standard_", "");
}
