import { type StorageClassTraits, storageClassesOf, storageClassTraits } from "../../catalog/storage-classes.ts";
import { asObject, asStringMap } from "../../estate/kubernetes/json-value.ts";
import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { VolumeClaim, Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { clusterWithDeclaredPools } from "../estate-lookup/cluster-facts.ts";
import { lookupOf } from "../estate-lookup/estate-lookup.ts";

type Classes = ReadonlyMap<string, KubernetesObject>;

const classes = new WeakMap<Estate, Map<string, Classes>>();

/** StorageClass objects of a cluster by name, collected once. */
function storageClasses(estate: Estate, cluster: string): Classes {
  const known = classes.get(estate) ?? new Map<string, Classes>();
  classes.set(estate, known);
  const found = known.get(cluster) ?? storageClassesOf(cluster, estate.objects);
  known.set(cluster, found);
  return found;
}

/** The StorageClass object of a claim, where the input holds it: by name, or the one that is the cluster's default. */
export function declaredClass(estate: Estate, { cluster }: Workload, claim: VolumeClaim): KubernetesObject | undefined {
  const declared = storageClasses(estate, cluster);
  if (claim.storageClassName !== undefined) return declared.get(claim.storageClassName);
  return [...declared.values()].find(
    ({ value }) =>
      asStringMap(asObject(value.metadata).annotations)["storageclass.kubernetes.io/is-default-class"] === "true",
  );
}

/** What the class of a claim gives; undefined where it is not known here. */
export function claimTraits(estate: Estate, workload: Workload, claim: VolumeClaim): StorageClassTraits | undefined {
  const cluster = lookupOf(estate).clusters.get(workload.cluster);
  if (cluster === undefined) return undefined;
  return storageClassTraits(claim.storageClassName, cluster, storageClasses(estate, workload.cluster));
}

/** The built-in classes change their redundancy with the version and the zones of the cluster, which nobody declared. */
export function dependsOnCluster(estate: Estate, workload: Workload, claim: VolumeClaim): boolean {
  return (
    clusterWithDeclaredPools(estate, workload.cluster) === undefined &&
    declaredClass(estate, workload, claim) === undefined
  );
}
