import * as z from "zod";
import { type TenancyLayer, tenancyLayerNames, tenancyLayers } from "../model/tenancy-layer.ts";
import { exemption } from "./audit-settings.ts";
import { ComputeQuantities } from "./compute-quantities.ts";
import { documentSchema } from "./document-envelope.ts";
import { money, namespaceName } from "./field-formats.ts";

const sharing = z.enum(["separate", "bounded", "shared"]);

type AcceptedLayers = { [layer in TenancyLayer]: z.ZodOptional<typeof sharing> };

const accepts = z.strictObject(
  Object.fromEntries(
    tenancyLayerNames.map((layer) => [layer, sharing.optional().describe(`Wanted for the ${tenancyLayers[layer]}.`)]),
  ) as AcceptedLayers,
);

const owner = z.strictObject({
  entraGroup: z.string().min(1).optional().describe("Name or object id of a Microsoft Entra group."),
  user: z.string().min(1).optional().describe("Name of a person."),
  email: z.string().min(1).optional().describe("Mail address to reach the owners."),
});

const TenantSpec = z.strictObject({
  owners: z.array(owner).optional().describe("Who owns the tenant."),
  namespaces: z.array(namespaceName).optional().describe("Namespaces that it owns, besides those of its Applications."),
  classification: z.string().min(1).optional().describe("Class of its data, one of the Estate's classifications."),
  trust: z
    .enum(["team", "internal", "external", "hostile"])
    .optional()
    .describe("How far it is trusted; decides what it may share with others."),
  accepts: accepts
    .optional()
    .describe("What it accepts to share, layer by layer; defaults follow classification and trust."),
  quota: ComputeQuantities.optional().describe("What all its pods together may ask for."),
  budget: z
    .strictObject({ monthlyCost: money.describe("Budget of a month, in the estate's currency.") })
    .optional()
    .describe("What it may cost."),
  exemptions: z.array(exemption).optional().describe("Audit rules that are not held against it, for a time."),
});

/** Who owns namespaces, how far they are trusted, what they accept to share. */
export const TenantDocument = documentSchema(
  "Tenant",
  "One tenant: owners, namespaces, classification, trust, what it accepts to share, quota, budget, exemptions.",
  TenantSpec.optional(),
);
export type TenantDocument = z.infer<typeof TenantDocument>;
