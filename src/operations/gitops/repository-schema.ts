import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { AssumptionSchema, DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import type { Matches } from "../schemas/figure-schema.ts";
import type { RepositoryReport } from "./repository-report.ts";

const count = z.int().nonnegative();
const changeKind = z.enum(["added", "changed", "merged", "removed"]);

const ClusterSchema = z.strictObject({
  cluster: z.string().describe("Cluster, and its folder below clusters/."),
  region: z.string().describe("Region."),
  ring: z.string().exactOptional().describe("Release train; absent where the cluster names none."),
  environments: z.array(z.string()).describe("Environments that it serves."),
  leaves: count.describe("Leaves that are delivered to it."),
  objects: count.describe("Objects in these leaves."),
});

const UnitSchema = z.strictObject({
  tree: z.enum(["platform", "apps"]).describe("Platform and applications are delivered apart."),
  name: z.string().describe("Unit, and its folder."),
  tenant: z.string().describe("Tenant that it belongs to."),
  leaves: count.describe("Places that it is delivered to."),
  base: count.describe("Objects that all places start from."),
  variations: z.array(z.string()).describe("What changes something, such as environment prod."),
});

const effect = z
  .enum([
    "inPlace",
    "rolling",
    "rollingAllPools",
    "rotate",
    "recreatePool",
    "recreateCluster",
    "reject",
    "create",
    "delete",
    "unknown",
  ])
  .describe("What the edit does there.");

const InfrastructureSchema = z.strictObject({
  changes: z
    .array(
      z.strictObject({
        stage: count.describe("Stage that has to bring it: a stage ends in Azure before the next begins."),
        resource: z.string().describe("Cluster or pool."),
        path: z.string().describe("ARM path of the field; empty where all of it comes or goes."),
        before: z.string().exactOptional().describe("Value before; absent where there was none."),
        after: z.string().exactOptional().describe("Value after; absent where there is none."),
        effects: z
          .strictObject({
            bicep: effect,
            terraform: effect,
            pulumi: effect,
            serviceOperator: effect,
            crossplane: effect,
          })
          .describe("Effect by target."),
        verified: z.boolean().describe("Whether documentation says so."),
        note: z.string().exactOptional().describe("What else to know."),
        source: z.string().exactOptional().describe("Source of the effect in the catalog."),
        rolling: z
          .strictObject({
            nodes: z.number().describe("Nodes that are replaced."),
            surgeNodes: z.number().describe("Nodes beyond those, which quota and subnet have to hold."),
            hours: z.number().describe("Hours that it takes."),
            surgeNodeHours: z.number().describe("Hours of the nodes beyond."),
            isAbrupt: z.boolean().describe("True where nodes go undrained, all at once."),
          })
          .exactOptional()
          .describe("What replacing the nodes takes, where some target replaces them."),
      }),
    )
    .describe("Every edited field of clusters and pools."),
  otherResources: count.describe("Resources of other types that change."),
  stages: count.describe("Commits that the changes take."),
});

export const RepositorySchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1"),
    kind: z.literal("Repository"),
    estate: z.string().describe("Estate that is rendered."),
    packaging: z.enum(["kustomize", "helm"]).describe("How objects are written."),
    agent: z.enum(["flux", "argocd"]).describe("What brings them to the clusters."),
    cloudTarget: z.string().exactOptional().describe("Language of the cloud side; absent: it is not written."),
    infrastructure: InfrastructureSchema.exactOptional().describe(
      "What changes of the infrastructure since the last render; absent where that is not known.",
    ),
    stage: z
      .int()
      .positive()
      .exactOptional()
      .describe("Stage up to which changes are written, where later ones are held back."),
    written: z.boolean().describe("True when the folder holds the repository now."),
    files: z
      .strictObject({
        added: count.describe("New files."),
        changed: count.describe("Files with another text."),
        merged: count.describe("Files edited by hand, whose edits are kept."),
        removed: count.describe("Files that are no longer generated."),
        unchanged: count.describe("Files that stay as they are."),
      })
      .describe("Files by what a render does to them."),
    changes: z
      .array(z.strictObject({ path: z.string().describe("File."), kind: changeKind.describe("What is done to it.") }))
      .describe("Every file that is not unchanged."),
    clusters: z.array(ClusterSchema).describe("Clusters with what is delivered to each."),
    units: z.array(UnitSchema).describe("What is delivered together."),
    objects: z
      .array(
        z.strictObject({
          kind: z.string().describe("Kind with its API group."),
          objects: count.describe("Objects over all leaves."),
          validated: z.boolean().describe("Whether the types of Kubernetes were checked; custom resources are not."),
        }),
      )
      .describe("Objects by kind, most first."),
    repetition: z
      .strictObject({
        writtenFields: count.describe("Fields that are written."),
        leafFields: count.describe("Fields that there would be with every leaf written out."),
        saved: z.number().describe("Share that is not repeated."),
      })
      .describe("What writing without repetition saves."),
    proofs: z
      .array(
        z.strictObject({
          statement: z.string().describe("What was proven."),
          over: z.enum(["leaves", "resources"]).describe("Leaves of the repository, or resources of the cloud."),
          count: count.describe("Over how many of them."),
          holds: z.boolean().describe("Whether it holds."),
        }),
      )
      .describe("What was proven about the files before they were written."),
    assumptions: z.array(AssumptionSchema).describe("Every gap that was filled."),
    diagnostics: z.array(DiagnosticSchema).describe("Every problem."),
  })
  .meta({ id: "Repository" });

/** Does not compile when the schema and its type differ in a field. */
export const repositorySchemaMatches: Matches<typeof RepositorySchema, RepositoryReport> = true;

/** JSON Schema of the report (draft-07). */
export function repositoryJsonSchema(): JsonSchema {
  return { title: "Scantling Repository", ...z.toJSONSchema(RepositorySchema, { target: "draft-7" }) };
}
