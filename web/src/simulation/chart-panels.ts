import type { LoadSimulation, LoadStrategy } from "../../../src/operations/simulation/simulate-load-report.ts";
import { wholeMoney } from "../figures/money.ts";
import { strategyLooks } from "./strategy-look.ts";

/** A line of a chart: instants in milliseconds since 1970, and values. */
export interface ChartLine {
  readonly name: string;
  /** Undefined: the demand, which is the same for all. */
  readonly strategy: LoadStrategy | undefined;
  readonly points: readonly (readonly [number, number])[];
}

/** One quantity over time, a line for each strategy. */
export interface ChartPanel {
  readonly key: "demand" | "replicas" | "nodes" | "pending" | "cost";
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
  /** What the lines show, in words. */
  readonly words: string;
  /** All lines are one level all the time: the words say it all. */
  readonly flat: boolean;
}

type Point = LoadSimulation["strategies"][number]["series"][number];

/** The quantities that are drawn, in reading order. */
export function chartPanels(report: LoadSimulation): readonly ChartPanel[] {
  const unit = unitWords(report.target.unit);
  const demand: ChartLine = { name: "Demand", strategy: undefined, points: [] };
  const first = report.strategies[0]?.series ?? [];
  const start = Date.parse(report.demand.start);
  const asked = {
    ...demand,
    points: first.map(({ seconds, demand: rate }) => [start + seconds * 1000, rate] as const),
  };
  const money = (value: number) => wholeMoney(value, report.currency);
  const lines = (value: (point: Point) => number) => linesOf(report, start, value);
  return [
    panel("demand", `Demand and what is served, ${unit}`, [asked, ...lines(({ served }) => served)], count),
    panel(
      "replicas",
      "Replicas",
      lines(({ replicas }) => replicas),
      count,
    ),
    panel(
      "nodes",
      "Nodes of the cluster",
      lines(({ nodes }) => nodes),
      count,
    ),
    panel(
      "pending",
      "Replicas that wait for a node",
      lines(({ pending }) => pending),
      count,
    ),
    panel("cost", `Cost so far, ${report.currency}`, lines(({ cost }) => cost).map(summedUp), money),
  ];
}

/** `requests a second` of `requestsPerSecond`. */
export function unitWords(unit: string): string {
  const [what = unit, per] = unit.split("Per");
  return per === undefined ? what : `${what} a ${per.toLowerCase()}`;
}

function linesOf(report: LoadSimulation, start: number, value: (point: Point) => number): readonly ChartLine[] {
  return report.strategies.map(({ strategy, series }) => ({
    name: strategyLooks[strategy].label,
    strategy,
    points: series.map((point) => [start + point.seconds * 1000, value(point)] as const),
  }));
}

function summedUp(line: ChartLine): ChartLine {
  let sum = 0;
  return {
    ...line,
    points: line.points.map(([instant, value]) => {
      sum += value;
      return [instant, sum] as const;
    }),
  };
}

function panel(
  key: ChartPanel["key"],
  title: string,
  lines: readonly ChartLine[],
  format: (value: number) => string,
): ChartPanel {
  const levels = new Set(lines.flatMap(({ points }) => points.map(([, value]) => value)));
  const [level] = levels;
  const flat = levels.size === 1;
  const words =
    flat && level !== undefined
      ? `${format(level)} throughout, under every strategy`
      : lines.map((line) => rangeWords(line, format)).join("; ");
  return { key, title, lines, format, words, flat };
}

function rangeWords({ name, points }: ChartLine, format: (value: number) => string): string {
  const values = points.map(([, value]) => value);
  if (values.length === 0) return `${name}: nothing`;
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? `${name} ${format(least)}` : `${name} ${format(least)} to ${format(most)}`;
}

/** Up to three digits, thousands parted. */
function count(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
}
