import * as z from "zod";
import { OPENSLO_API_VERSION, openSloMetadata } from "./open-slo.ts";

const metric = z.looseObject({
  metricSource: z
    .looseObject({
      metricSourceRef: z.string().optional().describe("Name of a DataSource."),
      type: z.string().optional().describe("Kind of the source, such as Prometheus."),
      spec: z.looseObject({}).optional().describe("The query, in the form of the source; of Prometheus: query."),
    })
    .optional()
    .describe("Where the metric is read."),
});

/** What an SLI measures, in a document of its own or in place in an SLO. */
export const SliSpec = z.looseObject({
  description: z.string().optional().describe("What is measured."),
  thresholdMetric: metric.optional().describe("A metric that objectives compare with their value."),
  ratioMetric: z
    .looseObject({
      counter: z.boolean().optional().describe("True where the metrics are counters that only grow."),
      good: metric.optional().describe("Events that were good."),
      bad: metric.optional().describe("Events that were bad; instead of good."),
      total: metric.optional().describe("All events."),
      raw: metric.optional().describe("The ratio itself; instead of good, bad and total."),
      rawType: z.enum(["success", "failure"]).optional().describe("Whether the ratio is of good or of bad events."),
    })
    .optional()
    .describe("Share of good or bad events."),
});

/** A service level indicator in the standard form of OpenSLO v1, for SLOs that name it. */
export const SliDocument = z
  .looseObject({
    apiVersion: z.literal(OPENSLO_API_VERSION).describe("Version of the OpenSLO format."),
    kind: z.literal("SLI").describe("Kind of the document."),
    metadata: openSloMetadata("indicator"),
    spec: SliSpec.describe("What is measured."),
  })
  .describe("A service level indicator, as OpenSLO v1 has it.");
export type SliDocument = z.infer<typeof SliDocument>;
