import { asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { KUSTOMIZATION_NAMES, referencedPaths } from "../../estate/sources/referenced-paths.ts";
import { isUnder, normalizeSourcePath, sourceDirectory, sourceName } from "../../estate/sources/source-path.ts";
import { lookupOf } from "../estate-lookup/estate-lookup.ts";
import type { KustomizeFolder } from "./kustomize-folders.ts";
import type { Repository } from "./repository.ts";

/** Something in the repository that nothing uses. */
export interface UnusedConfiguration {
  readonly path: string;
  readonly what: "component" | "base" | "file";
}

/** Components and bases that no kustomization builds on, and manifests beside a kustomization that none reads. */
export function unusedConfiguration(estate: Estate, repository: Repository): readonly UnusedConfiguration[] {
  const { folders } = repository;
  const used = new Set(folders.flatMap(({ uses }) => uses));
  const delivered = deliveredPaths(estate, repository);
  const folderFindings = folders
    .filter(({ directory }) => !used.has(directory) && !delivered.has(directory))
    .flatMap(({ directory, kind, file }): UnusedConfiguration[] => {
      if (kind === "Component") return [{ path: file, what: "component" }];
      return isNamedBase(directory) ? [{ path: file, what: "base" }] : [];
    });
  return [...folderFindings, ...unreadFiles(repository, folders, delivered)];
}

function isNamedBase(directory: string): boolean {
  return /(?:^|\/)bases?(?:\/|$)/.test(directory);
}

/** What documents and delivery objects point at: built by itself, whatever it is called. */
function deliveredPaths(estate: Estate, { texts }: Repository): ReadonlySet<string> {
  const { objects } = lookupOf(estate);
  const flux = objects
    .ofKind("Kustomization.kustomize.toolkit.fluxcd.io")
    .map(({ object }) => asObject(object.value.spec).path);
  const argo = objects.ofKind("Application.argoproj.io").flatMap(({ object }) => {
    const spec = asObject(object.value.spec);
    return [spec.source, ...asList(spec.sources)].map((source) => asObject(source).path);
  });
  const written = [...flux, ...argo].flatMap((path) => asText(path) ?? []);
  const documents = [...texts]
    .filter(([path]) => !KUSTOMIZATION_NAMES.includes(sourceName(path)))
    .flatMap(([path, text]) => referencedPaths(path, text).map((reference) => reference.path));
  return new Set([...written.map(normalizeSourcePath), ...documents]);
}

/** A Kubernetes object starts so; kustomizations, values and other configuration do not have both. */
const looksLikeManifest = /^apiVersion:\s*\S[\s\S]{0,2000}?^kind:\s*\S|^kind:\s*\S[\s\S]{0,2000}?^apiVersion:\s*\S/m;
const notDelivered =
  /^apiVersion:\s*["']?(?:kustomize\.config\.k8s\.io|scantling|openslo|config\.kubernetes\.io|kind\.x-k8s\.io|skaffold)\//m;

function unreadFiles(
  { texts }: Repository,
  folders: readonly KustomizeFolder[],
  delivered: ReadonlySet<string>,
): readonly UnusedConfiguration[] {
  const read = new Set(folders.flatMap(({ files }) => files));
  const directories = new Set(folders.map(({ directory }) => directory));
  const charts = [...texts.keys()].filter((path) => sourceName(path) === "Chart.yaml").map(sourceDirectory);
  return [...texts].flatMap(([path, text]): UnusedConfiguration[] => {
    if (!/\.(?:ya?ml|json)$/.test(path) || KUSTOMIZATION_NAMES.includes(sourceName(path)) || read.has(path)) return [];
    // Only beside a kustomization: what lies elsewhere may be applied by itself.
    if (!directories.has(sourceDirectory(path)) || isDelivered(path, directories, delivered)) return [];
    if (charts.some((chart) => isUnder(path, chart))) return [];
    return looksLikeManifest.test(text) && !notDelivered.test(text) ? [{ path, what: "file" }] : [];
  });
}

function isDelivered(path: string, directories: ReadonlySet<string>, delivered: ReadonlySet<string>): boolean {
  return delivered.has(path) || (delivered.has(sourceDirectory(path)) && !directories.has(sourceDirectory(path)));
}
