import * as z from "zod";
import { documentSchema } from "./document-envelope.ts";
import { percentageText } from "./field-formats.ts";
import { Price } from "./price.ts";

const CloudServiceSpec = z.strictObject({
  service: z
    .string()
    .min(1)
    .describe("Service by its catalog name, such as frontDoor, serviceBus or containerRegistry."),
  tier: z.string().min(1).nullish().describe("Tier or SKU, such as Premium."),
  waf: z.enum(["off", "detection", "prevention"]).optional().describe("Mode of the web application firewall."),
  regions: z
    .union([z.literal("global"), z.array(z.string().min(1))])
    .optional()
    .describe("Regions that it is in, or global."),
  zoneRedundant: z.boolean().optional().describe("True when it survives the loss of a zone."),
  quantity: z.number().positive().optional().describe("How many units are bought; 1 when left out."),
  availability: percentageText.nullish().describe("Availability where it is known, such as 99.99%."),
  price: Price.nullish().describe("Price where the catalog has none."),
});

/** A service of the cloud that the estate leans on. */
export const CloudServiceDocument = documentSchema(
  "CloudService",
  "One cloud service that the estate leans on: tier, regions, redundancy, price.",
  CloudServiceSpec,
);
export type CloudServiceDocument = z.infer<typeof CloudServiceDocument>;
