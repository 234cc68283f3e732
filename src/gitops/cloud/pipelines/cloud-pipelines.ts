import type { RepositoryFile } from "../../repository/repository-file.ts";
import type { CloudTargetName } from "../cloud-target-name.ts";
import { azureDevOpsPipeline } from "./azure-devops-pipeline.ts";
import { githubPipeline } from "./github-pipeline.ts";
import { type PushTarget, pipelineStages } from "./pipeline-stage.ts";
import type { Criticality, StagedGraph } from "./staged-graph.ts";

/** True for targets that a pipeline brings to Azure; others are pulled by a controller. */
export function isPushed(target: CloudTargetName): target is PushTarget {
  return target === "bicep" || target === "terraform";
}

/** Pipelines of GitHub and Azure DevOps: the least critical subscriptions first, each after approval of its own. */
export function cloudPipelines(
  target: PushTarget,
  staged: StagedGraph,
  criticality: Criticality,
): readonly RepositoryFile[] {
  if (staged.graph.resources.length === 0) return [];
  const stages = pipelineStages(target, staged, criticality);
  return [azureDevOpsPipeline(target, stages), githubPipeline(target, stages)];
}
