import { fileNotRead, targetsDiffer } from "../../../estate/diagnostics/cloud-target-diagnostics.ts";
import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import { printArm } from "../arm/print-arm.ts";
import { readArm } from "../arm/read-arm.ts";
import { printBicep } from "../bicep/print-bicep.ts";
import { readBicep } from "../bicep/read-bicep.ts";
import type { ReadGraph } from "../graph/graph-reading.ts";
import type { ResourceGraph } from "../graph/resource-graph.ts";
import { type HclFile, readTerraform } from "../terraform/read-terraform.ts";
import { type GraphDifference, graphDifferences } from "./compare-graphs.ts";
import { asTerraformSays } from "./target-graph.ts";

/** Reads Bicep and its twin in JSON back from what would be written; empty where both say what the estate does. */
export function verifyBicep(graph: ResourceGraph): readonly Diagnostic[] {
  return [
    ...problemsOf("Bicep", readBicep(printBicep(graph)), (read) => graphDifferences(graph, read)),
    ...problemsOf("ARM JSON", readArm(printArm(graph)), (read) => graphDifferences(graph, read)),
  ];
}

/** The same for files of Terraform, which another program has parsed. */
export function verifyTerraform(graph: ResourceGraph, files: readonly HclFile[]): readonly Diagnostic[] {
  return problemsOf("Terraform", readTerraform(files), (read) =>
    graphDifferences(asTerraformSays(graph), asTerraformSays(read)),
  );
}

function problemsOf(
  target: string,
  { graph, problems }: ReadGraph,
  compare: (read: ResourceGraph) => readonly GraphDifference[],
): readonly Diagnostic[] {
  const paths = compare(graph).map(({ resource, path }) => (path === "" ? resource : `${resource} ${path}`));
  return [
    ...problems.map((problem) => diagnose(fileNotRead, problem)),
    ...(paths.length === 0 ? [] : [diagnose(targetsDiffer, { one: "The estate", other: target, paths })]),
  ];
}
