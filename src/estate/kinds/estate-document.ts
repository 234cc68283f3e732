import * as z from "zod";
import { auditSettings } from "./audit-settings.ts";
import { documentSchema } from "./document-envelope.ts";
import {
  cidrText,
  dateText,
  durationText,
  money,
  percentageText,
  resourceName,
  timeZoneName,
  weeklyWindow,
} from "./field-formats.ts";

const exchangeRate = z.strictObject({
  perUsd: z.number().positive().describe("Units of the currency for one US dollar."),
  asOf: dateText.optional().describe("Day on which the rate held, YYYY-MM-DD."),
});

const region = z.strictObject({
  name: z.string().min(1).describe("Azure region name, such as westeurope."),
  zones: z.array(z.string()).optional().describe('Availability zones in use, such as ["1", "2", "3"]; empty: none.'),
});

const environment = z.strictObject({
  name: resourceName.describe("Name of the environment, such as prod."),
  criticality: z
    .enum(["low", "medium", "high"])
    .optional()
    .describe("How much an outage hurts; the severity of findings follows it."),
  hours: weeklyWindow
    .optional()
    .describe("When it runs: always, or days and hours such as Mon-Fri 07:00-19:00; outside them it may be off."),
  timeZone: timeZoneName.optional().describe("IANA time zone of the hours, such as Europe/Copenhagen."),
});

const network = z.strictObject({
  name: resourceName.describe("Name of the virtual network."),
  region: z.string().optional().describe("Azure region that it lies in."),
  zone: z.string().optional().describe("Network zone; a zone carries a classification."),
  addressSpace: z.array(cidrText).optional().describe("Address ranges of the network in CIDR form."),
  subnets: z
    .array(
      z.strictObject({
        name: z.string().min(1).describe("Name of the subnet."),
        prefix: cidrText.describe("Address range of the subnet, inside the address space."),
      }),
    )
    .optional()
    .describe("Subnets of the network."),
  egress: z
    .strictObject({
      type: z
        .enum(["firewall", "natGateway", "loadBalancer", "none"])
        .optional()
        .describe("What traffic to the outside passes through."),
      allowedFqdns: z.array(z.string().min(1)).optional().describe("Host names that may be reached; * is a wildcard."),
    })
    .optional()
    .describe("The way out of the network."),
});

const delivery = z.strictObject({
  agent: z.enum(["flux", "argocd"]).optional().describe("GitOps controller that applies the repository."),
  packaging: z.enum(["kustomize", "helm"]).optional().describe("How manifests are packaged."),
  cloudTarget: z
    .enum(["bicep", "terraform", "pulumi", "serviceOperator", "crossplane"])
    .optional()
    .describe("What creates the cloud resources."),
});

const termYears = z.literal([1, 3]).describe("Term in years: 1 or 3.");

const commercial = z.strictObject({
  discounts: z
    .array(
      z.strictObject({
        service: z.string().min(1).describe("Service the discount is on, such as virtualMachines."),
        percent: z.number().min(0).max(100).describe("Discount on the list price in percent, such as 12."),
      }),
    )
    .optional()
    .describe("Negotiated discounts on list prices."),
  reservations: z
    .array(
      z.strictObject({
        vmSize: z.string().min(1).describe("Reserved virtual machine size, such as Standard_D4s_v5."),
        region: z.string().min(1).describe("Azure region of the reservation."),
        quantity: z.int().positive().describe("Number of reserved instances."),
        termYears,
        until: dateText.optional().describe("Last day of the reservation, YYYY-MM-DD."),
      }),
    )
    .optional()
    .describe("Reserved instances that are already bought."),
  savingsPlans: z
    .array(
      z.strictObject({
        hourlyCommitment: z.number().positive().describe("Committed spend an hour, in the estate's currency."),
        termYears,
        until: dateText.optional().describe("Last day of the plan, YYYY-MM-DD."),
      }),
    )
    .optional()
    .describe("Compute savings plans that are already bought."),
  operatorHourCost: money
    .optional()
    .describe("Cost of one hour of an operator's work, in the estate's currency; prices what people do."),
});

const EstateSpec = z.strictObject({
  complete: z
    .boolean()
    .optional()
    .describe(
      "True when everything is declared, so that absence can be proven; false leaves rules about absence open.",
    ),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, { error: "a currency code of three capital letters, such as EUR" })
    .optional()
    .describe("Currency of all declared money and of the reports, ISO 4217; USD when left out."),
  exchangeRates: z
    .record(z.string(), exchangeRate)
    .optional()
    .describe("Exchange rates by currency code; catalog prices are in US dollars."),
  classifications: z.array(z.string().min(1)).optional().describe("Classes of data in rising order."),
  regions: z.array(region).optional().describe("Azure regions that the estate uses."),
  environments: z.array(environment).optional().describe("Environments in order of promotion."),
  networks: z.array(network).optional().describe("Virtual networks between the clusters and the world."),
  delivery: delivery.optional().describe("How changes reach the clusters."),
  commercial: commercial.optional().describe("Discounts, commitments and the price of people's time."),
  audit: auditSettings.optional().describe("How the estate is audited: profile, rules, exemptions."),
  failureModel: z
    .record(z.string(), z.union([z.number(), percentageText, durationText]))
    .optional()
    .describe(
      "Rates, repair times and shares of the failure model that replace an assumption, by the assumption's name.",
    ),
});

/** Currency, regions, environments, networks and terms that hold for everything. */
export const EstateDocument = documentSchema(
  "Estate",
  "What holds for the whole estate: currency, regions, environments, networks, commercial terms.",
  EstateSpec.optional(),
);
export type EstateDocument = z.infer<typeof EstateDocument>;
