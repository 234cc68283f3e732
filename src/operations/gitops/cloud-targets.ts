import { printBicep } from "../../gitops/cloud/bicep/print-bicep.ts";
import type { ResourceGraph } from "../../gitops/cloud/graph/resource-graph.ts";
import { pulumiFiles } from "../../gitops/cloud/pulumi/pulumi-files.ts";
import { serviceOperatorFiles } from "../../gitops/cloud/service-operator/service-operator-files.ts";
import type { RepositoryFile } from "../../gitops/repository/repository-file.ts";
import type { CloudTarget } from "./cloud-target-names.ts";

/** Writes the resources of an estate in the language of one target. */
type CloudWriter = (graph: ResourceGraph) => readonly RepositoryFile[];

/** Writers by target. */
export const cloudTargets: { readonly [Target in CloudTarget]: CloudWriter } = {
  bicep: printBicep,
  pulumi: pulumiFiles,
  serviceOperator: serviceOperatorFiles,
};
