import { asObject, asText } from "../../estate/kubernetes/json-value.ts";
import type { ObjectIndex } from "../../estate/kubernetes/object-index.ts";

/** What lies behind the claims of a cluster that name a PersistentVolume, or that one names: `namespace/claim` to handle. */
export function volumesByClaim(index: ObjectIndex): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const handles = new Map<string, string>();
  const byCluster = new Map<string, Map<string, string>>();
  const add = (cluster: string, claim: string, handle: string) => {
    const claims = byCluster.get(cluster) ?? new Map<string, string>();
    claims.set(claim, handle);
    byCluster.set(cluster, claims);
  };
  for (const { cluster, object } of index.ofKind("PersistentVolume")) {
    const spec = asObject(object.value.spec);
    const handle = asText(asObject(spec.csi).volumeHandle) ?? asText(asObject(spec.azureFile).shareName);
    if (handle === undefined) continue;
    handles.set(`${cluster}/${object.name}`, handle);
    const claim = asObject(spec.claimRef);
    const name = asText(claim.name);
    if (name !== undefined) add(cluster, `${asText(claim.namespace) ?? "default"}/${name}`, handle);
  }
  for (const { cluster, namespace, object } of index.ofKind("PersistentVolumeClaim")) {
    const volume = asText(asObject(object.value.spec).volumeName);
    const handle = volume === undefined ? undefined : handles.get(`${cluster}/${volume}`);
    if (handle !== undefined) add(cluster, `${namespace ?? "default"}/${object.name}`, handle);
  }
  return byCluster;
}
