import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { seriesShorter } from "../../estate/diagnostics/load-diagnostics.ts";
import type { LoadProfile } from "../../estate/model/estate.ts";
import { type Demand, peakOf, scaled, windowAroundPeak, windowOf } from "../../scheduling/clock/demand/demand.ts";
import { readSeries, type SeriesOptions } from "../../scheduling/clock/demand/read-series.ts";
import { shapeDemand, shapePeak } from "../../scheduling/clock/demand/shape-demand.ts";
import { profileEvents, profileSeries, profileShape } from "../../scheduling/clock/from-estate/estate-demand.ts";
import { seededDraws } from "../../scheduling/kube-scheduler/tie-breaker.ts";

/** A measured series with how to read it. */
export interface SeriesInput {
  readonly text: string;
  readonly options: Omit<SeriesOptions, "scale">;
  /** Undefined: to the peak of the profile. */
  readonly scale: number | undefined;
}

export interface DemandRequest {
  readonly profile: LoadProfile | undefined;
  readonly series: SeriesInput | undefined;
  /** Text of a file that a profile names. */
  readonly textOf: (profile: LoadProfile, file: string) => string | undefined;
  readonly days: number;
  /** Seconds since 1970; undefined: so that the peak is inside. */
  readonly startSeconds: number | undefined;
  /** Where a shape without events begins, in seconds since 1970. */
  readonly todaySeconds: number;
  readonly seed: number;
}

export interface DemandReading {
  readonly demand: Demand | undefined;
  readonly source: string;
  readonly scale: number;
  readonly diagnostics: readonly Diagnostic[];
}

const secondsPerDay = 86_400;

/** The demand to simulate: of a series, brought to the size of the profile, or of the profile itself. */
export function demandFor(request: DemandRequest): DemandReading {
  const { profile, series } = request;
  if (series !== undefined) return fromSeries(series, request);
  if (profile === undefined) return { demand: undefined, source: "", scale: 1, diagnostics: [] };
  const declared = profileSeries(profile);
  const text = declared === undefined ? undefined : request.textOf(profile, declared.file);
  if (declared !== undefined && text !== undefined) {
    return fromSeries({ text, options: declared, scale: declared.scale }, request);
  }
  return fromShape(profile, request);
}

function fromSeries(series: SeriesInput, { profile, days, startSeconds }: DemandRequest): DemandReading {
  const { source } = series.options;
  const { demand: whole, diagnostics } = readSeries(series.text, { ...series.options, scale: 1 });
  if (whole === undefined) return { demand: undefined, source, scale: 1, diagnostics };
  const asked = days * secondsPerDay;
  const part =
    startSeconds === undefined
      ? windowAroundPeak(whole, asked)
      : windowOf(whole, startSeconds - whole.startSeconds, asked);
  const covered = Math.round((part.durationSeconds / secondsPerDay) * 100) / 100;
  const shorter = part.durationSeconds < asked ? [diagnose(seriesShorter, { source, days: covered, asked: days })] : [];
  const scale = series.scale ?? scaleToProfile(profile, part);
  return { demand: scaled(part, scale), source, scale, diagnostics: [...diagnostics, ...shorter] };
}

/** Brings the highest value to the highest demand of the profile; leaves it where there is no profile. */
function scaleToProfile(profile: LoadProfile | undefined, demand: Demand): number {
  const shape = profile === undefined ? undefined : profileShape(profile);
  const peak = peakOf(demand).rate;
  if (profile === undefined || shape === undefined || peak === 0) return 1;
  return shapePeak(shape, profileEvents(profile)) / peak;
}

function fromShape(profile: LoadProfile, { days, startSeconds, todaySeconds, seed }: DemandRequest): DemandReading {
  const source = `LoadProfile/${profile.name}`;
  const shape = profileShape(profile);
  if (shape === undefined) return { demand: undefined, source, scale: 1, diagnostics: [] };
  const events = profileEvents(profile);
  const [largest] = events.toSorted((left, right) => right.factor - left.factor);
  const durationSeconds = days * secondsPerDay;
  const middle = largest === undefined ? undefined : largest.startSeconds + largest.durationSeconds / 2;
  const byEvent = middle === undefined ? todaySeconds : middle - durationSeconds / 2;
  const start = Math.floor((startSeconds ?? byEvent) / 3600) * 3600;
  const demand = shapeDemand(shape, events, { startSeconds: start, durationSeconds }, seededDraws(seed));
  return { demand, source, scale: 1, diagnostics: [] };
}
