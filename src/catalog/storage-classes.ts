import type { Reason } from "../estate/figures/figure.ts";
import type { JsonObject, KubernetesObject } from "../estate/kubernetes/kubernetes-object.ts";
import type { Cluster } from "../estate/model/cluster.ts";
import type { PlacedObject } from "../estate/model/estate.ts";
import { citation, type SourceTable } from "./catalog-source.ts";
import table from "./tables/storage-classes.json" with { type: "json" };

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

interface BuiltInClass {
  readonly media: StorageClassTraits["media"];
  readonly tier: string;
  readonly alwaysLocal?: boolean;
}

export const storageClassSources: SourceTable = table.sources;

const builtInClasses: ReadonlyMap<string, BuiltInClass> = new Map(
  Object.entries(table.classes as { readonly [name: string]: BuiltInClass }),
);

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
  const builtIn = builtInClasses.get(name);
  if (builtIn === undefined) return undefined;
  const zoneRedundant =
    builtIn.media === "disk" &&
    builtIn.alwaysLocal !== true &&
    spansZones(cluster) &&
    minorVersion(cluster) >= table.zoneRedundantSinceMinor;
  const redundancy = zoneRedundant ? "ZRS" : "LRS";
  const skuName = `${builtIn.tier}_${redundancy}`;
  return {
    name,
    media: builtIn.media,
    skuName,
    redundancy,
    reason: {
      kind: "fact",
      name: `built-in storage class ${name}`,
      value: skuName,
      ...citation(storageClassSources, table.source),
      verified: true,
    },
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
