import { storageClassTraits } from "../../catalog/storage-classes.ts";
import { diskUnavailability, serviceUnavailability } from "../../estate/assumptions/failure-rules.ts";
import { unknownStorageClass } from "../../estate/assumptions/failure-structure-rules.ts";
import type { VolumeClaim, Workload } from "../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { FaultModel } from "./fault-model.ts";
import type { GroupDisk } from "./replica-group.ts";
import { agreementOf } from "./service-agreement.ts";

/**
 * The volumes under a workload's pods. A locally redundant disk binds its pod to one zone; a zone-redundant one moves
 * with it; a file share is a service of its own.
 */
export function readDisks(model: FaultModel, workload: Workload, cluster: Cluster): readonly GroupDisk[] {
  return workload.claims.map((claim) => readDisk(model, claim, cluster));
}

function readDisk(model: FaultModel, claim: VolumeClaim, cluster: Cluster): GroupDisk {
  const { failures, catalog } = model;
  const traits = storageClassTraits(claim.storageClassName, cluster, model.storageClasses(cluster.name));
  const base = { label: claim.name, perReplica: claim.perReplica, place: claim.place };
  if (traits !== undefined && traits.media !== "disk") {
    const agreement = catalog.sla("storage", { redundancy: traits.redundancy, accessTier: "hot" });
    const stated = agreementOf(model, agreement, serviceUnavailability, `volume ${claim.name}`, claim.place);
    return {
      ...base,
      zonal: false,
      attached: false,
      unavailability: stated.unavailability,
      reasons: [traits.reason, ...stated.reasons],
    };
  }
  const { storageClassName: storageClass } = claim;
  const subject = `StorageClass/${storageClass ?? "default"}`;
  const reason = traits?.reason ?? failures.assume(unknownStorageClass, subject, { storageClass }, claim.place);
  return {
    ...base,
    zonal: traits?.redundancy !== "ZRS",
    attached: true,
    unavailability: failures.value(diskUnavailability),
    reasons: [failures.reason(diskUnavailability), reason],
  };
}
