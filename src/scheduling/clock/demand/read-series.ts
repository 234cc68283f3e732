import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import {
  seriesColumnMissing,
  seriesCut,
  seriesDuplicateTimes,
  seriesEmpty,
  seriesGaps,
  seriesRowsRefused,
  seriesUnordered,
} from "../../../estate/diagnostics/load-diagnostics.ts";
import type { Demand } from "./demand.ts";
import { readTime, splitRow } from "./series-row.ts";

/** What missing rows mean: the last value goes on, nothing came, or a line between the neighbours. */
type GapFilling = "hold" | "zero" | "interpolate";

export interface SeriesOptions {
  /** What the text is called in diagnostics. */
  readonly source: string;
  /** Undefined: the first column. */
  readonly timeColumn: string | undefined;
  /** Undefined: the last column. */
  readonly valueColumn: string | undefined;
  /** Factor on every value, which turns it into units a second. */
  readonly scale: number;
  /** Instant of the first row where times are relative, in seconds since 1970. */
  readonly startSeconds: number | undefined;
  readonly gaps: GapFilling;
}

export interface SeriesReading {
  /** Undefined when nothing of it could be used. */
  readonly demand: Demand | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

interface Sample {
  readonly seconds: number;
  readonly value: number;
}

/** Rows beyond which a series is cut: five years of minutes. */
const mostRows = 2_700_000;
/** A distance between rows that is longer than the usual one by more than half counts as a gap. */
const gapFactor = 1.5;
const mostFilledSteps = 1_000_000;

/**
 * Reads demand from CSV text: a header, then a time and a value a row; times are instants (UTC where no zone is written)
 * or seconds from the start. Rows out of order are sorted, of rows with one time the last one counts, gaps are filled as
 * asked; each of it is diagnosed.
 */
export function readSeries(text: string, options: SeriesOptions): SeriesReading {
  const diagnostics: Diagnostic[] = [];
  const samples = readSamples(text, options, diagnostics);
  if (samples === undefined) return { demand: undefined, diagnostics };
  if (samples.length < 2) {
    diagnostics.push(diagnose(seriesEmpty, { source: options.source, rows: samples.length }));
    return { demand: undefined, diagnostics };
  }
  const ordered = inOrder(samples, options.source, diagnostics);
  return { demand: toDemand(ordered, options, diagnostics), diagnostics };
}

function readSamples(text: string, options: SeriesOptions, diagnostics: Diagnostic[]): Sample[] | undefined {
  const { source, timeColumn, valueColumn, scale, startSeconds } = options;
  const lines = text.split("\n");
  const header = splitRow((lines[0] ?? "").replace(/^\uFEFF/, ""));
  const timeIndex = timeColumn === undefined ? 0 : header.indexOf(timeColumn);
  const valueIndex = valueColumn === undefined ? header.length - 1 : header.indexOf(valueColumn);
  const missing = timeIndex < 0 ? timeColumn : valueIndex < 0 ? valueColumn : undefined;
  if (missing !== undefined || header.length < 2) {
    diagnostics.push(diagnose(seriesColumnMissing, { source, column: missing ?? "value", columns: header }));
    return undefined;
  }
  const samples: Sample[] = [];
  let refused = 0;
  let firstRefused = 0;
  for (let index = 1; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    if (line.trim() === "") continue;
    if (samples.length >= mostRows) {
      diagnostics.push(diagnose(seriesCut, { source, rows: mostRows }));
      break;
    }
    const cells = splitRow(line);
    const seconds = readTime(cells[timeIndex] ?? "", startSeconds ?? 0);
    const written = cells[valueIndex] ?? "";
    const value = written === "" ? Number.NaN : Number(written) * scale;
    if (seconds !== undefined && Number.isFinite(value) && value >= 0) samples.push({ seconds, value });
    else {
      refused += 1;
      if (firstRefused === 0) firstRefused = index + 1;
    }
  }
  if (refused > 0) diagnostics.push(diagnose(seriesRowsRefused, { source, rows: refused, line: firstRefused }));
  return samples;
}

function inOrder(samples: readonly Sample[], source: string, diagnostics: Diagnostic[]): readonly Sample[] {
  const unordered = samples.filter(({ seconds }, index) => seconds < (samples[index - 1]?.seconds ?? seconds)).length;
  if (unordered > 0) diagnostics.push(diagnose(seriesUnordered, { source, rows: unordered }));
  const sorted = unordered > 0 ? samples.toSorted((left, right) => left.seconds - right.seconds) : samples;
  const unique = sorted.filter(({ seconds }, index) => seconds !== sorted[index + 1]?.seconds);
  const duplicates = sorted.length - unique.length;
  if (duplicates > 0) diagnostics.push(diagnose(seriesDuplicateTimes, { source, rows: duplicates }));
  return unique;
}

function toDemand(samples: readonly Sample[], { source, gaps }: SeriesOptions, diagnostics: Diagnostic[]): Demand {
  const start = samples[0]?.seconds ?? 0;
  const step = usualStep(samples);
  const times: number[] = [];
  const rates: number[] = [];
  let filled = 0;
  let steps = 0;
  for (const [index, { seconds, value }] of samples.entries()) {
    times.push(seconds - start);
    rates.push(value);
    const next = samples[index + 1];
    if (next === undefined || next.seconds - seconds <= step * gapFactor) continue;
    filled += 1;
    if (gaps === "hold") continue;
    const missing = Math.ceil((next.seconds - seconds) / step) - 1;
    if (gaps === "zero" || steps + missing > mostFilledSteps) {
      times.push(seconds + step - start);
      rates.push(gaps === "zero" ? 0 : (value + next.value) / 2);
      continue;
    }
    for (let position = 1; position <= missing; position += 1) {
      times.push(seconds + position * step - start);
      rates.push(value + ((next.value - value) * position * step) / (next.seconds - seconds));
    }
    steps += missing;
  }
  if (filled > 0) diagnostics.push(diagnose(seriesGaps, { source, gaps: filled, filling: gaps }));
  const durationSeconds = (samples.at(-1)?.seconds ?? start) + step - start;
  return { startSeconds: start, durationSeconds, times, rates };
}

/** The median distance between rows. */
function usualStep(samples: readonly Sample[]): number {
  const distances = samples.slice(1).map(({ seconds }, index) => seconds - (samples[index]?.seconds ?? seconds));
  return distances.toSorted((left, right) => left - right)[Math.floor(distances.length / 2)] ?? 60;
}
