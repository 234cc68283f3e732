import { asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import type { RepositoryFile } from "../repository/repository-file.ts";

/**
 * What Flux delivers, as `cluster path` for folders and `cluster chart values...` for charts: read from the entries of
 * each cluster, by following a Kustomization to the release that it brings.
 */
export function readKustomizations(files: readonly RepositoryFile[]): readonly string[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return files.flatMap(({ path }) => {
    const cluster = /^clusters\/([^/]+)\/flux\/[^/]+\.yaml$/.exec(path)?.[1];
    const spec = cluster === undefined ? {} : specOf(texts, path, "Kustomization", "kustomize.toolkit.fluxcd.io/v1");
    const target = asText(spec.path)?.replace(/^\.\//, "");
    if (cluster === undefined || target === undefined || target.includes("/flux/tenants/")) return [];
    if (!target.includes("/flux/releases/")) return [`${cluster} ${target}`];
    const chart = specOf(texts, `${target}/release.yaml`, "HelmRelease", "helm.toolkit.fluxcd.io/v2").chart;
    const chartSpec = asObject(asObject(chart).spec);
    const folder = plainPath(chartSpec.chart);
    const values = asList(chartSpec.valuesFiles).map(plainPath);
    return [[cluster, folder, ...values.filter((value) => value !== `${folder}/values.yaml`)].join(" ")];
  });
}

function specOf(texts: ReadonlyMap<string, string>, path: string, kind: string, apiVersion: string) {
  const value = asObject(readYaml(texts.get(path) ?? "", path).documents[0]?.value);
  return value.kind === kind && value.apiVersion === apiVersion ? asObject(value.spec) : {};
}

function plainPath(value: unknown): string {
  return (asText(value) ?? "").replace(/^\.\//, "");
}
