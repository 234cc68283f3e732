import type { KubernetesVersion } from "./catalog.ts";
import { citation, type SourceTable } from "./catalog-source.ts";
import type { Fact } from "./fact.ts";
import table from "./tables/kubernetes-versions.json" with { type: "json" };

export const kubernetesVersionSources: SourceTable = table.sources;

type Row = readonly [
  minor: string,
  upstreamRelease: string,
  preview: string,
  generallyAvailable: string | null,
  endOfSupport: string | null,
  endOfLongTermSupport: string | null,
  source: string,
];

const rowOf = new Map((table.rows as unknown as readonly Row[]).map((row) => [row[0], row]));

/** AKS calendar of a version (`1.34`, `v1.34.2`); undefined for versions that the calendar read does not list. */
export function kubernetesVersion(version: string): KubernetesVersion | undefined {
  const minor = /^v?(\d+\.\d+)/.exec(version.trim())?.[1];
  const row = minor === undefined ? undefined : rowOf.get(minor);
  if (row === undefined) return undefined;
  const [name, , , available, endOfSupport, endOfLongTermSupport, source] = row;
  const fact = (what: string, value: string | null): Fact<string> | undefined =>
    value === null
      ? undefined
      : {
          name: `Kubernetes ${name} on AKS: ${what}`,
          value,
          unit: "",
          ...citation(kubernetesVersionSources, source),
          verified: true,
        };
  return {
    generallyAvailable: fact("generally available", available),
    endOfSupport: fact("end of support", endOfSupport),
    endOfLongTermSupport: fact("end of long-term support", endOfLongTermSupport),
  };
}

/** Versions of the calendar, oldest first. */
export function kubernetesVersions(): readonly string[] {
  return [...rowOf.keys()];
}
