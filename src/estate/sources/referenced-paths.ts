import { readYaml } from "./read-yaml.ts";
import { joinSourcePath, sourceDirectory, sourceName } from "./source-path.ts";

/**
 * A path that some text refers to. `resource`: a file, or a folder with a kustomization; `file`: one text; `folder`: all
 * manifests below it; `chart`: all texts of a Helm chart.
 */
export interface ReferencedPath {
  readonly path: string;
  readonly use: "resource" | "file" | "folder" | "chart";
}

/** The names under which kustomize looks for a kustomization, in its order. */
export const KUSTOMIZATION_NAMES: readonly string[] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** Stands in a path of manifests for the name of the cluster that reads them. */
export const CLUSTER_PLACEHOLDER = "{cluster}";

type Json = { readonly [key: string]: unknown };

/** Fields of a kustomization whose entries are files or folders. */
const RESOURCE_FIELDS = ["resources", "bases", "components", "transformers", "generators", "validators"];
/** Fields whose entries are files. */
const FILE_FIELDS = ["crds", "configurations", "patchesStrategicMerge"];
/** Fields whose entries name a file under `path`. */
const PATH_FIELDS = ["patches", "patchesJson6902", "replacements"];
const GENERATOR_FIELDS = ["configMapGenerator", "secretGenerator"];

/**
 * What one text refers to outside itself: files and folders of a kustomization, manifests, charts and load series of
 * Scantling documents. Addresses of remote sources are left out; a reader has not to fetch anything.
 */
export function referencedPaths(path: string, text: string): readonly ReferencedPath[] {
  const directory = sourceDirectory(path);
  if (KUSTOMIZATION_NAMES.includes(sourceName(path))) {
    return readYaml(text, path).documents.flatMap(({ value }) =>
      isJson(value) ? ofKustomization(value, directory) : [],
    );
  }
  if (!text.includes("scantling/v1alpha1")) return [];
  return readYaml(text, path).documents.flatMap(({ value }) =>
    isJson(value) && value.apiVersion === "scantling/v1alpha1" ? ofScantlingDocument(value, directory) : [],
  );
}

function ofKustomization(value: Json, directory: string): readonly ReferencedPath[] {
  const at = (use: ReferencedPath["use"]) => (entry: unknown) => local(entry, directory, use);
  return [
    ...RESOURCE_FIELDS.flatMap((field) => list(value[field]).flatMap(at("resource"))),
    ...FILE_FIELDS.flatMap((field) => list(value[field]).flatMap(at("file"))),
    ...PATH_FIELDS.flatMap((field) =>
      list(value[field]).flatMap((entry) => at("file")(isJson(entry) ? entry.path : undefined)),
    ),
    ...GENERATOR_FIELDS.flatMap((field) => list(value[field]).flatMap((entry) => ofGenerator(entry, directory))),
    ...at("file")(isJson(value.openapi) ? value.openapi.path : undefined),
    ...list(value.helmCharts).flatMap((chart) => ofHelmChart(chart, value.helmGlobals, directory)),
  ];
}

function ofGenerator(entry: unknown, directory: string): readonly ReferencedPath[] {
  if (!isJson(entry)) return [];
  const files = list(entry.files).map((file) =>
    typeof file === "string" ? file.slice(file.indexOf("=") + 1) : undefined,
  );
  return [...files, ...list(entry.envs), entry.env].flatMap((file) => local(file, directory, "file"));
}

function ofHelmChart(chart: unknown, globals: unknown, directory: string): readonly ReferencedPath[] {
  if (!isJson(chart)) return [];
  const home = isJson(globals) && typeof globals.chartHome === "string" ? globals.chartHome : "charts";
  return [
    ...(typeof chart.name === "string" ? local(`${home}/${chart.name}`, directory, "chart") : []),
    ...[chart.valuesFile, ...list(chart.additionalValuesFiles)].flatMap((file) => local(file, directory, "file")),
  ];
}

function ofScantlingDocument({ kind, spec }: Json, directory: string): readonly ReferencedPath[] {
  if (!isJson(spec)) return [];
  if (kind === "Application" && isJson(spec.manifests)) {
    return Object.values(spec.manifests).flatMap((manifests) => ofManifests(manifests, directory));
  }
  if (kind === "Application") return ofManifests(spec.manifests, directory);
  if (kind === "LoadProfile" && isJson(spec.series)) return local(spec.series.file, directory, "file");
  return [];
}

function ofManifests(manifests: unknown, directory: string): readonly ReferencedPath[] {
  if (!isJson(manifests))
    return list(manifests).length > 0
      ? list(manifests).flatMap((entry) => ofManifests(entry, directory))
      : local(manifests, directory, "folder");
  return [
    ...local(manifests.chart, directory, "chart"),
    ...list(manifests.values).flatMap((file) => local(file, directory, "file")),
  ];
}

/**
 * An entry as a path, unless it is no text, an inline patch, or an address elsewhere. What differs by cluster may lie in
 * any folder beside the placeholder.
 */
function local(entry: unknown, directory: string, use: ReferencedPath["use"]): readonly ReferencedPath[] {
  if (typeof entry !== "string" || entry === "" || /[\n\r]/.test(entry) || isRemote(entry)) return [];
  const placeholder = entry.indexOf(CLUSTER_PLACEHOLDER);
  if (placeholder !== -1) {
    const above = sourceDirectory(entry.slice(0, placeholder));
    return [{ path: joinSourcePath(directory, above), use: use === "chart" ? "chart" : "folder" }];
  }
  return [{ path: joinSourcePath(directory, entry), use }];
}

/** True for what kustomize would clone or download. */
export function isRemote(reference: string): boolean {
  return (
    /^[a-z][a-z0-9+.-]*:\/\//i.test(reference) ||
    /^(git::|git@|ssh:|oci:)/.test(reference) ||
    /[?&](ref|version|timeout|submodules)=/.test(reference) ||
    /^(github\.com|gitlab\.com|bitbucket\.org|dev\.azure\.com)[/:]/.test(reference)
  );
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
