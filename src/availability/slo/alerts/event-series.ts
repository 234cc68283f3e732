import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import {
  seriesColumnMissing,
  seriesEmpty,
  seriesRowRefused,
  seriesRowsRefused,
} from "../../../estate/diagnostics/slo-diagnostics.ts";

/** Good and total events of steps of time, in order; counts are scaled to whole numbers. */
export interface EventSeries {
  readonly file: string;
  /** Start of each step, in seconds since 1970 (or since the beginning, where times are relative). */
  readonly startSeconds: readonly number[];
  readonly bad: readonly bigint[];
  readonly total: readonly bigint[];
  /** Counts are of one event in so many. */
  readonly scale: bigint;
  /** Smallest distance between two rows; the length of every step. */
  readonly stepSeconds: number;
}

export interface SeriesReading {
  /** Undefined when not one row can be used. */
  readonly series: EventSeries | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Problems that are named one by one; the others are counted. */
const namedProblems = 5;
const mostDecimals = 6;
const scale = 10n ** BigInt(mostDecimals);

type ColumnName = "time" | "good" | "bad" | "total";
const accepted: { readonly [name in ColumnName]: readonly string[] } = {
  time: ["time", "timestamp", "start"],
  good: ["good", "success", "successes"],
  bad: ["bad", "errors", "failures"],
  total: ["total", "requests", "count"],
};

interface Row {
  readonly startSeconds: number;
  readonly bad: bigint;
  readonly total: bigint;
}

/**
 * Reads a CSV of good (or bad) and total events per step, first row with the names of the columns. Times are seconds,
 * or instants such as 2026-11-01T00:00:00Z. Rows that cannot be, or that go back in time, are reported and left out.
 */
export function readEventSeries(file: string, text: string): SeriesReading {
  const [head = "", ...lines] = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const columns = findColumns(file, head);
  if ("diagnostics" in columns) return { series: undefined, diagnostics: columns.diagnostics };
  const rows: Row[] = [];
  const problems: Diagnostic[] = [];
  lines.forEach((line, index) => {
    if (line.trim() === "") return;
    const row = readRow(line.split(","), columns, rows.at(-1)?.startSeconds);
    if (typeof row === "string") problems.push(diagnose(seriesRowRefused, { file, line: index + 2, problem: row }));
    else rows.push(row);
  });
  const beyond = problems.length - namedProblems;
  const diagnostics = [
    ...problems.slice(0, namedProblems),
    ...(beyond > 0 ? [diagnose(seriesRowsRefused, { file, rows: beyond })] : []),
  ];
  if (rows.length === 0) return { series: undefined, diagnostics: [...diagnostics, diagnose(seriesEmpty, { file })] };
  return { series: seriesOf(file, rows), diagnostics };
}

function seriesOf(file: string, rows: readonly Row[]): EventSeries {
  const startSeconds = rows.map((row) => row.startSeconds);
  const stepSeconds = startSeconds.reduce(
    (least, start, index) => (index === 0 ? least : Math.min(least, start - (startSeconds[index - 1] ?? start))),
    Number.POSITIVE_INFINITY,
  );
  return {
    file,
    startSeconds,
    bad: rows.map(({ bad }) => bad),
    total: rows.map(({ total }) => total),
    scale,
    stepSeconds: Number.isFinite(stepSeconds) ? stepSeconds : 60,
  };
}

interface Columns {
  readonly time: number;
  readonly part: number;
  readonly partIs: "good" | "bad";
  readonly total: number;
}

function findColumns(file: string, head: string): Columns | { readonly diagnostics: readonly Diagnostic[] } {
  const names = head.split(",").map((name) => name.trim().replaceAll('"', "").toLowerCase());
  const find = (column: ColumnName) => names.findIndex((name) => accepted[column].includes(name));
  const good = find("good");
  const columns = {
    time: find("time"),
    part: good === -1 ? find("bad") : good,
    partIs: good === -1 ? ("bad" as const) : ("good" as const),
    total: find("total"),
  };
  const missing: readonly (readonly [column: string, index: number, names: string])[] = [
    ["time", columns.time, "time"],
    ["good or bad events", columns.part, "good or bad"],
    ["events in all", columns.total, "total"],
  ];
  const diagnostics = missing
    .filter(([, index]) => index === -1)
    .map(([column, , name]) => diagnose(seriesColumnMissing, { file, column, accepted: name }));
  return diagnostics.length > 0 ? { diagnostics } : columns;
}

/** The row, or what is wrong with it. */
function readRow(cells: readonly string[], columns: Columns, previous: number | undefined): Row | string {
  const cell = (index: number) => (cells[index] ?? "").trim().replaceAll('"', "");
  const startSeconds = parseInstant(cell(columns.time));
  if (startSeconds === undefined) return `"${cell(columns.time).slice(0, 40)}" is no time`;
  if (previous !== undefined && startSeconds <= previous) return "its time is not after that of the row before";
  const total = parseCount(cell(columns.total));
  if (typeof total === "string") return `its total ${total}`;
  const part = parseCount(cell(columns.part));
  if (typeof part === "string") return `its ${columns.partIs} count ${part}`;
  if (part > total) return `it has more ${columns.partIs} events than events in all`;
  return { startSeconds, total, bad: columns.partIs === "bad" ? part : total - part };
}

function parseInstant(text: string): number | undefined {
  if (/^\d{1,12}(\.\d{1,9})?$/.test(text)) return Number(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text.replace(" ", "T")}${text.length > 10 ? "Z" : ""}`;
  const milliseconds = Date.parse(zoned);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}

/** The count scaled to a whole number, or what is wrong with it. */
function parseCount(text: string): bigint | string {
  if (text.startsWith("-") && Number(text) < 0) return "is negative";
  const match = /^\+?(\d{1,18})(?:\.(\d*))?$/.exec(text);
  if (match !== null) {
    const fraction = (match[2] ?? "").slice(0, mostDecimals).padEnd(mostDecimals, "0");
    return BigInt(match[1] ?? "0") * scale + BigInt(fraction);
  }
  const value = Number(text);
  if (text === "" || !Number.isFinite(value) || value >= 1e18) return `is no number ("${text.slice(0, 40)}")`;
  return BigInt(Math.round(value * 1e6));
}
