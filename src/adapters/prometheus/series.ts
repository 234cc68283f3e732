/** A value at a time, in seconds since 1970. */
export type Point = readonly [time: number, value: number];

/** One series of an answer. An instant vector has one point. */
export interface Series {
  readonly labels: { readonly [name: string]: string };
  readonly points: readonly Point[];
}

/** The series of `data` of an answer; undefined where it has not the form of the Prometheus API. */
export function seriesOf(data: unknown): readonly Series[] | undefined {
  if (!isRecord(data) || !Array.isArray(data["result"])) return undefined;
  const series: Series[] = [];
  for (const each of data["result"]) {
    if (!isRecord(each)) return undefined;
    const points = each["values"] ?? (each["value"] === undefined ? undefined : [each["value"]]);
    if (!Array.isArray(points)) return undefined;
    series.push({ labels: labelsOf(each["metric"]), points: points.flatMap(pointOf) });
  }
  return series;
}

function labelsOf(metric: unknown): { readonly [name: string]: string } {
  if (!isRecord(metric)) return {};
  return Object.fromEntries(Object.entries(metric).map(([name, value]) => [name, String(value)]));
}

function pointOf(pair: unknown): readonly Point[] {
  if (!Array.isArray(pair) || pair.length < 2) return [];
  return [[Number(pair[0]), sampleValue(String(pair[1]))]];
}

/** Prometheus writes infinity as `+Inf`; what is no number at all is NaN. */
function sampleValue(text: string): number {
  if (text === "+Inf" || text === "Inf") return Number.POSITIVE_INFINITY;
  return text === "-Inf" ? Number.NEGATIVE_INFINITY : Number(text);
}

export function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
