import * as z from "zod";
import { OPENSLO_API_VERSION, openSloDuration, openSloMetadata } from "./open-slo.ts";

const AlertConditionSpec = z.looseObject({
  description: z.string().optional().describe("What is watched."),
  severity: z.string().optional().describe("How urgent it is, such as page or ticket."),
  condition: z
    .looseObject({
      kind: z.string().optional().describe("What is compared; burnrate is read."),
      op: z.enum(["lte", "gte", "lt", "gt"]).optional().describe("Comparison with the threshold; gte when left out."),
      threshold: z.number().describe("Burn rate that the comparison is with."),
      lookbackWindow: openSloDuration.describe("Time that the burn rate is taken over."),
      alertAfter: openSloDuration.optional().describe("How long it must hold before the alert fires."),
    })
    .describe("The comparison."),
});

/** A condition of an alert policy in the standard form of OpenSLO v1. */
export const AlertConditionDocument = z
  .looseObject({
    apiVersion: z.literal(OPENSLO_API_VERSION).describe("Version of the OpenSLO format."),
    kind: z.literal("AlertCondition").describe("Kind of the document."),
    metadata: openSloMetadata("condition"),
    spec: AlertConditionSpec.describe("What is watched."),
  })
  .describe("A condition of an alert policy, as OpenSLO v1 has it.");
export type AlertConditionDocument = z.infer<typeof AlertConditionDocument>;

/** A condition in place: the document without its version. */
const condition = z.looseObject({
  conditionRef: z.string().optional().describe("Name of an AlertCondition document."),
  kind: z.literal("AlertCondition").optional().describe("Kind of a condition in place."),
  metadata: z
    .looseObject({ name: z.string().optional().describe("Its name.") })
    .optional()
    .describe("Its name."),
  spec: AlertConditionSpec.optional().describe("The condition in place."),
});

export const AlertPolicySpec = z.looseObject({
  description: z.string().optional().describe("What the policy is for."),
  conditions: z.array(condition).min(1).describe("When to alert."),
});

/** An alert policy in the standard form of OpenSLO v1, for SLOs that name it. */
export const AlertPolicyDocument = z
  .looseObject({
    apiVersion: z.literal(OPENSLO_API_VERSION).describe("Version of the OpenSLO format."),
    kind: z.literal("AlertPolicy").describe("Kind of the document."),
    metadata: openSloMetadata("policy"),
    spec: AlertPolicySpec.describe("When to alert."),
  })
  .describe("An alert policy, as OpenSLO v1 has it.");
export type AlertPolicyDocument = z.infer<typeof AlertPolicyDocument>;
