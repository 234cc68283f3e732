import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { kernelDimensionNames } from "../../tenancy/kernel/kernel-dimensions.ts";
import { tenancyBehaviourNames } from "../../tenancy/rbac/behaviours.ts";
import { StructureReportSchema } from "../assessment/structure-report-schema.ts";
import { FigureSchema, type Matches, PlaceSchema } from "../schemas/figure-schema.ts";
import type { TenancyKernelReport, TenancyRbacReport, TenancyReport } from "./tenancy.ts";

const names = z.array(z.string());
const count = z.int().nonnegative();
const PairSchema = StructureReportSchema.shape.pairs.element;

const head = {
  apiVersion: z.literal("scantling/v1alpha1").describe("Version of the report's format."),
  estate: z.string().describe("Name of the estate."),
  complete: z.boolean().describe("Everything is declared, so that absence can be proven."),
};

const SharingVerdictSchema = PairSchema.extend({
  verdictKind: z.enum(["met", "unmet", "notEvaluable"]).describe("Whether all that both accept is met."),
  weakest: PairSchema.shape.layers.element.optional().describe("The layer that falls short where it hurts most."),
  lifts: names.describe("Measures that would lift all gaps, widest first."),
});

const CrdSchema = z.strictObject({
  name: z.string().describe("Name of the definition, plural.group."),
  sources: z
    .array(
      z.strictObject({
        source: z.string().describe("Application, component or file that ships it."),
        tenant: z.string().describe("Tenant that ships it."),
        served: names.optional().describe("Versions that it serves."),
        stored: z.string().optional().describe("Version that it stores."),
        place: PlaceSchema.exactOptional().describe("Where it is written."),
      }),
    )
    .describe("Who ships it."),
  users: names.describe("Tenants with resources of it."),
  conflict: z.string().optional().describe("In what its sources differ."),
});

const ComponentsSchema = z.strictObject({
  cluster: z.string().describe("Cluster."),
  operators: z
    .array(
      z.strictObject({
        name: z.string().describe("Component."),
        version: z.string().optional().describe("Version."),
        namespace: z.string().describe("Namespace."),
      }),
    )
    .describe("Platform components."),
  crds: z.array(CrdSchema).describe("Custom resource definitions."),
  webhooks: z
    .array(
      z.strictObject({
        name: z.string().describe("Webhook."),
        tenant: z.string().describe("Tenant that ships it."),
        failurePolicy: z.string().describe("What happens when it does not answer."),
        reaches: names.describe("Other tenants whose namespaces it judges."),
        place: PlaceSchema.describe("Where it is written."),
      }),
    )
    .describe("Admission webhooks."),
  conflicts: names.describe("What tenants get in each other's way with, as sentences."),
});

export const TenancySchema = z
  .strictObject({
    ...head,
    kind: z.literal("Tenancy").describe("Kind of the report."),
    tenants: StructureReportSchema.shape.tenants,
    pairs: z.array(SharingVerdictSchema).describe("Each two tenants, worst first."),
    platform: z.array(SharingVerdictSchema).describe("Each tenant against the platform."),
    components: z.array(ComponentsSchema).describe("What each cluster has once for all."),
  })
  .describe("Who shares what with whom.");

export const TenancyKernelSchema = z
  .strictObject({
    ...head,
    kind: z.literal("TenancyKernel").describe("Kind of the report."),
    warningShare: z.number().describe("Share of a capacity from which a budget is tight."),
    pools: z
      .array(
        z.strictObject({
          cluster: z.string().describe("Cluster."),
          pool: z.string().describe("Node pool."),
          vmSize: z.string().describe("Virtual machine size."),
          nodes: count.describe("Nodes by the placement."),
          tenants: names.describe("Tenants of which the pool may take a pod."),
          podMaxPids: z.number().optional().describe("Process ids that one pod may have; absent: no limit."),
          budgets: z
            .array(
              z.strictObject({
                dimension: z.enum(kernelDimensionNames).describe("What is shared out."),
                capacity: FigureSchema.describe("Of one node."),
                demand: FigureSchema.describe("On the fullest node."),
                node: z.string().optional().describe("That node."),
                share: z.number().optional().describe("Demand as a share of capacity."),
                verdict: z.enum(["within", "tight", "exceeded", "notEvaluable"]).describe("How it stands."),
                estimated: z.boolean().describe("True where some of the demand is a rule of thumb."),
                heaviest: z
                  .array(
                    z.strictObject({
                      workload: z.string().describe("Workload."),
                      pods: count.describe("Pods on that node."),
                      demand: z.number().describe("What they take together."),
                    }),
                  )
                  .describe("Who takes most of it."),
              }),
            )
            .describe("Dimension by dimension."),
          starvation: z
            .array(
              z.strictObject({
                dimension: z.enum(kernelDimensionNames).describe("What is taken."),
                by: z.string().describe("Tenant that can take it."),
                of: names.describe("Tenants that then lack it."),
                because: z.string().describe("What lets it."),
                certain: z.boolean().describe("False where it hangs on something that is not declared."),
              }),
            )
            .describe("Who can starve whom."),
        }),
      )
      .describe("Node pools."),
  })
  .describe("What the kernels of the nodes have to share out.");

export const TenancyRbacSchema = z
  .strictObject({
    ...head,
    kind: z.literal("TenancyRbac").describe("Kind of the report."),
    tenants: z
      .array(
        z.strictObject({
          tenant: z.string().describe("Tenant."),
          cluster: z.string().describe("Cluster."),
          namespaces: names.describe("Its namespaces there."),
          subjects: z
            .array(
              z.strictObject({
                subject: z.string().describe("User, group or service account."),
                because: z.string().describe("Why it acts for the tenant."),
              }),
            )
            .describe("Who acts for it."),
          powers: z
            .array(
              z.strictObject({
                subject: z.string().describe("Who has it."),
                power: z.string().describe("Name of the power."),
                text: z.string().describe("What it lets do."),
                namespace: z.string().optional().describe("Where; absent: everywhere."),
                binding: z.string().describe("Binding that gives it."),
              }),
            )
            .describe("What reaches beyond its namespaces."),
          behaviours: z
            .array(
              z.strictObject({
                behaviour: z.enum(tenancyBehaviourNames).describe("Behaviour."),
                text: z.string().describe("What the tenant does or does not do when it holds."),
                verdict: z.enum(["holds", "broken", "notEvaluable"]).describe("Whether it holds."),
                because: z.string().describe("What makes it so."),
              }),
            )
            .describe("The tenancy behaviours."),
        }),
      )
      .describe("Tenants, cluster by cluster."),
    broken: names.describe("Bindings that grant nothing, as sentences."),
  })
  .describe("What roles and bindings let each tenant do.");

/** Do not compile when a schema and its type differ in a field. */
export const tenancyMatches: readonly [
  Matches<typeof TenancySchema, TenancyReport>,
  Matches<typeof TenancyKernelSchema, TenancyKernelReport>,
  Matches<typeof TenancyRbacSchema, TenancyRbacReport>,
] = [true, true, true];

function jsonSchemaOf(title: string, schema: z.ZodType): () => JsonSchema {
  return () => ({ title: `Scantling ${title}`, ...z.toJSONSchema(schema, { target: "draft-7" }) });
}

export const tenancyJsonSchema = jsonSchemaOf("Tenancy", TenancySchema);
export const tenancyKernelJsonSchema = jsonSchemaOf("TenancyKernel", TenancyKernelSchema);
export const tenancyRbacJsonSchema = jsonSchemaOf("TenancyRbac", TenancyRbacSchema);
