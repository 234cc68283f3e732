import type { ManifestSource } from "../kinds/application-document.ts";
import { CLUSTER_PLACEHOLDER } from "../sources/referenced-paths.ts";

/** True when each cluster has manifests of its own: a path of the source holds `{cluster}`. */
export function namesCluster(source: ManifestSource): boolean {
  return pathsOf(source).some((path) => path.includes(CLUSTER_PLACEHOLDER));
}

/** The source as one cluster reads it. */
export function sourceOnCluster(source: ManifestSource, cluster: string): ManifestSource {
  const here = (path: string): string => path.replaceAll(CLUSTER_PLACEHOLDER, cluster);
  if (typeof source === "string") return here(source);
  if (Array.isArray(source)) return source.map(here);
  return {
    ...source,
    chart: here(source.chart),
    ...(source.values === undefined ? {} : { values: source.values.map(here) }),
  };
}

function pathsOf(source: ManifestSource): readonly string[] {
  if (typeof source === "string") return [source];
  return Array.isArray(source) ? source : [source.chart, ...(source.values ?? [])];
}
