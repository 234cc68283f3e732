import * as z from "zod";

/** `apiVersion` of the OpenSLO documents that are read. */
export const OPENSLO_API_VERSION = "openslo/v1";

/**
 * Label of an SLO that says what it is about: `requests`, or `latency`, `queue` and `saturation`, which say nothing of
 * whether a journey can be used at all. Without it an SLO is one of requests.
 */
export const indicatorLabel = "scantling/indicator";

/** Lengths of the OpenSLO duration units in days; a month counts 30, a quarter 90, a year 365. */
const DAYS_PER_UNIT: { readonly [unit: string]: number } = {
  m: 1 / 1440,
  h: 1 / 24,
  d: 1,
  w: 7,
  M: 30,
  Q: 90,
  Y: 365,
};

/** Days of an OpenSLO duration such as `28d`, `4w` or `1M`; undefined when it is none. */
export function openSloDays(text: string): number | undefined {
  const match = /^([1-9]\d{0,5})([mhdwMQY])$/.exec(text);
  const days = match === null ? undefined : DAYS_PER_UNIT[match[2] ?? ""];
  return days === undefined ? undefined : Number(match?.[1]) * days;
}

/** Whole seconds of an OpenSLO duration; undefined when it is none. */
export function openSloSeconds(text: string): number | undefined {
  const days = openSloDays(text);
  return days === undefined ? undefined : Math.round(days * 86_400);
}

export const openSloDuration = z
  .string()
  .regex(/^[1-9]\d{0,5}[mhdwMQY]$/, { error: "an OpenSLO duration such as 5m, 28d, 4w or 1M" });

/** Metadata of an OpenSLO document. */
export function openSloMetadata(what: string) {
  return z
    .looseObject({
      name: z.string().min(1).describe(`Name of the ${what}.`),
      displayName: z.string().optional().describe("Name for people."),
      labels: z.record(z.string(), z.unknown()).optional().describe("Labels."),
      annotations: z.record(z.string(), z.string()).optional().describe("Annotations."),
    })
    .describe(`Name and labels of the ${what}.`);
}
