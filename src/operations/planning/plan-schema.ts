import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { AssumptionSchema, DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import { FigureSchema, type Matches } from "../schemas/figure-schema.ts";
import type { StructurePlan } from "./plan-report.ts";
import { BudgetSchema, ResponsibilitySchema } from "./product-schema.ts";

const money = z.number().describe("Money of a month, in the report's currency.");
const count = z.int().nonnegative();
const names = z.array(z.string());

const PoolSchema = z.strictObject({
  name: z.string().describe("Name of the node pool."),
  mode: z.enum(["System", "User"]).describe("Mode of the pool."),
  vmSize: z.string().describe("VM size."),
  nodes: count.describe("Nodes that it has at the least."),
  nodesForScheduler: count.describe("Of these, nodes beyond the densest packing, which the scheduler needs."),
  zones: names.describe("Zones."),
  taints: names.describe("Taints as key=value."),
  sandboxed: z.boolean().describe("Pods run in virtual machines of their own."),
  tenants: names.describe("Whose pods run there."),
  workloads: count.describe("Workloads of the estate there."),
  pods: count.describe("Pods there, those of the platform too."),
  requested: z
    .strictObject({ cpu: z.number().describe("Of CPU."), memory: z.number().describe("Of memory.") })
    .describe("Share of what the nodes offer to pods that is requested."),
  monthly: money.describe(
    "Nodes, OS disks and what is billed by their vCPUs, such as Defender, a month, commitments included.",
  ),
  because: z.string().describe("Why the pool is there."),
});

const ClusterSchema = z.strictObject({
  name: z.string().describe("Name of the cluster."),
  region: z.string().describe("Region."),
  environments: names.describe("Environments that it serves."),
  tier: z.string().describe("Tier of the control plane."),
  isNew: z.boolean().describe("It is not declared today."),
  because: z.string().describe("Why it is apart from others."),
  pools: z.array(PoolSchema).describe("Node pools."),
});

const PendingSchema = z.strictObject({
  workload: z.string().describe("Workload."),
  pods: count.describe("Pods that fit nowhere."),
  reason: z.string().describe("Why."),
  isRoom: z.boolean().describe("More nodes would help."),
});

const VerificationSchema = z.strictObject({
  cluster: z.string().describe("Cluster."),
  kubernetesVersion: z.string().describe("Whose scheduler."),
  nodes: count.describe("Nodes of the plan."),
  pods: count.describe("Pods that were scheduled, or should have been."),
  pending: z.array(PendingSchema).describe("Pods that fit nowhere with every node there."),
  zones: z
    .array(
      z.strictObject({
        zone: z.string().describe("Zone that is gone."),
        nodesLost: count.describe("Nodes that went with it."),
        displaced: count.describe("Pods that lost their node."),
        pending: z.array(PendingSchema).describe("Pods that then fit nowhere."),
      }),
    )
    .describe("The same with each zone gone."),
});

const DecisionSchema = z.strictObject({
  id: z.string().describe("Stable id."),
  subject: z.string().describe("What is decided about."),
  applications: names.describe("Applications that it concerns."),
  decision: z.string().describe("What is recommended."),
  because: z.string().describe("Why."),
  alternatives: z
    .array(
      z.strictObject({
        what: z.string().describe("The other way."),
        difference: money
          .exactOptional()
          .describe(
            "A month more than what is recommended, operatorHours counted at the estate's operatorHourCost; absent: not known.",
          ),
        operatorHours: z.number().describe("Hours of people's work a month more."),
        leadTimeDays: count.exactOptional().describe("Working days until it can be used."),
        availability: z.string().exactOptional().describe("Minutes down or SLA; absent: as planned, or not stated."),
        isolation: z.string().exactOptional().describe("What lies between the tenant and others."),
        verdict: z
          .enum(["refused", "dearer", "cheaper", "worse", "notEvaluable"])
          .describe("Why it is not recommended."),
        reason: z.string().describe("In words."),
      }),
    )
    .describe("Ways that were not taken."),
});

const OutcomeSchema = z.strictObject({
  bill: money.describe("The invoice, declared commitments counted."),
  unusedCommitments: money.describe("Part of the bill: commitments that are declared, paid, and cover nothing."),
  downtimeCost: money.describe("What the downtime of journeys costs, where they say what a minute costs."),
  billCommitted: money.describe("The bill once the best reservations and savings plans are bought for its nodes."),
  sizesWithoutReservation: names.describe("VM sizes whose reservations have no known price: savings plans only."),
  objectivesMissed: count.describe("Journeys that miss their objective."),
});

const MovingSchema = z.strictObject({
  overlapDays: count.describe("Days in which old and new nodes both run."),
  nodesTwice: z.number().describe("What the new nodes cost in these days, once."),
  operatorHours: z.number().describe("Hours of people's work, once."),
  operatorCost: z.number().exactOptional().describe("What these hours cost; absent: an hour has no declared price."),
  paybackMonths: z.number().exactOptional().describe("Months until it is saved; absent: it is not, or not known."),
});

const StructurePlanSchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1").describe("Version of the report's format."),
    kind: z.literal("StructurePlan").describe("Kind of the report."),
    estate: z.string().describe("Name of the estate."),
    currency: z.string().describe("Currency of all money."),
    clusters: z.array(ClusterSchema).describe("The recommended structure."),
    bill: z
      .strictObject({
        declared: FigureSchema.describe("Bill of a month of the declared estate."),
        planned: FigureSchema.describe("Bill of a month of the planned estate."),
        difference: money.describe("Planned less declared."),
      })
      .describe("The bill before and after."),
    comparison: z
      .strictObject({
        declared: OutcomeSchema.describe("A month as declared."),
        planned: OutcomeSchema.describe("A month as planned."),
      })
      .describe("What the bill alone does not say, before and after."),
    moving: MovingSchema.exactOptional().describe("What the steps cost, once; absent: there are none."),
    proof: z
      .strictObject({
        monthly: money.describe("Nodes and tiers of the plan, pay as you go."),
        lowerBound: money.describe(
          "No pools, of whatever sizes and numbers, cost less for the same separations of tenants and pods.",
        ),
        gap: z.number().describe("monthly / lowerBound - 1."),
        packingGap: z.number().describe("The same without the nodes that the scheduler needs beyond the packing."),
        notCovered: names.describe("Structures that the bound says nothing about."),
      })
      .describe("How far from the cheapest the plan can be at most."),
    journeys: z
      .array(
        z.strictObject({
          journey: z.string().describe("Id of the journey."),
          objective: z.string().exactOptional().describe("Its objective."),
          minutesBefore: z.number().exactOptional().describe("Minutes down a month as declared."),
          minutesAfter: z.number().exactOptional().describe("Minutes down a month as planned."),
          met: z.boolean().exactOptional().describe("The plan meets the objective."),
        }),
      )
      .describe("Availability before and after."),
    verification: z.array(VerificationSchema).describe("What kube-scheduler makes of the plan."),
    holds: z.boolean().describe("Every pod schedules, and nothing waits for room with a zone gone where that counts."),
    isolation: z
      .strictObject({
        pairsShortBefore: count.describe("As declared."),
        pairsShortAfter: count.describe("As planned."),
      })
      .describe("Pairs of tenants that share clusters, nodes or kernels beyond what one of them accepts."),
    decisions: z.array(DecisionSchema).describe("Each decision with what was rejected."),
    front: z
      .array(
        z.strictObject({
          id: z.string().describe("Stable id."),
          label: z.string().describe("The structure in words."),
          monthly: money.describe("Bill of a month."),
          downtimeMinutes: z
            .number()
            .exactOptional()
            .describe("Minutes down a month, summed over journeys; absent: not known."),
          downtimeCost: money.describe("What this downtime costs a month."),
          objectivesMissed: count.describe("Journeys that miss their objective."),
          isRecommended: z.boolean().describe("The recommended structure."),
          standsZoneLoss: z
            .enum(["none", "highCriticality", "all"])
            .describe("Environments that run on with any one zone gone; those of high criticality have to."),
          isPaidInAdvance: z.boolean().describe("The recommended structure with commitments: no other structure."),
          isOnFront: z.boolean().describe("No other structure that stands as much is both cheaper and more available."),
        }),
      )
      .describe("Cost against availability, the cheapest first."),
    sensitivity: z
      .array(
        z.strictObject({
          premise: z.string().describe("What is different."),
          difference: money.describe("Nodes and tiers a month more."),
          nodes: z.int().describe("Nodes more."),
          changes: names.describe("What becomes different in the structure."),
        }),
      )
      .describe("What moves the plan."),
    steps: z
      .array(
        z.strictObject({
          order: count.describe("Position, from 1."),
          symbol: z.enum(["+", "~", "-/+", "-"]).describe("New, changed, replaced, gone."),
          kind: z.enum(["cluster", "nodePool", "manifests"]).describe("What changes."),
          subject: z.string().describe("Which."),
          what: z.string().describe("As an order."),
          monthly: money.exactOptional().describe("What it adds to the bill of a month; absent: not known."),
          risk: z.enum(["none", "low", "medium", "high"]).describe("How much can go wrong."),
          caution: z.string().describe("What can go wrong, and what to mind."),
        }),
      )
      .describe("From what is declared to what is planned, in an order that keeps everything up."),
    contradiction: z
      .strictObject({
        demands: z
          .array(
            z.strictObject({
              demand: z.string().describe("The demand."),
              monthlyWithout: money.exactOptional().describe("Nodes and tiers a month without it; absent: still none."),
            }),
          )
          .describe("None of them can be left out of the contradiction."),
      })
      .exactOptional()
      .describe("Demands that cannot all hold; absent: there are none."),
    responsibility: ResponsibilitySchema.describe("Who owns what on raw AKS and on a platform product."),
    budgets: z.array(BudgetSchema).describe("What tenants cost in the plan; empty where none has a budget."),
    assumptions: z.array(AssumptionSchema).describe("Every gap that was filled."),
    diagnostics: z.array(DiagnosticSchema).describe("Every problem of the plan."),
  })
  .meta({ id: "StructurePlan" });

/** Does not compile when the schema and its type differ in a field. */
export const structurePlanSchemaMatches: Matches<typeof StructurePlanSchema, StructurePlan> = true;

/** JSON Schema of the report (draft-07). */
export function structurePlanJsonSchema(): JsonSchema {
  return { title: "Scantling StructurePlan", ...z.toJSONSchema(StructurePlanSchema, { target: "draft-7" }) };
}
