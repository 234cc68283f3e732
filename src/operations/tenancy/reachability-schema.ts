import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { AssumptionSchema, DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import { FigureSchema, type Matches, PlaceSchema } from "../schemas/figure-schema.ts";
import type { Reachability } from "./reachability.ts";

const count = z.int().nonnegative();
const verdict = z
  .enum(["open", "limited", "denied", "notEvaluable"])
  .describe("open: every port; limited: some; denied: none, proven; notEvaluable: the input does not tell.");
const ports = z.string().describe("Ports that are certainly open, such as TCP 80,443; all; none.");

const ReasonSchema = z
  .strictObject({
    verdict: z.enum(["open", "allowed", "denied", "undecided"]).describe("What the policies of this end say."),
    because: z.string().describe("Why, in words."),
    policy: z.string().optional().describe("Policy that decides."),
    place: PlaceSchema.optional().describe("Rule or policy that decides."),
  })
  .meta({ id: "DirectionReason", description: "What the policies of one end say." });

const witnessFields = {
  from: z.string().describe("Workload that connects."),
  to: z.string().describe("Workload that is connected to."),
  ports,
  undecided: z.string().optional().describe("Ports that may be open besides."),
  egress: ReasonSchema.describe("At the end that connects."),
  ingress: ReasonSchema.describe("At the other end."),
};
const WitnessSchema = z.strictObject(witnessFields).meta({ id: "ConnectionWitness", description: "One connection." });

const EndSchema = z
  .strictObject({
    verdict,
    ports,
    workload: z.string().optional().describe("The workload that reaches, or is reached, most."),
    because: z.string().describe("Why, in words."),
  })
  .meta({ id: "EndReach", description: "Reach beside pods." });

const ClusterSchema = z.strictObject({
  cluster: z.string().describe("Cluster."),
  engine: z.enum(["none", "api-standard", "cilium", "azure", "calico"]).describe("Engine that policies are read by."),
  engineOrigin: z.enum(["declared", "chosen", "assumed"]).describe("Who says so."),
  workloads: count.describe("Workloads on it."),
  classes: count.describe("Groups of workloads that no policy tells apart."),
  policies: count.describe("Policies that the engine enforces."),
});

const TenantConnectionSchema = z.strictObject({
  cluster: z.string().describe("Cluster."),
  from: z.string().describe("Tenant that connects."),
  to: z.string().describe("Tenant that is connected to."),
  verdict,
  ports,
  pairs: z
    .strictObject({
      total: count.describe("Pairs of workloads."),
      open: count.describe("Pairs with an open port."),
      undecided: count.describe("Pairs of which it cannot be told."),
    })
    .describe("Pairs of workloads."),
  witness: WitnessSchema.describe("The widest connection, or the first that is denied."),
  viaWorld: z
    .strictObject({
      from: z.string().describe("Workload that may leave the cluster."),
      to: z.string().describe("Workload behind a public entry point."),
      through: z.string().describe("The entry point."),
      certain: z.boolean().describe("False when the input does not tell."),
    })
    .optional()
    .describe("The way round through the internet."),
});

const TenantEndsSchema = z.strictObject({
  cluster: z.string().describe("Cluster."),
  tenant: z.string().describe("Tenant."),
  world: EndSchema.describe("Out to addresses outside the cluster."),
  exposed: EndSchema.describe("In by a public entry point."),
  node: EndSchema.describe("Out to nodes."),
  apiServer: EndSchema.describe("Out to the API server."),
  imds: EndSchema.describe("Out to the instance metadata service."),
});

const ZoneSchema = z.strictObject({
  target: z.string().describe("Classification that must not be reached."),
  source: z.string().describe("Classification that must not reach it; the lowest stands for the internet too."),
  verdict: z.enum(["proven", "refuted", "notEvaluable"]).describe("Whether the rule holds in one connection."),
  because: z.string().describe("Why, in words."),
  path: z
    .array(
      z.strictObject({
        kind: z
          .enum(["internet", "cloudService", "firewall", "network", "entryPoint", "workload"])
          .describe("Kind of the hop."),
        name: z.string().describe("Its name."),
        because: z.string().optional().describe("Why it is reached from the hop before."),
        place: PlaceSchema.optional().describe("What says so."),
      }),
    )
    .describe("The path that refutes the rule, or may."),
  stepwise: z.array(z.string()).describe("Workloads that would have to be taken over one after the other."),
});

const SchoolSchema = z.strictObject({
  school: z.enum(["zones", "zeroTrust"]).describe("Zones by classification, or zero trust."),
  stoppedPairs: FigureSchema.describe("Open pairs that it would stop."),
  meanReach: FigureSchema.describe("Workloads that one reaches then."),
  setupHours: FigureSchema.describe("Operator hours once."),
  monthlyHours: FigureSchema.describe("Operator hours a month."),
  monthlyCost: FigureSchema.describe("These in money."),
  cpu: FigureSchema.describe("CPU that it takes of the nodes."),
  memory: FigureSchema.describe("Memory that it takes of the nodes."),
  needs: z
    .array(
      z.strictObject({
        what: z.string().describe("What it stands on."),
        met: z.enum(["yes", "no", "unknown"]).describe("Whether the estate has it."),
        because: z.string().describe("What says so."),
      }),
    )
    .describe("What it stands on."),
});

/** Who reaches whom, as `scantling tenancy reachability -o json` prints it. */
export const ReachabilitySchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1").describe("Version of the report's format."),
    kind: z.literal("Reachability").describe("Kind of the report."),
    estate: z.string().describe("Name of the estate."),
    clusters: z.array(ClusterSchema).describe("Clusters that run workloads."),
    tenants: z.array(TenantConnectionSchema).describe("Tenant by tenant."),
    ends: z.array(TenantEndsSchema).describe("What tenants reach beside pods."),
    workloads: z
      .strictObject({
        connections: z
          .array(z.strictObject({ cluster: z.string().describe("Cluster."), verdict, ...witnessFields }))
          .describe("Pairs of workloads."),
        truncated: z.boolean().describe("True when there are more than are listed."),
      })
      .optional()
      .describe("Workload by workload."),
    zones: z.array(ZoneSchema).describe("Rules between classifications."),
    schools: z
      .strictObject({
        openPairs: FigureSchema.describe("Pairs of workloads that are open today."),
        meanReach: FigureSchema.describe("Workloads that one reaches today."),
        schools: z.array(SchoolSchema).describe("Zones and zero trust."),
      })
      .describe("The two schools side by side."),
    assumptions: z.array(AssumptionSchema).describe("Every gap that was filled."),
    diagnostics: z.array(DiagnosticSchema).describe("What is wrong with the policies."),
  })
  .describe("Who reaches whom over the network.");

/** Does not compile when the schema and the type differ in a field. */
export const reachabilityMatches: Matches<typeof ReachabilitySchema, Reachability> = true;

/** JSON Schema of the report (draft-07). */
export function reachabilityJsonSchema(): JsonSchema {
  return { title: "Scantling Reachability", ...z.toJSONSchema(ReachabilitySchema, { target: "draft-7" }) };
}
