import * as z from "zod";
import { quantity } from "./field-formats.ts";

/** CPU and memory as Kubernetes quantities. */
export const ComputeQuantities = z.strictObject({
  cpu: quantity.optional().describe('CPU as a Kubernetes quantity, such as 500m or "2".'),
  memory: quantity.optional().describe("Memory as a Kubernetes quantity, such as 512Mi."),
  "ephemeral-storage": quantity.optional().describe("Ephemeral storage as a Kubernetes quantity, such as 2Gi."),
});
export type ComputeQuantities = z.infer<typeof ComputeQuantities>;
