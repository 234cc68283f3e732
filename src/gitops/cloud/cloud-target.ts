import { fieldNotExpressed, guardNotExpressed } from "../../estate/diagnostics/cloud-target-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import type { RepositoryFile } from "../repository/repository-file.ts";
import { printBicep } from "./bicep/print-bicep.ts";
import type { CloudTargetName } from "./cloud-target-name.ts";
import { crossplaneFiles } from "./crossplane/crossplane-files.ts";
import { crossplaneGaps } from "./crossplane/managed-resources.ts";
import { isGuard } from "./graph/guards.ts";
import type { CloudResource, ResourceGraph, ResourceKey } from "./graph/resource-graph.ts";
import { byKey } from "./graph/resource-value.ts";
import { pulumiFiles } from "./pulumi/pulumi-files.ts";
import { pulumiGaps } from "./pulumi/pulumi-gaps.ts";
import { operatorObjects } from "./service-operator/operator-objects.ts";
import { serviceOperatorFiles } from "./service-operator/service-operator-files.ts";
import { printTerraform } from "./terraform/print-terraform.ts";

/** A field that a target does not say. */
export interface CloudGap {
  readonly resource: CloudResource;
  /** ARM path in the resource; empty for the whole of it. */
  readonly path: string;
  readonly reason: string;
}

/** How the cloud side is written. */
interface CloudTarget {
  /** Files below `infra/`, sorted by path. */
  readonly files: (graph: ResourceGraph) => readonly RepositoryFile[];
  /** What the files do not say; known before anything is written. */
  readonly gaps: (graph: ResourceGraph) => readonly CloudGap[];
}

/** Every target that can be written. */
const targets: { readonly [name in CloudTargetName]?: CloudTarget } = {
  bicep: { files: printBicep, gaps: () => [] },
  terraform: { files: (graph) => printTerraform(graph).files, gaps: (graph) => printTerraform(graph).unsaid },
  pulumi: { files: pulumiFiles, gaps: (graph) => located(graph, pulumiGaps(graph)) },
  serviceOperator: { files: serviceOperatorFiles, gaps: (graph) => located(graph, operatorObjects(graph).gaps) },
  crossplane: { files: crossplaneFiles, gaps: (graph) => located(graph, crossplaneGaps(graph)) },
};

/** Gaps by the key of their resource. */
function located(
  { resources }: ResourceGraph,
  gaps: readonly { readonly resource: ResourceKey; readonly path: string; readonly reason: string }[],
): readonly CloudGap[] {
  const known = byKey(resources);
  return gaps.flatMap(({ resource: key, path, reason }) => {
    const resource = known.get(key);
    return resource === undefined ? [] : [{ resource, path, reason }];
  });
}

/** Files of one target; none for a target that cannot be written yet. */
export function cloudFiles(name: CloudTargetName, graph: ResourceGraph): readonly RepositoryFile[] {
  const files = targets[name]?.files(graph) ?? [];
  return files.toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

export function cloudGaps(name: CloudTargetName, graph: ResourceGraph): readonly CloudGap[] {
  return targets[name]?.gaps(graph) ?? [];
}

/** The gaps of a target as diagnostics: one for each field and kind of resource, naming the first that has it. */
export function gapDiagnostics(name: CloudTargetName, graph: ResourceGraph): readonly Diagnostic[] {
  const byField = Map.groupBy(cloudGaps(name, graph), ({ resource, path }) => `${resource.type} ${path}`);
  return [...byField].flatMap(([, gaps]) => {
    const [first] = gaps;
    if (first === undefined) return [];
    const others = gaps.length > 1 ? ` and ${gaps.length - 1} more` : "";
    const parameters = {
      target: name,
      resource: `${first.resource.name}${others}`,
      field: first.path,
      reason: first.reason,
    };
    return [diagnose(isGuard(first.resource.type, first.path) ? guardNotExpressed : fieldNotExpressed, parameters)];
  });
}
