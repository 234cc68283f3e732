import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";

/** Disk types that have an own key where the class of the application asks for one, by the ending of the class's name. */
const diskSkus = [
  { ending: "premium-lrs", skuName: "Premium_LRS" },
  { ending: "premium-zrs", skuName: "Premium_ZRS" },
  { ending: "standardssd-zrs", skuName: "StandardSSD_ZRS" },
] as const;

/** StorageClasses of one application whose disks are encrypted with its own key. */
export function ownKeyStorageClasses(application: string, diskEncryptionSetId: string): readonly JsonObject[] {
  return diskSkus.map(({ ending, skuName }) => ({
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: `${application}-azdisk-${ending}`, labels: { "app-id": application } },
    provisioner: "disk.csi.azure.com",
    parameters: { skuName, diskEncryptionSetID: diskEncryptionSetId, cachingMode: "ReadOnly" },
    reclaimPolicy: "Delete",
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
  }));
}
