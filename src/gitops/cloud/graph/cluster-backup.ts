import { assume } from "../../../estate/assumptions/assumption-rule.ts";
import { retentionTime } from "../../../estate/assumptions/cloud-target-rules.ts";
import { azureName } from "./azure-names.ts";
import { backupAccountName } from "./backup-account.ts";
import { type CloudContext, partBeside, partOf } from "./cloud-context.ts";
import type { LooseObject } from "./graph-draft.ts";
import type { PlacedCluster } from "./placed-cluster.ts";
import { subscriptionParameter } from "./subscriptions.ts";

const retentionDays = 7;

/** Backup for AKS: vault, policy, the extension with a container to write to, trusted access, and the instance itself. */
export function addClusterBackup(context: CloudContext, { cluster, part, resource, identity }: PlacedCluster): void {
  if (cluster.backupEnabled !== true) return;
  const { draft, estate } = context;
  const redundancy = estate.regions.length > 1 ? "GeoRedundant" : "ZoneRedundant";
  const vault = draft.add(part, {
    type: "Microsoft.DataProtection/backupVaults",
    name: azureName("backupVault", [cluster.name], estate.name),
    location: cluster.region,
    identity: { type: "SystemAssigned" },
    properties: {
      storageSettings: [{ datastoreType: "VaultStore", type: redundancy }],
      securitySettings: { softDeleteSettings: { state: "On", retentionDurationInDays: 14 } },
    },
  });
  draft.assumptions.push(
    assume(
      retentionTime,
      `Cluster/${cluster.name}/backup`,
      { what: `the backup of ${cluster.name}`, days: retentionDays },
      cluster.place,
    ),
  );
  const policy = draft.add(part, {
    type: "Microsoft.DataProtection/backupVaults/backupPolicies",
    name: "daily",
    parent: vault,
    properties: dailyPolicy(),
  });
  const storage = draft.add(part, {
    type: "Microsoft.Storage/storageAccounts",
    name: backupAccountName(cluster, estate.name),
    location: cluster.region,
    kind: "StorageV2",
    sku: { name: "Standard_ZRS" },
    properties: {
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      minimumTlsVersion: "TLS1_2",
      supportsHttpsTrafficOnly: true,
    },
  });
  const blobs = draft.add(part, {
    type: "Microsoft.Storage/storageAccounts/blobServices",
    name: "default",
    parent: storage,
  });
  const container = draft.add(part, {
    type: "Microsoft.Storage/storageAccounts/blobServices/containers",
    name: "cluster",
    parent: blobs,
    properties: { publicAccess: "None" },
  });
  const extension = draft.add(part, {
    type: "Microsoft.KubernetesConfiguration/extensions",
    name: "azure-aks-backup",
    parent: resource,
    properties: {
      extensionType: "microsoft.dataprotection.kubernetes",
      autoUpgradeMinorVersion: true,
      releaseTrain: "stable",
      scope: { cluster: { releaseNamespace: "dataprotection-microsoft" } },
      configurationSettings: {
        "configuration.backupStorageLocation.bucket": { $ref: container.key, output: "name" },
        "configuration.backupStorageLocation.config.resourceGroup": part.group.name,
        "configuration.backupStorageLocation.config.storageAccount": { $ref: storage.key, output: "name" },
        "configuration.backupStorageLocation.config.subscriptionId": {
          $parameter: subscriptionParameter(part.subscription),
          secure: false,
        },
        // Without these two the extension asks for the account's keys, which its role does not let it list.
        "configuration.backupStorageLocation.config.storageAccountURI": `https://${storage.name}.blob.core.windows.net/`,
        "configuration.backupStorageLocation.config.useAAD": "true",
        "credentials.tenantId": { $parameter: "tenantId", secure: false },
      },
    },
  });
  const canWrite = draft.grant(
    part,
    storage,
    "Storage Blob Data Contributor",
    extension,
    "properties.aksAssignedIdentity.principalId",
  );
  const canRead = draft.grant(part, resource, "Reader", vault, "identity.principalId");
  // The cluster has to own all of the group that keeps its snapshots: one that holds nothing else.
  const snapshots = partOf(context, `snapshots-${cluster.name}`, {
    subscription: part.subscription,
    region: cluster.region,
    tells: part.tells,
    words: [cluster.name, "snapshots"],
  });
  const canSnapshot = draft.grantInGroup(snapshots, "Contributor", identity);
  const canReadSnapshots = draft.grantInGroup(snapshots, "Reader", vault, "identity.principalId");
  const access = draft.add(part, {
    type: "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings",
    name: "backup",
    parent: resource,
    properties: {
      sourceResourceId: vault.id,
      roles: ["Microsoft.DataProtection/backupVaults/backup-operator"],
    },
  });
  const instancePart = partBeside(part, `backup-${cluster.name}`, part.group);
  draft.add(instancePart, {
    type: "Microsoft.DataProtection/backupVaults/backupInstances",
    name: cluster.name,
    parent: vault,
    after: [canWrite, canRead, canSnapshot, canReadSnapshots, access],
    properties: {
      friendlyName: cluster.name,
      objectType: "BackupInstance",
      dataSourceInfo: {
        objectType: "Datasource",
        datasourceType: "Microsoft.ContainerService/managedClusters",
        resourceType: "Microsoft.ContainerService/managedClusters",
        resourceID: resource.id,
        resourceLocation: cluster.region,
        resourceName: { $ref: resource.key, output: "name" },
        resourceUri: resource.id,
      },
      policyInfo: {
        policyId: policy.id,
        policyParameters: {
          dataStoreParametersList: [
            {
              objectType: "AzureOperationalStoreParameters",
              dataStoreType: "OperationalStore",
              resourceGroupId: snapshots.group.id,
            },
          ],
          backupDatasourceParametersList: [
            {
              objectType: "KubernetesClusterBackupDatasourceParameters",
              includeClusterScopeResources: true,
              snapshotVolumes: true,
              includedNamespaces: cluster.backup?.namespaces,
            },
          ],
        },
      },
    },
  });
}

function dailyPolicy(): LooseObject {
  const store = { dataStoreType: "OperationalStore", objectType: "DataStoreInfoBase" };
  return {
    objectType: "BackupPolicy",
    datasourceTypes: ["Microsoft.ContainerService/managedClusters"],
    policyRules: [
      {
        name: "daily",
        objectType: "AzureBackupRule",
        backupParameters: { objectType: "AzureBackupParams", backupType: "Incremental" },
        dataStore: store,
        trigger: {
          objectType: "ScheduleBasedTriggerContext",
          schedule: { repeatingTimeIntervals: ["R/2026-01-01T01:00:00+00:00/P1D"], timeZone: "UTC" },
          taggingCriteria: [{ isDefault: true, taggingPriority: 99, tagInfo: { id: "Default_", tagName: "Default" } }],
        },
      },
      {
        name: "Default",
        objectType: "AzureRetentionRule",
        isDefault: true,
        lifecycles: [
          {
            deleteAfter: { objectType: "AbsoluteDeleteOption", duration: `P${retentionDays}D` },
            sourceDataStore: store,
            targetDataStoreCopySettings: [],
          },
        ],
      },
    ],
  };
}
