import * as z from "zod";
import { PlaceSchema } from "../schemas/figure-schema.ts";

const count = z.int().nonnegative();
const names = z.array(z.string());

/** Names and counts of what was read. */
export const EstateSummarySchema = z.strictObject({
  name: z.string().describe("Name of the estate."),
  sources: names.describe("Files that its objects come from."),
  environments: names.describe("Environments in order of promotion."),
  regions: names.describe("Regions."),
  clusters: names.describe("Clusters."),
  tenants: names.describe("Tenants."),
  applications: names.describe("Applications."),
  counts: z
    .strictObject({
      objects: count.describe("Kubernetes objects, one for each cluster and environment."),
      workloads: count.describe("Workloads."),
      services: count.describe("Services."),
      dependencies: count.describe("Dependencies."),
      unknownKinds: count.describe("Kinds that are not Kubernetes' own."),
    })
    .describe("How much was read."),
  workloads: z
    .array(
      z.strictObject({
        id: z.string().describe("environment/cluster/namespace/Kind/name."),
        label: z.string().describe("Shortest form that is unique."),
        tenant: z.string().describe("Tenant that it belongs to."),
        application: z.string().optional().describe("Application that it belongs to."),
        run: z.string().describe("serving, perNode or task."),
        replicas: z
          .strictObject({
            minimum: z.number().describe("Fewest replicas."),
            maximum: z.number().describe("Most replicas."),
          })
          .describe("Replicas, as its autoscaler bounds them."),
        place: PlaceSchema.describe("Where it is written."),
      }),
    )
    .describe("Workloads."),
  dependencies: z
    .array(
      z.strictObject({
        from: z.string().describe("Workload that depends."),
        to: z.string().describe("What it depends on."),
        type: z.string().describe("hard, soft or async."),
        evidence: z
          .array(
            z.strictObject({
              origin: z.string().describe("Sort of text that says so."),
              text: z.string().describe("The text."),
              place: PlaceSchema.describe("Where it stands."),
            }),
          )
          .describe("Why the edge is believed."),
      }),
    )
    .describe("Dependencies between workloads and on services."),
});
