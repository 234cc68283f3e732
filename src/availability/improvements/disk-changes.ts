import { storageClassesOf, storageClassTraits } from "../../catalog/storage-classes.ts";
import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { VolumeClaim, Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import type { CandidateChange, CandidateScope } from "./candidate.ts";
import { withWorkloads, workloadsInScope } from "./same-workload.ts";

/** Zone-redundant disks in the place of locally redundant ones, which hold their pods to one zone. */
export function diskChanges(scope: CandidateScope): readonly CandidateChange[] {
  const { estate } = scope;
  return workloadsInScope(scope).flatMap((same): readonly CandidateChange[] => {
    const skus = new Set(same.members.flatMap((member) => localSkus(estate, member).values().toArray()));
    const [sku] = skus;
    if (sku === undefined) return [];
    const names = [...localSkus(estate, same.first).keys()].map(({ name }) => name).join(", ");
    return [
      {
        id: `diskRedundancy/${same.id}`,
        kind: "diskRedundancy",
        what: `keep volume ${names} of ${same.label} on a zone-redundant disk (${zoneRedundantSku(sku)})`,
        because: "a locally redundant disk holds its pod to one zone",
        estate: () => withZoneRedundantDisks(estate, same.members),
        touches: [...same.members.map(({ id }) => id), `zone/`],
        caveat: "the data must be copied to new disks",
        place: same.first.place,
      },
    ];
  });
}

/** SKUs of the workload's locally redundant disks that also exist zone-redundant, by claim. */
function localSkus(estate: Estate, workload: Workload): ReadonlyMap<VolumeClaim, string> {
  const cluster = estate.clusters.find(({ name }) => name === workload.cluster);
  const zones = new Set(cluster?.nodePools.flatMap((pool) => pool.zones));
  if (cluster === undefined || zones.size < 2) return new Map();
  const classes = storageClassesOf(cluster.name, estate.objects);
  return new Map(
    workload.claims.flatMap((claim): readonly (readonly [VolumeClaim, string])[] => {
      const traits = storageClassTraits(claim.storageClassName, cluster, classes);
      if (traits?.media !== "disk" || !/^(?:Premium|StandardSSD)_LRS$/.test(traits.skuName)) return [];
      return [[claim, traits.skuName]];
    }),
  );
}

function withZoneRedundantDisks(estate: Estate, members: readonly Workload[]): Estate {
  const classes: PlacedObject[] = [];
  const changed = withWorkloads(estate, members, (workload) => {
    const skus = localSkus(estate, workload);
    const claims = workload.claims.map((claim) => {
      const sku = skus.get(claim);
      if (sku === undefined) return claim;
      const placed = zoneRedundantClass(workload, claim, zoneRedundantSku(sku));
      classes.push(placed);
      return { ...claim, storageClassName: placed.object.name };
    });
    return { ...workload, claims };
  });
  return { ...changed, objects: [...changed.objects, ...classes] };
}

function zoneRedundantClass({ environment, cluster, tenant }: Workload, claim: VolumeClaim, sku: string): PlacedObject {
  const name = `${sku.toLowerCase().replaceAll("_", "-")}-proposed`;
  const object: KubernetesObject = {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    name,
    namespace: undefined,
    value: {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name },
      provisioner: "disk.csi.azure.com",
      parameters: { skuName: sku },
    },
    locate: () => claim.place,
  };
  return { environment, cluster, namespace: undefined, application: undefined, tenant, object };
}

function zoneRedundantSku(sku: string): string {
  return sku.replace(/_LRS$/, "_ZRS");
}
