import { kustomizeIgnored, kustomizeUnsupported } from "../diagnostics/kustomize-diagnostics.ts";
import type { BuildLog } from "./build-log.ts";
import type { Kustomization } from "./kustomization.ts";

/** Fields that would change the resources, with what is missing without them. */
const changing: readonly (readonly [field: string, effect: string])[] = [
  ["helmCharts", "the resources of its charts are missing"],
  ["helmChartInflationGenerator", "the resources of its charts are missing"],
  ["openapi", "lists of custom types are replaced whole where its schema may say to merge them"],
  ["crds", "names inside custom resources do not follow renames"],
];

/** Fields that leave the workloads as they are. */
const harmless: readonly (readonly [field: string, effect: string])[] = [
  ["validators", "whether the resources pass them is unknown"],
  ["buildMetadata", "the labels and annotations that say how the resources were built are missing"],
];

/** The schema that Kustomize brings and uses by default. */
const BUILT_IN_SCHEMA = "v1.21.2";

/** Says which fields of a kustomization are not evaluated, and what that leaves open. */
export function reportUnsupportedFields({ fields, directory }: Kustomization, log: BuildLog): void {
  for (const [field, effect] of changing) {
    if (field === "openapi" && fields.section(field)?.text("version") === BUILT_IN_SCHEMA) continue;
    if (fields.has(field)) log.report(kustomizeUnsupported, { field, effect }, fields.originOf(field), [directory]);
  }
  for (const [field, effect] of harmless) {
    if (fields.has(field)) log.report(kustomizeIgnored, { field, effect }, fields.originOf(field));
  }
}
