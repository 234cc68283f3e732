import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { targetNotReadBack } from "../../estate/diagnostics/render-diagnostics.ts";
import { isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import { printArm } from "../../gitops/cloud/arm/print-arm.ts";
import { readArm } from "../../gitops/cloud/arm/read-arm.ts";
import { printBicep } from "../../gitops/cloud/bicep/print-bicep.ts";
import { readBicep } from "../../gitops/cloud/bicep/read-bicep.ts";
import { cloudFiles, cloudGaps } from "../../gitops/cloud/cloud-target.ts";
import type { CloudTargetName } from "../../gitops/cloud/cloud-target-name.ts";
import { crossplaneGaps } from "../../gitops/cloud/crossplane/managed-resources.ts";
import { readCrossplane } from "../../gitops/cloud/crossplane/read-crossplane.ts";
import { asCrossplaneSays } from "../../gitops/cloud/crossplane/said-graph.ts";
import { graphDifferences } from "../../gitops/cloud/equality/compare-graphs.ts";
import { asTerraformSays } from "../../gitops/cloud/equality/target-graph.ts";
import { cloudGraph } from "../../gitops/cloud/graph/cloud-graph.ts";
import type { ResourceGraph } from "../../gitops/cloud/graph/resource-graph.ts";
import { type StagedGraph, stagedGraph, unstagedGraph } from "../../gitops/cloud/pipelines/staged-graph.ts";
import { operatorObjects } from "../../gitops/cloud/service-operator/operator-objects.ts";
import { readServiceOperator } from "../../gitops/cloud/service-operator/read-service-operator.ts";
import { type HclFile, readTerraform } from "../../gitops/cloud/terraform/read-terraform.ts";
import { asOperatorSays } from "./operator-said-graph.ts";
import type { DeliveryProof } from "./repository-report.ts";
import { subscriptionCriticality } from "./subscription-criticality.ts";

/** Parses a file of Terraform as another program than ours does; undefined where there is none. */
export type HclParser = (path: string, text: string) => Promise<JsonObject | undefined>;

interface CloudProof {
  readonly proofs: readonly DeliveryProof[];
  /** What could not be read back, and why. */
  readonly diagnostics: readonly Diagnostic[];
}

interface ReadBack {
  readonly name: string;
  readonly isEqual: boolean;
}

/**
 * Reads the cloud side back, by readers that are not the writers, and compares it with the graph that all targets are
 * printed from: Bicep and its twin in ARM JSON always, and the language that was chosen.
 */
export async function verifyCloud(
  estate: Estate,
  target: CloudTargetName | undefined,
  parseHcl?: HclParser,
): Promise<CloudProof> {
  const { graph } = cloudGraph(estate);
  const staged = stagedGraph(graph, subscriptionCriticality(estate));
  if (graph.resources.length === 0) return { proofs: [], diagnostics: [] };
  const chosen = await readChosen(target, graph, staged, parseHcl);
  const reads = [...readTwins(graph, staged), ...("name" in chosen ? [chosen] : [])];
  return {
    proofs: reads.map(({ name, isEqual }) => ({
      statement: statementOf(name, target === undefined ? 0 : gapCount(name, target, graph)),
      over: "resources",
      count: graph.resources.length,
      holds: isEqual,
    })),
    diagnostics: "reason" in chosen ? [diagnose(targetNotReadBack, chosen)] : [],
  };
}

const names = { terraform: "Terraform", serviceOperator: "Azure Service Operator", crossplane: "Crossplane" } as const;

function statementOf(name: string, gaps: number): string {
  const but = gaps === 0 ? "" : `, but for ${gaps} that it cannot say (EST-980)`;
  return `${name} reads back as the resources of the estate, field by field${but}`;
}

function gapCount(name: string, target: CloudTargetName, graph: ResourceGraph): number {
  return target in names && names[target as keyof typeof names] === name ? cloudGaps(target, graph).length : 0;
}

function readTwins(graph: ResourceGraph, staged: StagedGraph): readonly ReadBack[] {
  const forms = [
    { name: "Bicep", read: readBicep(printBicep(staged.graph)) },
    { name: "ARM JSON", read: readArm(printArm(staged.graph)) },
  ];
  return forms.map(({ name, read }) => ({
    name,
    isEqual: read.problems.length === 0 && graphDifferences(graph, unstagedGraph(read.graph, staged)).length === 0,
  }));
}

type Unread = { readonly target: string; readonly reason: string };

async function readChosen(
  target: CloudTargetName | undefined,
  graph: ResourceGraph,
  staged: StagedGraph,
  parseHcl: HclParser | undefined,
): Promise<ReadBack | Unread | { readonly target: undefined }> {
  switch (target) {
    case undefined:
    case "bicep":
      return { target: undefined };
    case "terraform": {
      const files = await parsedFiles(staged.graph, parseHcl);
      if (files === undefined) return { target: names.terraform, reason: "no parser of HCL is installed" };
      const { graph: read, problems } = readTerraform(files);
      const differences = graphDifferences(asTerraformSays(graph), asTerraformSays(unstagedGraph(read, staged)));
      return { name: names.terraform, isEqual: problems.length === 0 && differences.length === 0 };
    }
    case "serviceOperator": {
      const { gaps } = operatorObjects(graph);
      const { graph: read, problems } = readServiceOperator(documentsOf(target, graph));
      const differences = graphDifferences(asOperatorSays(graph, gaps), asOperatorSays(read, []));
      return { name: names.serviceOperator, isEqual: problems.length === 0 && differences.length === 0 };
    }
    case "crossplane": {
      const { graph: read, problems } = readCrossplane(documentsOf(target, graph));
      const said = asCrossplaneSays(graph, crossplaneGaps(graph));
      const differences = graphDifferences(said, asCrossplaneSays(read, []));
      return { name: names.crossplane, isEqual: problems.length === 0 && differences.length === 0 };
    }
    case "pulumi":
      return {
        target: "Pulumi",
        reason: "its program has to be run, which the tests of scantling do and this command does not",
      };
  }
}

async function parsedFiles(
  graph: ResourceGraph,
  parse: HclParser | undefined,
): Promise<readonly HclFile[] | undefined> {
  const files: HclFile[] = [];
  for (const { path, text } of cloudFiles("terraform", graph)) {
    const json = await parse?.(path, text);
    if (json === undefined) return undefined;
    files.push({ path, json });
  }
  return files;
}

function documentsOf(target: CloudTargetName, graph: ResourceGraph): readonly JsonObject[] {
  return cloudFiles(target, graph)
    .flatMap(({ path, text }) => readYaml(text, path).documents.map(({ value }) => value))
    .filter(isJsonObject);
}
