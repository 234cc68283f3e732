import * as z from "zod";
import { AssumptionSchema } from "../schemas/diagnostic-schema.ts";

const hours = z.number().nonnegative();
const owner = z.enum(["Microsoft", "team", "platform"]);
const text = z.string();

const CapabilitySchema = z.strictObject({
  id: text.describe("Stable id."),
  name: text.describe("What somebody has to do."),
  rawOwner: owner.describe("Whose it is where a team runs the cluster itself."),
  productOwner: owner.describe("Whose it is on the platform product."),
  leftToTeam: text.describe("What the team still sees to."),
  rawHours: hours.describe("Hours a month on one cluster that a team runs."),
  productHours: hours.describe("Hours a month on one cluster of the platform product."),
});

const ClassSchema = z.strictObject({
  name: text.describe("Name of the class."),
  for: text.describe("What it is for."),
  isolation: text.describe("How pods are kept apart."),
  subnet: text.describe("Subnet."),
  ingress: text.describe("Ingress."),
  egress: text.describe("Egress."),
  keys: text.describe("Keys."),
  policies: text.describe("Policies."),
  applications: z.array(text).describe("Applications of the class."),
});

/** Who owns what, and the hours that it takes. */
export const ResponsibilitySchema = z.strictObject({
  clusters: z.int().nonnegative().describe("Clusters of the plan."),
  capabilities: z.array(CapabilitySchema).describe("Each capability."),
  hours: z
    .strictObject({
      raw: hours.describe("Every cluster run by a team of its own."),
      product: hours.describe("Every cluster on the platform product."),
    })
    .describe("Hours a month for all clusters."),
  monthly: z
    .strictObject({ raw: z.number().describe("Run by teams."), product: z.number().describe("On the product.") })
    .exactOptional()
    .describe("The same in the report's currency; absent: what an hour costs is not declared."),
  classes: z.array(ClassSchema).describe("What each application class carries."),
  assumptions: z.array(AssumptionSchema).describe("What the hours stand on."),
});

/** What a tenant costs a month against what it may cost. */
export const BudgetSchema = z.strictObject({
  tenant: text.describe("Tenant."),
  monthly: z.number().describe("Its own share of the planned bill."),
  budget: z.number().exactOptional().describe("What it may cost; absent: nobody says."),
  over: z.number().exactOptional().describe("What is over the budget; absent without one."),
});
