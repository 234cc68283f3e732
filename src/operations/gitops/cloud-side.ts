import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { cloudTargetNotWritten, orderedChanges } from "../../estate/diagnostics/gitops-diagnostics.ts";
import { productionNotLast, valuesMissing } from "../../estate/diagnostics/render-diagnostics.ts";
import { asObject } from "../../estate/kubernetes/json-value.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import { cloudFiles, gapDiagnostics } from "../../gitops/cloud/cloud-target.ts";
import type { CloudTargetName } from "../../gitops/cloud/cloud-target-name.ts";
import { cloudGraph } from "../../gitops/cloud/graph/cloud-graph.ts";
import type { ResourceGraph } from "../../gitops/cloud/graph/resource-graph.ts";
import { cloudPipelines, isPushed } from "../../gitops/cloud/pipelines/cloud-pipelines.ts";
import { type PushTarget, pipelineStages, stageOrder } from "../../gitops/cloud/pipelines/pipeline-stage.ts";
import { stagedGraph } from "../../gitops/cloud/pipelines/staged-graph.ts";
import type { InfrastructureStage } from "../../gitops/process/repository-shape.ts";
import type { FileChange, FolderState } from "../../gitops/regeneration/plan-changes.ts";
import type { RepositoryFile } from "../../gitops/repository/repository-file.ts";
import { graphAtStage, infrastructureChanges } from "./infrastructure-changes.ts";
import { readSnapshot, SNAPSHOT_PATH, snapshotText } from "./infrastructure-snapshot.ts";
import type { InfrastructureChanges } from "./repository-report.ts";
import { sharedStages, subscriptionCriticality } from "./subscription-criticality.ts";

/** The infrastructure as files, with what changes of it. */
export interface CloudSide {
  readonly files: readonly RepositoryFile[];
  /** What pipelines bring, in their order; empty where none do. */
  readonly stages: readonly InfrastructureStage[];
  /** The snapshot by which the next render tells what it changes. */
  readonly snapshot: readonly FileChange[];
  /** Undefined where nothing is known of what was there before. */
  readonly changes: InfrastructureChanges | undefined;
  /** Stages that the files bring; undefined for all. */
  readonly stage: number | undefined;
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

interface CloudWish {
  readonly cloud?: CloudTargetName;
  readonly stage?: number;
}

/** Controllers bring a commit to Azure all at once and retry what Azure refuses: order has to be in the commits. */
const unordered = new Set<CloudTargetName>(["serviceOperator", "crossplane"]);

const nothing = {
  files: [],
  stages: [],
  snapshot: [],
  changes: undefined,
  stage: undefined,
  assumptions: [],
  diagnostics: [],
};

/** The cloud side in the language that is asked for, up to a stage of what has to be done in order. */
export function cloudSide(estate: Estate, { files: known }: FolderState, { cloud, stage }: CloudWish): CloudSide {
  if (cloud === undefined) return nothing;
  const { graph: wanted, scripts, assumptions, diagnostics } = cloudGraph(estate);
  const before = readSnapshot(known);
  const changes = before === undefined ? undefined : infrastructureChanges(before, wanted);
  const isPart = stage !== undefined && changes !== undefined && stage < changes.stages;
  const graph = isPart && before !== undefined ? graphAtStage(before, wanted, stage) : wanted;
  const {
    files,
    stages,
    diagnostics: fileDiagnostics,
  } = isPushed(cloud) ? pushedFiles(estate, cloud, graph) : pulledFiles(cloud, graph, known);
  return {
    files: [...files, ...scripts],
    stages,
    snapshot: snapshotChange(known, graph),
    changes,
    stage: isPart ? stage : undefined,
    assumptions,
    diagnostics: [
      ...diagnostics,
      ...gapDiagnostics(cloud, graph),
      ...fileDiagnostics,
      ...(files.length === 0 && graph.resources.length > 0 ? [diagnose(cloudTargetNotWritten, { target: cloud })] : []),
      ...(changes !== undefined && changes.stages > 1 && !isPart && unordered.has(cloud)
        ? [diagnose(orderedChanges, { target: cloud, stages: changes.stages })]
        : []),
    ],
  };
}

interface CloudFiles {
  readonly files: readonly RepositoryFile[];
  readonly stages: readonly InfrastructureStage[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What pipelines bring, with the pipelines: the least critical subscription first. */
function pushedFiles(estate: Estate, target: PushTarget, graph: ResourceGraph): CloudFiles {
  const criticality = subscriptionCriticality(estate);
  const staged = stagedGraph(graph, criticality);
  const { inversions } = stageOrder(staged, criticality);
  return {
    files: [...cloudFiles(target, staged.graph), ...cloudPipelines(target, staged, criticality)],
    stages: pipelineStages(target, staged, criticality).map((stage) => ({
      environment: stage.environment,
      reviewers: criticality.get(stage.subscription) ?? Math.max(0, ...criticality.values()),
      variables: [
        "TENANT_ID",
        stage.subscriptionVariable,
        ...stage.variables.filter(({ secure }) => !secure).map(({ given }) => given),
        ...(target === "terraform" ? [stage.backendVariable] : []),
      ],
      secrets: stage.variables.filter(({ secure }) => secure).map(({ given }) => given),
      clients: stage.clients,
      connections: stage.connections,
    })),
    diagnostics: [...sharedStages(estate), ...inversions.map((inversion) => diagnose(productionNotLast, inversion))],
  };
}

/** What controllers pull. Values that people fill in are theirs from the first render on. */
function pulledFiles(target: CloudTargetName, graph: ResourceGraph, known: ReadonlyMap<string, string>): CloudFiles {
  const files = cloudFiles(target, graph).map((file): RepositoryFile => {
    if (!filledInByHand.test(file.path)) return file;
    return { ...file, text: `${fillInRemark}${file.text}`, writtenOnce: true };
  });
  return { files, stages: [], diagnostics: files.flatMap((file) => missingValues(file, known.get(file.path))) };
}

/** ConfigMaps whose values nothing but their owner knows. */
const filledInByHand = /^infra\/[^/]+\/[^/]+\/(?:parameters|facts)\.yaml$/;
const fillInRemark = "# Fill in these values: the file is yours. It was written once, and no render changes it.\n";

/** Names that are read from a file of values, and that it does not have since they came later. */
function missingValues({ path, text, writtenOnce }: RepositoryFile, own: string | undefined): readonly Diagnostic[] {
  if (writtenOnce !== true || own === undefined) return [];
  const dataOf = (of: string) => asObject(asObject(readYaml(of, path).documents[0]?.value).data);
  const have = dataOf(own);
  const names = Object.keys(dataOf(text)).filter((name) => have[name] === undefined);
  return names.length === 0 ? [] : [diagnose(valuesMissing, { file: path, names })];
}

function snapshotChange(files: ReadonlyMap<string, string>, graph: ResourceGraph): readonly FileChange[] {
  const before = files.get(SNAPSHOT_PATH);
  const after = snapshotText(graph);
  if (before === after) return [];
  return [{ path: SNAPSHOT_PATH, kind: before === undefined ? "added" : "changed", before, after }];
}
