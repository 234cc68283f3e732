import * as z from "zod";
import { AlertPolicySpec } from "./alert-policy-document.ts";
import { OPENSLO_API_VERSION, openSloDuration, openSloMetadata } from "./open-slo.ts";
import { SliSpec } from "./sli-document.ts";

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
  indicator: z
    .looseObject({
      metadata: z
        .looseObject({ name: z.string().optional().describe("Its name.") })
        .optional()
        .describe("Its name."),
      spec: SliSpec.optional().describe("What is measured."),
    })
    .optional()
    .describe("The SLI, in place."),
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
  alertPolicies: z
    .array(
      z.union([
        z.string(),
        z.looseObject({
          alertPolicyRef: z.string().optional().describe("Name of an AlertPolicy document."),
          metadata: z
            .looseObject({ name: z.string().optional().describe("Its name.") })
            .optional()
            .describe("Its name."),
          spec: AlertPolicySpec.optional().describe("The policy in place."),
        }),
      ]),
    )
    .optional()
    .describe("Alert policies, by name or in place."),
});

/** A service level objective in the standard form of OpenSLO v1. Fields beyond the standard are kept. */
export const SloDocument = z
  .looseObject({
    apiVersion: z.literal(OPENSLO_API_VERSION).describe("Version of the OpenSLO format."),
    kind: z.literal("SLO").describe("Kind of the document."),
    metadata: openSloMetadata("objective"),
    spec: SloSpec.describe("Service, indicator, window and objectives."),
  })
  .describe("A service level objective, as OpenSLO v1 has it.");
export type SloDocument = z.infer<typeof SloDocument>;
