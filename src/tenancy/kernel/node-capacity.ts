import type { Catalog } from "../../catalog/catalog.ts";
import { type Fact, factReason } from "../../catalog/fact.ts";
import { linuxLimits, osDiskIops } from "../../catalog/linux-limits.ts";
import { defaultKernelLimits } from "../../estate/assumptions/kernel-rules.ts";
import { exactFigure, type Figure, notEvaluableFigure, type Reason } from "../../estate/figures/figure.ts";
import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import { type KernelDimension, type KernelVector, kernelDimensions } from "./kernel-dimensions.ts";

const GIB = 1024 ** 3;

/** What one node of a pool has to share out. */
export function nodeKernelCapacity(cluster: Cluster, pool: NodePool, catalog: Catalog): KernelVector<Figure> {
  const size = catalog.vmSize(pool.vmSize);
  const name = (dimension: KernelDimension) => figureName(cluster, pool, dimension);
  const known = (dimension: KernelDimension, value: number, reasons: readonly Reason[]) =>
    exactFigure(...name(dimension), value, reasons);
  const missing = (dimension: KernelDimension, what: string) => notEvaluableFigure(...name(dimension), [what]);
  const storage = storageCapacity(cluster, pool, catalog);
  const diskIops = diskCapacity(cluster, pool, catalog);
  if (size === undefined) {
    const unsized = (dimension: KernelDimension) => missing(dimension, `the memory of ${pool.vmSize}`);
    return {
      pids: unsized("pids"),
      inotifyInstances: unsized("inotifyInstances"),
      inotifyWatches: unsized("inotifyWatches"),
      openFiles: unsized("openFiles"),
      conntrack: unsized("conntrack"),
      ephemeralPorts: unsized("ephemeralPorts"),
      ephemeralStorage: storage,
      diskIops,
    };
  }
  const limits = linuxLimits(size.memoryGiB * GIB);
  const setOr = (dimension: KernelDimension, sysctl: string, fact: Fact<number>) => {
    const set = settingOf(pool, sysctl);
    return set === undefined
      ? known(dimension, fact.value, [factReason(fact), defaultReason(sysctl)])
      : known(dimension, set, [declared(pool, sysctl, set)]);
  };
  return {
    pids: setOr("pids", "kernel.threads-max", limits.threads),
    inotifyInstances: known("inotifyInstances", limits.inotifyInstances.value, [factReason(limits.inotifyInstances)]),
    inotifyWatches: setOr("inotifyWatches", "fs.inotify.max_user_watches", limits.inotifyWatches),
    openFiles: setOr("openFiles", "fs.file-max", limits.openFiles),
    conntrack: setOr("conntrack", "net.netfilter.nf_conntrack_max", limits.conntrackEntries),
    ephemeralPorts: portCapacity(name("ephemeralPorts"), pool, limits.ephemeralPorts),
    ephemeralStorage: storage,
    diskIops,
  };
}

function figureName(cluster: Cluster, pool: NodePool, dimension: KernelDimension): readonly [string, string, string] {
  const { label, unit } = kernelDimensions[dimension];
  return [`kernel/${cluster.name}/${pool.name}/${dimension}/capacity`, `${label} of one node`, unit];
}

function declared(pool: NodePool, name: string, value: number | string): Reason {
  const place = pool.place === undefined ? {} : { place: pool.place };
  return { kind: "declared", name: `${name} of pool ${pool.name}`, value, ...place };
}

function defaultReason(sysctl: string): Reason {
  return { kind: "assumption", id: defaultKernelLimits.id, text: defaultKernelLimits.text({ names: [sysctl] }) };
}

/** A setting of the pool by its name in the kernel, or as the AKS API writes it (`fsInotifyMaxUserWatches`). */
function settingOf({ linux: { sysctls } }: NodePool, sysctl: string): number | undefined {
  const camelCase = sysctl.replace(/[._-](\w)/g, (_, letter: string) => letter.toUpperCase());
  const value = sysctls[sysctl] ?? sysctls[camelCase];
  const number = typeof value === "string" ? Number(value) : value;
  return number !== undefined && Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

/** The range is written as two numbers, `32768 60999`. */
function portCapacity(name: readonly [string, string, string], pool: NodePool, fact: Fact<number>): Figure {
  const { sysctls } = pool.linux;
  const written = sysctls["net.ipv4.ip_local_port_range"] ?? sysctls.netIpv4IpLocalPortRange;
  const [first, last] = String(written ?? "")
    .split(/[\s-]+/)
    .map(Number);
  if (first === undefined || last === undefined || !(first >= 1 && last <= 65_535 && first <= last)) {
    return exactFigure(...name, fact.value, [factReason(fact), defaultReason("net.ipv4.ip_local_port_range")]);
  }
  const range = declared(pool, "net.ipv4.ip_local_port_range", `${first} ${last}`);
  return exactFigure(...name, last - first + 1, [range, { kind: "formula", text: "last - first + 1" }]);
}

function osDiskSize({ osDisk, vmSize }: NodePool, catalog: Catalog): Fact<number> | number | undefined {
  if (osDisk.sizeGiB !== undefined) return osDisk.sizeGiB;
  const size = catalog.vmSize(vmSize);
  if (size === undefined) return undefined;
  return osDisk.type === "Ephemeral" ? size.tempDiskGiB : catalog.defaultOsDiskGiB(size.vcpu);
}

function storageCapacity(cluster: Cluster, pool: NodePool, catalog: Catalog): Figure {
  const name = figureName(cluster, pool, "ephemeralStorage");
  const size = osDiskSize(pool, catalog);
  if (size === undefined) return notEvaluableFigure(...name, [`the size of the OS disk of pool ${pool.name}`]);
  const { diskKeptFree } = linuxLimits(0);
  const sizeGiB = typeof size === "number" ? size : size.value;
  const sizeReason = typeof size === "number" ? declared(pool, "osDisk.sizeGiB", size) : factReason(size);
  return exactFigure(...name, sizeGiB * GIB * (1 - diskKeptFree.value), [
    { kind: "formula", text: "size of the OS disk x (1 - share kept free)" },
    sizeReason,
    factReason(diskKeptFree),
  ]);
}

/** Managed disks have provisioned operations; those of local disks are not in the catalog. */
function diskCapacity(cluster: Cluster, pool: NodePool, catalog: Catalog): Figure {
  const name = figureName(cluster, pool, "diskIops");
  if (pool.osDisk.type === "Ephemeral") {
    return notEvaluableFigure(...name, [`the disk operations of the local disk of ${pool.vmSize}`]);
  }
  const size = osDiskSize(pool, catalog);
  const sizeGiB = typeof size === "object" ? size.value : size;
  const tier = sizeGiB === undefined ? undefined : catalog.diskTier("P", sizeGiB)?.tier;
  const iops = tier === undefined ? undefined : osDiskIops(tier);
  if (iops === undefined) return notEvaluableFigure(...name, [`the size of the OS disk of pool ${pool.name}`]);
  return exactFigure(...name, iops.value, [factReason(iops)]);
}
