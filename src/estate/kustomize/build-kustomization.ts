import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { KubernetesObject } from "../kubernetes/kubernetes-object.ts";
import { normalizeSourcePath } from "../sources/source-path.ts";
import { accumulate, emptyAccumulation, newBuild } from "./accumulate.ts";
import { BuildLog } from "./build-log.ts";
import { nearestNode, textOf } from "./field-node.ts";
import { placeOf } from "./field-origin.ts";
import { readKustomization } from "./kustomization.ts";
import { KustomizeFiles } from "./kustomize-files.ts";
import { appendNameHashes } from "./name-hash.ts";
import { fixNameReferences } from "./name-reference.ts";
import type { PatchUse } from "./patch-use.ts";
import { renderedObject } from "./rendered-value.ts";
import { metadataTexts, nameOf, namespaceOf, normalizeMetadataTexts, type Resource } from "./resource.ts";
import { sortedResources } from "./sort-options.ts";
import { resolveVariables } from "./variable.ts";

/** What a kustomization gives: its objects, and what could not be evaluated. */
export interface KustomizationResult {
  readonly objects: readonly KubernetesObject[];
  readonly diagnostics: readonly Diagnostic[];
  /** Every patch with what it was applied to; those of a component once for each time the component is used. */
  readonly patches: readonly PatchUse[];
}

/** Resources that say that they are for tools only. */
const LOCAL_CONFIGURATION = "config.kubernetes.io/local-config";

/**
 * Evaluates the kustomization of a folder as Kustomize 5.7.1 does (`kubectl kustomize`), over texts by path. Where the
 * real one stops with an error, the rest is still evaluated and the error is a diagnostic. Each object knows the text
 * that set each of its fields.
 */
export function buildKustomization(directory: string, texts: ReadonlyMap<string, string>): KustomizationResult {
  const files = new KustomizeFiles(texts);
  const log = new BuildLog();
  const kustomization = readKustomization(normalizeSourcePath(directory), files, log);
  if (kustomization === undefined) return { objects: [], diagnostics: log.diagnostics(), patches: [] };
  const accumulation = emptyAccumulation();
  accumulate(newBuild(files, log), kustomization, accumulation, []);
  const { resources, configuration, variables } = accumulation;
  appendNameHashes(resources);
  fixNameReferences(resources, configuration, log);
  resolveVariables(variables, resources, configuration, log);
  const deployed = resources.list.filter((resource) => !isLocal(resource));
  const objects = sortedResources(deployed, kustomization.fields, log).map(kubernetesObject);
  return { objects, diagnostics: log.diagnostics(), patches: log.patches };
}

function isLocal(resource: Resource): boolean {
  const local = metadataTexts(resource.root, "annotations").get(LOCAL_CONFIGURATION);
  return local !== undefined && local !== "false";
}

function kubernetesObject(resource: Resource): KubernetesObject {
  const { root } = resource;
  normalizeMetadataTexts(root, "annotations");
  const namespace = namespaceOf(resource);
  return {
    apiVersion: textOf(root.fields.get("apiVersion")),
    kind: textOf(root.fields.get("kind")),
    name: nameOf(resource),
    namespace: namespace === "" ? undefined : namespace,
    value: renderedObject(root),
    locate: (path) => placeOf(nearestNode(root, path).origin),
  };
}
