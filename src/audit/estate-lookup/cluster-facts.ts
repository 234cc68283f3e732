import { defaultCluster, defaultKubernetesVersion } from "../../estate/assumptions/estate-rules.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { clustersWithAssumedPools } from "../evidence.ts";
import { lookupOf } from "./estate-lookup.ts";

const unknownVersions = new WeakMap<Estate, ReadonlySet<string>>();
const unknownPools = new WeakMap<Estate, ReadonlySet<string>>();

/** Minor version of a cluster's Kubernetes (34 of `1.34`); undefined where nobody declared it. */
export function declaredMinorVersion(estate: Estate, cluster: string): number | undefined {
  let unknown = unknownVersions.get(estate);
  if (unknown === undefined) {
    unknown = clustersWithAssumption(estate, [defaultCluster.id, defaultKubernetesVersion.id]);
    unknownVersions.set(estate, unknown);
  }
  const declared = unknown.has(cluster) ? undefined : lookupOf(estate).clusters.get(cluster);
  return declared === undefined ? undefined : minorOf(declared.kubernetesVersion);
}

/** Minor version that a cluster runs, as declared or as assumed. */
export function minorVersion(estate: Estate, cluster: string): number | undefined {
  const known = lookupOf(estate).clusters.get(cluster);
  return known === undefined ? undefined : minorOf(known.kubernetesVersion);
}

/** The cluster, where its node pools are declared; undefined where they are only assumed. */
export function clusterWithDeclaredPools(estate: Estate, cluster: string): Cluster | undefined {
  let unknown = unknownPools.get(estate);
  if (unknown === undefined) {
    unknown = clustersWithAssumedPools(estate);
    unknownPools.set(estate, unknown);
  }
  return unknown.has(cluster) ? undefined : lookupOf(estate).clusters.get(cluster);
}

function clustersWithAssumption(estate: Estate, ids: readonly string[]): ReadonlySet<string> {
  return new Set(
    estate.assumptions.filter(({ id }) => ids.includes(id)).map(({ subject }) => subject.replace(/^Cluster\//, "")),
  );
}

function minorOf(version: string): number | undefined {
  const minor = /^1\.(\d{1,3})/.exec(version)?.[1];
  return minor === undefined ? undefined : Number(minor);
}
