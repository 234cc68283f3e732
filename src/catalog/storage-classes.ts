import type { Reason } from "../estate/figures/figure.ts";
import type { JsonObject, KubernetesObject } from "../estate/kubernetes/kubernetes-object.ts";
import type { Cluster } from "../estate/model/cluster.ts";
import type { PlacedObject } from "../estate/model/estate.ts";

type DiskRedundancy = "LRS" | "ZRS";

/** What a storage class gives, with the reason why that is believed. */
export interface StorageClassTraits {
  readonly name: string;
  readonly media: "disk" | "files" | "blob" | "other";
  /** SKU of the disk or account, such as `Premium_LRS`, `StandardSSD_ZRS`, `PremiumV2_LRS`. */
  readonly skuName: string;
  readonly redundancy: DiskRedundancy | undefined;
  readonly reason: Reason;
}

/** Built-in classes of AKS without their redundancy, which depends on version and zones. */
const builtInClasses: {
  readonly [name: string]: {
    readonly media: StorageClassTraits["media"];
    readonly tier: string;
    readonly alwaysLocal?: true;
  };
} = {
  default: { media: "disk", tier: "StandardSSD" },
  "managed-csi": { media: "disk", tier: "StandardSSD" },
  managed: { media: "disk", tier: "StandardSSD" },
  "managed-csi-premium": { media: "disk", tier: "Premium" },
  "managed-premium": { media: "disk", tier: "Premium" },
  "managed-csi-premium-v2": { media: "disk", tier: "PremiumV2", alwaysLocal: true },
  azurefile: { media: "files", tier: "Standard" },
  "azurefile-csi": { media: "files", tier: "Standard" },
  "azurefile-premium": { media: "files", tier: "Premium" },
  "azurefile-csi-premium": { media: "files", tier: "Premium" },
  "azureblob-fuse-premium": { media: "blob", tier: "Premium" },
  "azureblob-nfs-premium": { media: "blob", tier: "Premium" },
};

const builtInSource = {
  source: "MicrosoftDocs/azure-aks-docs articles/aks/concepts-storage.md",
  asOf: "2026-07-30",
} as const;
/** From this minor version on, the built-in disk classes of clusters that span zones are zone-redundant. */
const zoneRedundantSinceMinor = 29;

/** StorageClass objects of one cluster by name. */
export function storageClassesOf(
  cluster: string,
  objects: readonly PlacedObject[],
): ReadonlyMap<string, KubernetesObject> {
  return new Map(
    objects
      .filter(
        (placed) =>
          placed.cluster === cluster &&
          placed.object.kind === "StorageClass" &&
          placed.object.apiVersion.startsWith("storage.k8s.io/"),
      )
      .map(({ object }) => [object.name, object]),
  );
}

/**
 * Traits of the class that a claim names (undefined: the cluster's default class). A StorageClass object wins over the
 * built-in class of the same name; undefined when neither is known or its provisioner is not one of Azure's.
 */
export function storageClassTraits(
  className: string | undefined,
  cluster: Cluster,
  declared: ReadonlyMap<string, KubernetesObject>,
): StorageClassTraits | undefined {
  const name = className ?? defaultClassName(declared);
  const object = declared.get(name);
  return object === undefined ? builtInTraits(name, cluster) : declaredTraits(name, object);
}

function defaultClassName(declared: ReadonlyMap<string, KubernetesObject>): string {
  for (const [name, object] of declared) {
    const metadata = asObject(object.value["metadata"]);
    if (asObject(metadata?.["annotations"])?.["storageclass.kubernetes.io/is-default-class"] === "true") return name;
  }
  return "default";
}

function builtInTraits(name: string, cluster: Cluster): StorageClassTraits | undefined {
  const builtIn = builtInClasses[name];
  if (builtIn === undefined) return undefined;
  const zoneRedundant =
    builtIn.media === "disk" &&
    builtIn.alwaysLocal !== true &&
    spansZones(cluster) &&
    minorVersion(cluster) >= zoneRedundantSinceMinor;
  const redundancy = zoneRedundant ? "ZRS" : "LRS";
  const skuName = `${builtIn.tier}_${redundancy}`;
  return {
    name,
    media: builtIn.media,
    skuName,
    redundancy,
    reason: { kind: "fact", name: `built-in storage class ${name}`, value: skuName, ...builtInSource, verified: true },
  };
}

const mediaByProvisioner: { readonly [provisioner: string]: StorageClassTraits["media"] } = {
  "disk.csi.azure.com": "disk",
  "kubernetes.io/azure-disk": "disk",
  "file.csi.azure.com": "files",
  "kubernetes.io/azure-file": "files",
  "blob.csi.azure.com": "blob",
};

function declaredTraits(name: string, object: KubernetesObject): StorageClassTraits | undefined {
  const media = mediaByProvisioner[String(object.value["provisioner"])];
  if (media === undefined) return undefined;
  const parameters = asObject(object.value["parameters"]);
  const key = ["skuName", "skuname", "storageaccounttype", "storageAccountType"].find(
    (candidate) => typeof parameters?.[candidate] === "string",
  );
  // The CSI drivers' default where the class names no SKU.
  const skuName =
    key === undefined ? (media === "disk" ? "StandardSSD_LRS" : "Standard_LRS") : String(parameters?.[key]);
  return {
    name,
    media,
    skuName,
    redundancy: skuName.endsWith("_ZRS") ? "ZRS" : skuName.endsWith("_LRS") ? "LRS" : undefined,
    reason: {
      kind: "declared",
      name: `StorageClass/${name}`,
      value: skuName,
      place: object.locate(key === undefined ? [] : ["parameters", key]),
    },
  };
}

function spansZones(cluster: Cluster): boolean {
  return new Set(cluster.nodePools.flatMap((pool) => pool.zones)).size > 1;
}

function minorVersion(cluster: Cluster): number {
  return Number(cluster.kubernetesVersion.split(".")[1] ?? 0);
}

function asObject(value: unknown): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}
