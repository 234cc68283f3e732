import * as z from "zod";
import { AssumptionSchema } from "../schemas/diagnostic-schema.ts";
import { FigureSchema } from "../schemas/figure-schema.ts";

const billPart = z.enum(["tenant", "sharedPlatform", "systemOverhead", "idle", "fees", "unusedCommitment"]);

const BillLineSchema = z.strictObject({
  id: z.string().describe("Id of the line."),
  category: z.string().describe("What is paid for, such as node or osDisk."),
  label: z.string().describe("The line for people."),
  environment: z.string().optional().describe("Environment."),
  cluster: z.string().optional().describe("Cluster."),
  quantity: z.number().describe("How many units."),
  unit: z.string().describe("Unit."),
  unitPrice: z.number().describe("Price of a unit, unrounded."),
  hoursPerMonth: z.number().describe("Hours of a month that are paid."),
  monthlyCost: FigureSchema.describe("Cost of a month."),
});

const AllocationRowSchema = z.strictObject({
  part: billPart.describe("Part of the bill."),
  subject: z.string().describe("Tenant, cluster or service."),
  tenant: z.string().optional().describe("Tenant."),
  application: z.string().optional().describe("Application."),
  environment: z.string().optional().describe("Environment."),
  cluster: z.string().optional().describe("Cluster."),
  workload: z.string().optional().describe("Workload."),
  monthlyCost: z.number().describe("Cost of a month, to the cent."),
});

/** What it costs, priced and shared out. */
export const CostReportSchema = z.strictObject({
  currency: z.string().describe("Currency of all money."),
  pricesAsOf: z.string().describe("Date of the prices."),
  monthly: FigureSchema.describe("The bill of a month."),
  partial: z.boolean().describe("True when something has no price."),
  parts: z
    .strictObject({
      tenant: z.number().describe("What tenants cause."),
      sharedPlatform: z.number().describe("What all share."),
      systemOverhead: z.number().describe("What the system takes of nodes."),
      idle: z.number().describe("What is paid and not requested."),
      fees: z.number().describe("Fees."),
      unusedCommitment: z.number().describe("Commitments that are paid and not used."),
    })
    .describe("Parts of the bill; they add up to the likely bill."),
  lines: z.array(BillLineSchema).describe("Lines of the bill."),
  allocation: z.array(AllocationRowSchema).describe("Whom the bill belongs to."),
  unpriced: z
    .array(
      z.strictObject({
        id: z.string().describe("Id of the thing."),
        label: z.string().describe("The thing for people."),
        reason: z.string().describe("Why it has no price."),
        hint: z.string().describe("What would give it one."),
      }),
    )
    .describe("What costs money and has no price."),
  assumptions: z.array(AssumptionSchema).describe("Assumptions of the bill."),
});
