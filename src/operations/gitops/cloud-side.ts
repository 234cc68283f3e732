import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { cloudTargetNotWritten, orderedChanges } from "../../estate/diagnostics/gitops-diagnostics.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { cloudFiles, gapDiagnostics } from "../../gitops/cloud/cloud-target.ts";
import type { CloudTargetName } from "../../gitops/cloud/cloud-target-name.ts";
import { cloudGraph } from "../../gitops/cloud/graph/cloud-graph.ts";
import type { ResourceGraph } from "../../gitops/cloud/graph/resource-graph.ts";
import { cloudPipelines } from "../../gitops/cloud/pipelines/cloud-pipelines.ts";
import type { FileChange, FolderState } from "../../gitops/regeneration/plan-changes.ts";
import type { RepositoryFile } from "../../gitops/repository/repository-file.ts";
import { graphAtStage, infrastructureChanges } from "./infrastructure-changes.ts";
import { readSnapshot, SNAPSHOT_PATH, snapshotText } from "./infrastructure-snapshot.ts";
import type { InfrastructureChanges } from "./repository-report.ts";

/** The infrastructure as files, with what changes of it. */
export interface CloudSide {
  readonly files: readonly RepositoryFile[];
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

const nothing = { files: [], snapshot: [], changes: undefined, stage: undefined, assumptions: [], diagnostics: [] };

/** The cloud side in the language that is asked for, up to a stage of what has to be done in order. */
export function cloudSide(estate: Estate, { files: known }: FolderState, { cloud, stage }: CloudWish): CloudSide {
  if (cloud === undefined) return nothing;
  const { graph: wanted, assumptions, diagnostics } = cloudGraph(estate);
  const before = readSnapshot(known);
  const changes = before === undefined ? undefined : infrastructureChanges(before, wanted);
  const isPart = stage !== undefined && changes !== undefined && stage < changes.stages;
  const graph = isPart && before !== undefined ? graphAtStage(before, wanted, stage) : wanted;
  const files = cloudFiles(cloud, graph);
  return {
    files: [...files, ...cloudPipelines(cloud, graph)],
    snapshot: snapshotChange(known, graph),
    changes,
    stage: isPart ? stage : undefined,
    assumptions,
    diagnostics: [
      ...diagnostics,
      ...gapDiagnostics(cloud, graph),
      ...(files.length === 0 && graph.resources.length > 0 ? [diagnose(cloudTargetNotWritten, { target: cloud })] : []),
      ...(changes !== undefined && changes.stages > 1 && !isPart && unordered.has(cloud)
        ? [diagnose(orderedChanges, { target: cloud, stages: changes.stages })]
        : []),
    ],
  };
}

function snapshotChange(files: ReadonlyMap<string, string>, graph: ResourceGraph): readonly FileChange[] {
  const before = files.get(SNAPSHOT_PATH);
  const after = snapshotText(graph);
  if (before === after) return [];
  return [{ path: SNAPSHOT_PATH, kind: before === undefined ? "added" : "changed", before, after }];
}
