import * as z from "zod";
import { documentSchema } from "./document-envelope.ts";
import { durationText, instantText, timeOfDay, timeZoneName } from "./field-formats.ts";

const factor = z.number().nonnegative();

const shape = z.strictObject({
  base: z.number().nonnegative().describe("Demand at the quietest hour, in the profile's unit."),
  daily: z
    .strictObject({
      peak: z.number().nonnegative().describe("Demand at the day's peak, in the profile's unit."),
      peakAt: timeOfDay.describe("Time of the peak, such as 20:00."),
    })
    .optional()
    .describe("Course of a day."),
  weekly: z
    .strictObject({
      mon: factor.optional().describe("Factor on Mondays."),
      tue: factor.optional().describe("Factor on Tuesdays."),
      wed: factor.optional().describe("Factor on Wednesdays."),
      thu: factor.optional().describe("Factor on Thursdays."),
      fri: factor.optional().describe("Factor on Fridays."),
      sat: factor.optional().describe("Factor on Saturdays."),
      sun: factor.optional().describe("Factor on Sundays."),
    })
    .optional()
    .describe("Course of a week, as factors on the day."),
  noise: z.number().min(0).max(1).optional().describe("Random part, as a share of the demand."),
  timeZone: timeZoneName.optional().describe("IANA time zone of the shape; UTC when left out."),
});

const series = z.strictObject({
  file: z.string().min(1).describe("CSV file, relative to this document."),
  timeColumn: z.string().min(1).optional().describe("Column that holds the time."),
  valueColumn: z.string().min(1).optional().describe("Column that holds the demand."),
  scale: z.number().positive().optional().describe("Factor on every value."),
  start: instantText.optional().describe("Instant of the first row where the time column is relative."),
  gaps: z.enum(["hold", "zero", "interpolate"]).optional().describe("What missing rows mean."),
});

const event = z.strictObject({
  name: z.string().min(1).describe("Name of the event, such as black-friday."),
  start: instantText.describe("When it starts, with its zone."),
  duration: durationText.describe("How long it lasts, as a duration."),
  factor: factor.describe("Factor on the demand while it lasts."),
});

const LoadProfileSpec = z.strictObject({
  unit: z.string().min(1).optional().describe("Unit of the demand, such as requestsPerSecond."),
  shape: shape.optional().describe("Demand as a shape; instead of series."),
  series: series.optional().describe("Demand as measured; instead of shape."),
  events: z.array(event).optional().describe("Campaigns and other events on top."),
});

/** Demand over time. */
export const LoadProfileDocument = documentSchema(
  "LoadProfile",
  "Demand over time: a shape or a series, with events such as campaigns.",
  LoadProfileSpec,
);
export type LoadProfileDocument = z.infer<typeof LoadProfileDocument>;
