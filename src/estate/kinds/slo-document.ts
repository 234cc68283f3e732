import * as z from "zod";

/** `apiVersion` of the OpenSLO documents that are read. */
export const OPENSLO_API_VERSION = "openslo/v1";

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

const openSloDuration = z
  .string()
  .regex(/^[1-9]\d{0,5}[mhdwMQY]$/, { error: "an OpenSLO duration such as 5m, 28d, 4w or 1M" });

const timeWindow = z.looseObject({
  duration: openSloDuration.describe(
    "Length of the window: m minutes, h hours, d days, w weeks, M months, Q quarters, Y years.",
  ),
  isRolling: z.boolean().optional().describe("True for a rolling window, false for one aligned with the calendar."),
  calendar: z
    .looseObject({
      startTime: z.string().optional().describe("First instant of the first window, YYYY-MM-DD hh:mm:ss."),
      timeZone: z.string().optional().describe("IANA time zone of the start."),
    })
    .optional()
    .describe("Start of a window aligned with the calendar."),
});

const objective = z.looseObject({
  displayName: z.string().optional().describe("Name for people."),
  op: z.enum(["lte", "gte", "lt", "gt"]).optional().describe("Comparison of a threshold metric with the value."),
  value: z.number().optional().describe("Value that a threshold metric is compared with."),
  target: z.number().min(0).max(1).optional().describe("Share that must be good, as a ratio such as 0.999."),
  targetPercent: z.number().min(0).max(100).optional().describe("Share that must be good, in percent such as 99.9."),
  timeSliceTarget: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe("Share of a slice that must be good for the slice to count."),
  timeSliceWindow: z
    .union([z.string(), z.number()])
    .optional()
    .describe("Length of a slice, as an OpenSLO duration or in minutes."),
  indicatorRef: z.string().optional().describe("Name of the SLI of this objective in a composite SLO."),
  compositeWeight: z.number().optional().describe("Weight of this objective in a composite SLO."),
});

const SloSpec = z.looseObject({
  description: z.string().optional().describe("What the objective is for."),
  service: z.string().min(1).describe("Application or journey that the objective is for."),
  indicator: z.looseObject({}).optional().describe("The SLI, in place."),
  indicatorRef: z.string().optional().describe("Name of an SLI document."),
  timeWindow: z
    .array(timeWindow)
    .max(1)
    .optional()
    .describe("Window of the objective, one at most; 30 days when left out."),
  budgetingMethod: z
    .enum(["Occurrences", "Timeslices", "RatioTimeslices"])
    .optional()
    .describe("Whether events, slices of time, or ratios of slices count."),
  objectives: z.array(objective).min(1).describe("What must be reached."),
  alertPolicies: z.array(z.unknown()).optional().describe("Alert policies, by name or in place."),
});

/** A service level objective in the standard form of OpenSLO v1. Fields beyond the standard are kept. */
export const SloDocument = z
  .looseObject({
    apiVersion: z.literal(OPENSLO_API_VERSION).describe("Version of the OpenSLO format."),
    kind: z.literal("SLO").describe("Kind of the document."),
    metadata: z
      .looseObject({
        name: z.string().min(1).describe("Name of the objective."),
        displayName: z.string().optional().describe("Name for people."),
        labels: z.record(z.string(), z.unknown()).optional().describe("Labels."),
        annotations: z.record(z.string(), z.string()).optional().describe("Annotations."),
      })
      .describe("Name and labels of the objective."),
    spec: SloSpec.describe("Service, indicator, window and objectives."),
  })
  .describe("A service level objective, as OpenSLO v1 has it.");
export type SloDocument = z.infer<typeof SloDocument>;
