import { azureName } from "../azure-names.ts";
import { grantAccess } from "./store-access.ts";
import { addStoreEndpoints } from "./store-endpoints.ts";
import { type StoreTask, zonesOf } from "./store-task.ts";

/** An account with one container, or one share where files are stored. */
export function addStorage(task: StoreTask): void {
  const { context, store, part, region } = task;
  const { draft, estate } = context;
  const isFiles = store.service === "storageFiles";
  const account = draft.add(part, {
    type: "Microsoft.Storage/storageAccounts",
    name: azureName("storage", [store.name], estate.name),
    location: region,
    kind: "StorageV2",
    sku: { name: redundancy(task) },
    properties: {
      accessTier: "Hot",
      allowBlobPublicAccess: false,
      // Shares are still mounted with keys.
      allowSharedKeyAccess: isFiles,
      minimumTlsVersion: "TLS1_2",
      supportsHttpsTrafficOnly: true,
      publicNetworkAccess: "Disabled",
    },
  });
  const service = draft.add(part, {
    type: `Microsoft.Storage/storageAccounts/${isFiles ? "fileServices" : "blobServices"}`,
    name: "default",
    parent: account,
  });
  if (isFiles) {
    draft.add(part, {
      type: "Microsoft.Storage/storageAccounts/fileServices/shares",
      name: store.name,
      parent: service,
      properties: { shareQuota: Math.max(1, Math.ceil(store.sizeGiB ?? 100)), enabledProtocols: "SMB" },
    });
  } else {
    draft.add(part, {
      type: "Microsoft.Storage/storageAccounts/blobServices/containers",
      name: store.name,
      parent: service,
      properties: { publicAccess: "None" },
    });
    grantAccess(task, (of, { identity }) => draft.grant(of, account, "Storage Blob Data Contributor", identity));
  }
  const group = isFiles ? "file" : "blob";
  addStoreEndpoints(task, { resource: account, group, zone: `privatelink.${group}.core.windows.net` });
}

/** Copies as declared by the SKU, or as zones and regions ask for. */
function redundancy(task: StoreTask): string {
  const { store, otherRegions } = task;
  if (store.sku !== undefined && /^(?:Standard|Premium)_(?:LRS|ZRS|GRS|RAGRS|GZRS|RAGZRS)$/.test(store.sku))
    return store.sku;
  const isZonal = store.zoneRedundant ?? zonesOf(task).length > 1;
  if (otherRegions.length > 0) return isZonal ? "Standard_GZRS" : "Standard_GRS";
  return isZonal ? "Standard_ZRS" : "Standard_LRS";
}
