import { asList, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { LoadProfile } from "../../../estate/model/estate.ts";
import { parseDuration } from "../../../estate/quantities/duration.ts";
import type { SeriesOptions } from "../demand/read-series.ts";
import type { DemandEvent, DemandShape } from "../demand/shape-demand.ts";

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** The shape of a load profile; undefined when it has none. */
export function profileShape({ spec }: LoadProfile): DemandShape | undefined {
  if (typeof spec.shape !== "object" || spec.shape === null) return undefined;
  const { base, daily, weekly, noise, timeZone } = asObject(spec.shape);
  const { peak, peakAt } = asObject(daily);
  const [hours = 0, minutes = 0] = (asText(peakAt) ?? "").split(":").map(Number);
  return {
    base: numberOf(base, 0),
    daily: typeof peak === "number" ? { peak, peakMinute: hours * 60 + minutes } : undefined,
    weekly: weekdays.map((day) => numberOf(asObject(weekly)[day], 1)),
    noise: numberOf(noise, 0),
    timeZone: asText(timeZone) ?? "UTC",
  };
}

/** Events of a load profile in the order of the document. */
export function profileEvents({ spec }: LoadProfile): readonly DemandEvent[] {
  return asList(spec.events).flatMap((value) => {
    const { name, start, duration, factor } = asObject(value);
    const startSeconds = Date.parse(asText(start) ?? "") / 1000;
    const durationSeconds = parseDuration(asText(duration) ?? "");
    if (Number.isNaN(startSeconds) || durationSeconds === undefined) return [];
    return [{ name: asText(name) ?? "", startSeconds, durationSeconds, factor: numberOf(factor, 1) }];
  });
}

/** How the series of a load profile is read; undefined when it has none. */
export function profileSeries({ spec }: LoadProfile): (SeriesOptions & { readonly file: string }) | undefined {
  if (typeof spec.series !== "object" || spec.series === null) return undefined;
  const { file, timeColumn, valueColumn, scale, start, gaps } = asObject(spec.series);
  const path = asText(file) ?? "";
  const startMilliseconds = Date.parse(asText(start) ?? "");
  return {
    file: path,
    source: path,
    timeColumn: asText(timeColumn),
    valueColumn: asText(valueColumn),
    scale: numberOf(scale, 1),
    startSeconds: Number.isNaN(startMilliseconds) ? undefined : startMilliseconds / 1000,
    gaps: gaps === "zero" || gaps === "interpolate" ? gaps : "hold",
  };
}

function numberOf(value: unknown, byDefault: number): number {
  return typeof value === "number" && Number.isFinite(value) ? value : byDefault;
}
