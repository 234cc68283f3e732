import { printBicep } from "../../gitops/cloud/bicep/print-bicep.ts";
import type { ResourceGraph } from "../../gitops/cloud/graph/resource-graph.ts";
import { pulumiFiles } from "../../gitops/cloud/pulumi/pulumi-files.ts";
import { pulumiGaps } from "../../gitops/cloud/pulumi/pulumi-gaps.ts";
import { operatorObjects } from "../../gitops/cloud/service-operator/operator-objects.ts";
import { serviceOperatorFiles } from "../../gitops/cloud/service-operator/service-operator-files.ts";
import { printTerraform } from "../../gitops/cloud/terraform/print-terraform.ts";
import type { RepositoryFile } from "../../gitops/repository/repository-file.ts";
import type { CloudTarget } from "./cloud-target-names.ts";

/** A field, or with an empty path a whole resource, that a target cannot say. */
export interface UnsaidField {
  readonly resource: string;
  readonly path: string;
  readonly reason: string;
}

/** Writes the resources of an estate in the language of one target. */
interface CloudWriter {
  readonly files: (graph: ResourceGraph) => readonly RepositoryFile[];
  /** Known before anything is written. */
  readonly unsaid: (graph: ResourceGraph) => readonly UnsaidField[];
}

/** Writers by target. */
export const cloudTargets: { readonly [Target in CloudTarget]: CloudWriter } = {
  bicep: { files: printBicep, unsaid: () => [] },
  terraform: {
    files: (graph) => printTerraform(graph).files,
    unsaid: (graph) =>
      printTerraform(graph).unsaid.map(({ resource, path, reason }) => ({ resource: resource.key, path, reason })),
  },
  pulumi: { files: pulumiFiles, unsaid: pulumiGaps },
  serviceOperator: { files: serviceOperatorFiles, unsaid: (graph) => operatorObjects(graph).gaps },
};
