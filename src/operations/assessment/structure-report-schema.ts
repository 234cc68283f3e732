import * as z from "zod";
import { tenancyLayerNames } from "../../estate/model/tenancy-layer.ts";
import { measureKinds } from "../../tenancy/sharing/measures.ts";
import { FigureSchema } from "../schemas/figure-schema.ts";

const names = z.array(z.string());
const sharing = z.enum(["separate", "bounded", "shared"]);

/** Who shares which cluster, pool, node and namespace. */
export const StructureReportSchema = z.strictObject({
  clusters: z
    .array(
      z.strictObject({
        cluster: z.string().describe("Cluster."),
        region: z.string().describe("Region of the cluster."),
        environments: names.describe("Environments that it serves."),
        tier: z.string().describe("AKS tier."),
        pools: z
          .array(
            z.strictObject({
              pool: z.string().describe("Node pool."),
              vmSize: z.string().describe("Virtual machine size."),
              mode: z.enum(["System", "User"]).describe("Mode of the pool."),
              zones: names.describe("Availability zones."),
              nodes: FigureSchema.describe("Number of nodes."),
              allocatable: z
                .strictObject({
                  cpuMillicores: z.number().describe("CPU of one node for pods, in millicores."),
                  memoryBytes: z.number().describe("Memory of one node for pods, in bytes."),
                  pods: z.number().describe("Pods of one node."),
                })
                .describe("What pods may use of one node."),
              requested: z
                .strictObject({
                  cpu: z.number().describe("Share of CPU that is requested."),
                  memory: z.number().describe("Share of memory that is requested."),
                })
                .describe("Share of allocatable that is requested, over all nodes."),
              workloads: z
                .array(
                  z.strictObject({
                    workload: z.string().describe("Workload id."),
                    pods: z.number().describe("Pods in this pool."),
                  }),
                )
                .describe("What is placed in the pool."),
            }),
          )
          .describe("Node pools."),
        namespaces: z
          .array(
            z.strictObject({
              namespace: z.string().describe("Namespace."),
              tenant: z.string().describe("Tenant that owns it."),
              workloads: names.describe("Workload ids."),
            }),
          )
          .describe("Namespaces."),
        unplaced: z
          .array(
            z.strictObject({
              workload: z.string().describe("Workload id."),
              reason: z.string().describe("Why no pool admits it."),
            }),
          )
          .describe("Workloads that no pool admits."),
      }),
    )
    .describe("Clusters."),
  tenants: z
    .array(
      z.strictObject({
        tenant: z.string().describe("Tenant."),
        trust: z.enum(["team", "internal", "external", "hostile"]).describe("How far it is trusted."),
        classification: z.string().optional().describe("Class of its data."),
        clusters: names.describe("Clusters that it is on."),
        pools: names.describe("Pools that can admit one of its pods, as cluster/pool."),
        namespaces: names.describe("Its namespaces, as cluster/namespace."),
        workloads: z.number().describe("Number of its workloads."),
      }),
    )
    .describe("Where each tenant is."),
  pairs: z
    .array(
      z.strictObject({
        tenants: z.tuple([z.string(), z.string()]).describe("The two tenants."),
        layers: z
          .array(
            z.strictObject({
              layer: z.enum(tenancyLayerNames).describe("Layer."),
              sharing: z.enum([...sharing.options, "unknown"]).describe("How far the two share it."),
              because: z.string().describe("What makes it so."),
              accepted: sharing.optional().describe("What the stricter of the two accepts."),
              met: z.union([z.boolean(), z.literal("notEvaluable")]).describe("Whether that is met."),
              lift: z.string().optional().describe("Where it is not met: the cheapest measure that would lift it."),
              measure: z.enum(measureKinds).optional().describe("Kind of that measure, such as ownPool or denyPolicy."),
            }),
          )
          .describe("Layer by layer."),
        verdict: z.string().describe("The weakest link in words."),
      }),
    )
    .describe("What each two tenants share."),
});
