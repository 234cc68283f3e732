import type { ClusterDisk, ClusterStore } from "../../timelines/cluster/cluster-store.ts";
import type { StoreNeed } from "../store-need.ts";
import { regionsOf } from "../store-need.ts";
import type { OptionHost, StoreOption } from "./store-option.ts";

type DiskClass = Extract<OptionHost, { readonly kind: "cluster" }>["diskClass"];

interface Variant {
  readonly id: string;
  readonly label: string;
  readonly replicas: number;
  readonly disk: ClusterDisk;
  readonly diskClass: DiskClass;
  readonly replicates: boolean;
  readonly operatorHours: number;
}

const variants: readonly Variant[] = [
  {
    id: "pod-lrs",
    label: "StatefulSet of 1 on an LRS disk",
    replicas: 1,
    disk: "lrs",
    diskClass: "premiumLrs",
    replicates: false,
    operatorHours: 10,
  },
  {
    id: "pod-zrs",
    label: "StatefulSet of 1 on a ZRS disk",
    replicas: 1,
    disk: "zrs",
    diskClass: "premiumZrs",
    replicates: false,
    operatorHours: 10,
  },
  {
    id: "set-lrs",
    label: "StatefulSet of 3 on LRS disks",
    replicas: 3,
    disk: "lrs",
    diskClass: "premiumLrs",
    replicates: true,
    operatorHours: 20,
  },
  {
    id: "pair-shared-zrs",
    label: "StatefulSet of 2 on a shared ZRS disk",
    replicas: 2,
    disk: "sharedZrs",
    diskClass: "sharedZrs",
    replicates: false,
    operatorHours: 30,
  },
  {
    id: "set-nvme",
    label: "StatefulSet of 3 on local NVMe",
    replicas: 3,
    disk: "nvme",
    diskClass: "localNvme",
    replicates: true,
    operatorHours: 30,
  },
  {
    id: "pod-files",
    label: "StatefulSet of 1 on ZRS files",
    replicas: 1,
    disk: "files",
    diskClass: "files",
    replicates: false,
    operatorHours: 10,
  },
  {
    id: "pod-netapp",
    label: "StatefulSet of 1 on NetApp Files",
    replicas: 1,
    disk: "zonalFiles",
    diskClass: "netApp",
    replicates: false,
    operatorHours: 10,
  },
];

/** Databases that the team runs itself, on each sort of disk. */
export function clusterOptions(
  need: StoreNeed,
  base: Pick<ClusterStore, "kubernetesVersion" | "tolerationSeconds" | "tolerationReason" | "hasBackups" | "zones">,
): readonly StoreOption[] {
  const regions = regionsOf(need).slice(0, 1);
  return variants.map((variant) => ({
    id: variant.id,
    label: variant.label,
    service: "statefulSet",
    sku: "",
    host: {
      kind: "cluster",
      diskClass: variant.diskClass,
      store: {
        ...base,
        kind: "StatefulSet",
        replicas: variant.replicas,
        disk: variant.disk,
        diskReasons: [],
        replicates: variant.replicates,
        spreadZones: Math.min(base.zones, variant.replicas),
        graceSeconds: 30,
        readySeconds: 0,
        sizeGiB: need.sizeGiB,
      },
    },
    regions,
    writeRegions: regions,
    zoneRedundant: ["zrs", "sharedZrs", "files"].includes(variant.disk) || (variant.replicates && base.zones > 1),
    // Of what is made to share a disk there are databases only.
    shapes: variant.disk === "sharedZrs" ? ["relational"] : ["relational", "keyValue", "cache", "stream", "queue"],
    span: "database",
    guard: "transaction",
    level: "strong",
    promisedMilliseconds: undefined,
    writeRoundTrips: 0,
    immutability: "none",
    isEphemeral: false,
    operatorHours: variant.operatorHours,
  }));
}
