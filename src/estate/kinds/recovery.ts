import * as z from "zod";
import { durationText } from "./field-formats.ts";

/** Recovery time and recovery point objective for one scope of failure. */
const RecoveryTarget = z.strictObject({
  rto: durationText.optional().describe("Recovery time objective: longest time out of service, as a duration."),
  rpo: durationText
    .optional()
    .describe("Recovery point objective: longest span of data that may be lost, as a duration."),
});

/** Recovery objectives by the scope that fails. */
export const Recovery = z.strictObject({
  node: RecoveryTarget.optional().describe("When a node fails."),
  zone: RecoveryTarget.optional().describe("When an availability zone fails."),
  region: RecoveryTarget.optional().describe("When a region fails."),
  operatorError: RecoveryTarget.optional().describe("When an operator or a release destroys data."),
});
export type Recovery = z.infer<typeof Recovery>;
