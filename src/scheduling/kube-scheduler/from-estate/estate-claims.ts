import { storageClassesOf, storageClassTraits } from "../../../catalog/storage-classes.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { EstateContext } from "./estate-pods.ts";

/**
 * Claims of the workloads and the storage classes that they name. No volume exists yet, so all wait for their pod: also
 * those of classes that bind at once, whose volumes are made before the pod is scheduled and reach every node.
 */
export function estateClaims(workloads: readonly Workload[], { estate, cluster }: EstateContext): readonly object[] {
  const declared = storageClassesOf(cluster.name, estate.objects);
  const classes = new Map<string, object>();
  const claims = workloads.flatMap((workload) =>
    workload.claims.flatMap((claim) => {
      const traits = storageClassTraits(claim.storageClassName, cluster, declared);
      const className = traits?.name ?? claim.storageClassName ?? "default";
      classes.set(className, {
        kind: "StorageClass",
        metadata: { name: className },
        provisioner: traits?.media === "disk" ? "disk.csi.azure.com" : "file.csi.azure.com",
        parameters: { skuName: traits?.skuName ?? "" },
        volumeBindingMode: "WaitForFirstConsumer",
      });
      return claimNames(workload, claim.name, claim.perReplica).map((name) => ({
        kind: "PersistentVolumeClaim",
        metadata: { name, namespace: workload.namespace },
        spec: {
          storageClassName: className,
          accessModes: claim.accessModes,
          resources: { requests: { storage: claim.sizeBytes ?? 0 } },
        },
      }));
    }),
  );
  return [...classes.values(), ...claims];
}

/** A claim of its own for each replica is named after the template and the pod. */
function claimNames(workload: Workload, name: string, perReplica: boolean): readonly string[] {
  if (!perReplica) return [name];
  const isTemplate = workload.kind === "StatefulSet";
  return Array.from({ length: workload.replicas.minimum }, (_, replica) =>
    isTemplate ? `${name}-${workload.name}-${replica}` : `${workload.name}-${replica}-${name}`,
  );
}
