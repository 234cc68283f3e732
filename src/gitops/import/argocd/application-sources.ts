import { load } from "js-yaml";
import { asList, asLooseText, asObject, asText, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { joinSourcePath, normalizeSourcePath } from "../../../estate/sources/source-path.ts";
import type { FoundSource } from "../found-estate.ts";
import type { RepositoryReader } from "../repository-reader.ts";

/** One source of an Application. */
export type ReadSource =
  | { readonly kind: "here"; readonly source: FoundSource; readonly changes: readonly string[] }
  | { readonly kind: "missing"; readonly path: string }
  | {
      readonly kind: "elsewhere";
      readonly from: string;
      readonly chart: string | undefined;
      readonly version: string | undefined;
    };

/** Fields below a source that change what its folder gives. */
const changing: readonly (readonly [string, readonly string[]])[] = [
  [
    "kustomize",
    [
      "images",
      "patches",
      "namePrefix",
      "nameSuffix",
      "commonLabels",
      "commonAnnotations",
      "components",
      "replicas",
      "namespace",
    ],
  ],
  ["helm", ["parameters", "fileParameters"]],
  ["directory", ["include", "exclude", "jsonnet"]],
];

/** The sources of an Application; one that is only a reference for values of others gives nothing by itself. */
export function readSources(
  application: string,
  spec: JsonObject,
  own: string | undefined,
  reader: RepositoryReader,
): readonly ReadSource[] {
  const written = isJsonObject(spec.source) ? [spec.source] : asList(spec.sources);
  return written.map(asObject).flatMap((source) => {
    if (source.path === undefined && source.chart === undefined) return [];
    return [readSource(application, source, own, reader)];
  });
}

function readSource(
  application: string,
  source: JsonObject,
  own: string | undefined,
  reader: RepositoryReader,
): ReadSource {
  const address = asText(source.repoURL) ?? "an unnamed address";
  const chart = asText(source.chart);
  if (chart !== undefined) {
    return {
      kind: "elsewhere",
      from: `chart ${chart} of ${address}`,
      chart,
      version: asLooseText(source.targetRevision),
    };
  }
  const path = normalizeSourcePath(asText(source.path) ?? ".");
  if (own !== undefined && address !== own)
    return { kind: "elsewhere", from: address, chart: undefined, version: undefined };
  const { kind } = reader.folder(path);
  if (kind === "missing") return { kind: "missing", path };
  const changes = changing.flatMap(([field, parts]) =>
    parts.filter((part) => asObject(source[field])[part] !== undefined).map((part) => `${field}.${part}`),
  );
  if (source.plugin !== undefined) changes.push("plugin");
  if (kind !== "chart") return { kind: "here", source: { kind: "folder", path }, changes };
  const helm = asObject(source.helm);
  const values = asList(helm.valueFiles).map((file) => valuesPath(String(file), path));
  return {
    kind: "here",
    changes,
    source: {
      kind: "chart",
      path,
      values: values.filter((file) => file !== joinSourcePath(path, "values.yaml")),
      inlineValues: inlineValues(helm),
      release: asText(helm.releaseName) ?? application,
    },
  };
}

/** Relative to the chart, to the root where it begins with a slash, or to another source that is named by `$`. */
function valuesPath(file: string, chart: string): string {
  if (file.startsWith("/")) return normalizeSourcePath(file.slice(1));
  return file.startsWith("$") ? normalizeSourcePath(file.slice(file.indexOf("/") + 1)) : joinSourcePath(chart, file);
}

function inlineValues({ valuesObject, values }: JsonObject): JsonObject {
  if (isJsonObject(valuesObject)) return valuesObject;
  try {
    return asObject(load(asText(values) ?? ""));
  } catch {
    return {};
  }
}
