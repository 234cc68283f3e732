import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { AssumptionSchema, DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import type { Matches } from "../schemas/figure-schema.ts";
import type { ImportReport } from "./import-report.ts";

const count = z.int().nonnegative();
const names = z.array(z.string());

export const ImportSchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1"),
    kind: z.literal("Import"),
    estate: z.string().describe("Estate that was written."),
    form: z
      .enum(["repository", "folders", "dump"])
      .describe("Objects of an agent, folders that nothing delivers by name, or what API servers gave."),
    agent: z.enum(["flux", "argocd"]).exactOptional().describe("What delivers; absent where nothing says it."),
    declared: z.boolean().describe("True when the documents were in the repository already."),
    written: z.boolean().describe("True when the folder holds the documents now."),
    files: names.describe("Files of the estate, relative to its folder."),
    clusters: z
      .array(
        z.strictObject({
          cluster: z.string().describe("Cluster."),
          environments: names.describe("Environments that it serves."),
          deliveries: count.describe("Folders and charts that are delivered to it."),
          objects: count.describe("Objects on it."),
          nodePools: count.describe("Node pools that are known; 0: assumed ones."),
          components: names.describe("Components from outside the repository."),
        }),
      )
      .describe("Clusters that were found."),
    tenants: z
      .array(
        z.strictObject({
          tenant: z.string().describe("Tenant."),
          owners: names.describe("Groups that own it."),
          namespaces: names.describe("Namespaces that it owns besides those of its applications."),
        }),
      )
      .describe("Tenants that were found."),
    applications: z
      .array(
        z.strictObject({
          application: z.string().describe("Application."),
          tenant: z.string().exactOptional().describe("Its tenant; absent where nothing says whose it is."),
          environments: names.describe("Environments that it runs in."),
          clusters: names.describe("Clusters that it runs on."),
          manifests: z.enum(["folders", "chart"]).describe("How its manifests are written."),
          objects: count.describe("Objects over all places."),
        }),
      )
      .describe("Applications that were found."),
    objects: count.describe("Objects on all clusters."),
    fillIn: z
      .array(
        z.strictObject({
          field: z.string().describe("Field of a document."),
          decides: z.string().describe("What depends on it."),
          subjects: names.describe("For which parts it is assumed."),
        }),
      )
      .describe("What to fill in next, by worth."),
    assumptions: z.array(AssumptionSchema).describe("Every gap that was filled."),
    diagnostics: z.array(DiagnosticSchema).describe("Every problem."),
  })
  .meta({ id: "Import" });

/** Does not compile when the schema and its type differ in a field. */
export const importSchemaMatches: Matches<typeof ImportSchema, ImportReport> = true;

/** JSON Schema of the report (draft-07). */
export function importJsonSchema(): JsonSchema {
  return { title: "Scantling Import", ...z.toJSONSchema(ImportSchema, { target: "draft-7" }) };
}
