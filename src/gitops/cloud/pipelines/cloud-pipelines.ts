import type { RepositoryFile } from "../../repository/repository-file.ts";
import type { CloudTargetName } from "../cloud-target-name.ts";
import type { ResourceGraph } from "../graph/resource-graph.ts";
import { azureDevOpsPipeline } from "./azure-devops-pipeline.ts";
import { githubPipeline } from "./github-pipeline.ts";

/** Pipelines of GitHub and Azure DevOps for targets that are pushed; none for those that a controller pulls. */
export function cloudPipelines(target: CloudTargetName, graph: ResourceGraph): readonly RepositoryFile[] {
  if (graph.resources.length === 0 || (target !== "bicep" && target !== "terraform")) return [];
  return [azureDevOpsPipeline(target, graph), githubPipeline(target, graph)];
}
