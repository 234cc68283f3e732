import { type BillItem, bareName, bareService, clusterItem, itemKey, nodeItem } from "./bill-item.ts";
import type { BilledKind, BilledRow } from "./billed-row.ts";
import type { DeclaredItems } from "./declared-items.ts";

/** What was billed for one item, by how it was paid for. */
export interface BilledItem {
  readonly item: BillItem;
  rows: number;
  cost: number;
  /** Undefined where some row is not by the hour. */
  hours: number | undefined;
  readonly byKind: Map<BilledKind | "windows", { cost: number; hours: number }>;
  readonly meters: Set<string>;
}

const keptMeters = 3;

/** Adds billed rows up by the item that they are of: memory follows the items, not the rows. */
export function billedItems(declared: DeclaredItems): {
  readonly add: (row: BilledRow, cost: number) => void;
  readonly items: ReadonlyMap<string, BilledItem>;
} {
  const items = new Map<string, BilledItem>();
  return {
    items,
    add: (row, cost) => {
      const item = itemOfRow(row, declared);
      const key = itemKey(item);
      let entry = items.get(key);
      if (entry === undefined) {
        entry = { item, rows: 0, cost: 0, hours: 0, byKind: new Map(), meters: new Set() };
        items.set(key, entry);
      }
      addRow(entry, row, cost);
    },
  };
}

function addRow(entry: BilledItem, row: BilledRow, cost: number): void {
  const isLicence = isWindowsLicence(row);
  const isWindows = isLicence || / windows\b/i.test(` ${row.meter}`);
  const kind = entry.item.kind === "node" && isWindows ? "windows" : row.kind;
  const hours = /\bhours?\b/.test(row.unit) ? row.quantity : undefined;
  // A licence is billed beside its machine's hours, not instead of them.
  const counted = isLicence ? 0 : hours;
  entry.rows += 1;
  entry.cost += cost;
  entry.hours = counted === undefined || entry.hours === undefined ? undefined : entry.hours + counted;
  const known = entry.byKind.get(kind) ?? { cost: 0, hours: 0 };
  known.cost += cost;
  known.hours += counted ?? 0;
  entry.byKind.set(kind, known);
  if (entry.meters.size < keptMeters && row.meter !== "") entry.meters.add(row.meter);
}

function itemOfRow(row: BilledRow, declared: DeclaredItems): BillItem {
  switch (row.kind) {
    case "tax":
      return { kind: "tax", label: "taxes" };
    case "credit":
      return { kind: "credit", label: "credits, refunds and corrections" };
    case "purchase":
      return { kind: "purchase", label: "purchases of commitments" };
    case "unusedCommitment":
      return { kind: "unusedCommitment", label: "unused commitments" };
    case "payAsYouGo":
    case "spot":
    case "commitment":
    case "marketplace":
      return usageItem(row, declared);
  }
}

function usageItem(row: BilledRow, declared: DeclaredItems): BillItem {
  const known = declared.byLineId.get(row.resourceId);
  if (known !== undefined) return known;
  const cluster = clusterOf(row, declared);
  const own = cluster === undefined ? undefined : itemOfCluster(row, cluster);
  if (own !== undefined) return own;
  const named = declared.byName.get(bareName(row.resourceName));
  if (named !== undefined) return named;
  const [only, ...others] = declared.byService.get(bareService(row.service)) ?? [];
  if (only !== undefined && others.length === 0) return only;
  return { kind: "otherService", label: row.service === "" ? "(no service)" : row.service };
}

/** The declared cluster whose managed resource group, tag or own resource a row names. */
function clusterOf({ resourceId, tags }: BilledRow, { clusters }: DeclaredItems): string | undefined {
  const group = /\/resourcegroups\/([^/]+)/.exec(resourceId)?.[1] ?? "";
  const managed = /\/managedclusters\/([^/]+)/.exec(resourceId)?.[1];
  const tagged = /"aks-managed-cluster-name"\s*:\s*"([^"]*)"/i.exec(tags)?.[1]?.toLowerCase();
  return clusters.find(({ name, region }) => {
    const lower = name.toLowerCase();
    return (
      managed === lower ||
      tagged === lower ||
      (group.startsWith("mc_") && (group.endsWith(`_${lower}_${region}`) || group.endsWith(`_${lower}`)))
    );
  })?.name;
}

function itemOfCluster(row: BilledRow, cluster: string): BillItem | undefined {
  const { resourceId, resourceName, meter, tags } = row;
  const service = bareService(row.service);
  if (service.startsWith("virtualmachine")) return nodeItem(cluster, poolOf(row) ?? "an unknown pool");
  if (service === "storage" && /managed disk|\b[pes]\d+ (lrs|zrs)/i.test(meter))
    return clusterItem(
      /^pvc-/i.test(resourceName) || /kubernetes\.io-created-for-pvc/i.test(tags) ? "dataDisk" : "osDisk",
      cluster,
    );
  if (service === "storage") return clusterItem("fileShare", cluster);
  if (service === "loadbalancer") return clusterItem("loadBalancer", cluster);
  if (service === "virtualnetwork" && /ip/i.test(meter)) return clusterItem("publicIp", cluster);
  if (service === "natgateway") return clusterItem("natGateway", cluster);
  if (service === "bandwidth") return clusterItem("egress", cluster);
  if (service.includes("defender")) return clusterItem("defender", cluster);
  return resourceId.includes("/managedclusters/") ? clusterItem("clusterTier", cluster) : undefined;
}

/** By the tag of AKS, or by the name of the scale set: `aks-general-12345678-vmss`. */
function poolOf({ resourceId, resourceName, tags }: BilledRow): string | undefined {
  const tagged = /"aks-managed-poolname"\s*:\s*"([^"]*)"/i.exec(tags)?.[1];
  const named = /\baks-([a-z0-9]+)-\d{6,10}-vmss/i.exec(`${resourceId} ${resourceName}`)?.[1];
  return tagged ?? named?.toLowerCase();
}

function isWindowsLicence({ service }: BilledRow): boolean {
  return /licen[cs]es?$/i.test(service);
}
