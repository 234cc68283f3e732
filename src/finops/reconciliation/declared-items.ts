import { priceServicesOf } from "../../catalog/service-names.ts";
import { type Charge, hoursPerMonth } from "../bill/charge.ts";
import type { PricedEstate } from "../compute-cost.ts";
import { type BillItem, bareName, bareService, clusterItem, type ItemKind, itemKey, nodeItem } from "./bill-item.ts";

/** One declared item: what its lines cost in a month, unrounded. */
export interface DeclaredItem {
  readonly item: BillItem;
  cost: number;
  /** Of nodes and other things that are billed by the hour; undefined where units differ. */
  hours: number | undefined;
  /** At list price less negotiated discounts, before commitments and spot. */
  contracted: number;
  /** What commitments and spot take off. */
  commitmentEffect: number;
  spotEffect: number;
  /** Why a part of it has no price. */
  unpriced: string | undefined;
}

/** What a billed row has to be compared with. */
export interface DeclaredItems {
  readonly items: ReadonlyMap<string, DeclaredItem>;
  readonly clusters: readonly { readonly name: string; readonly region: string }[];
  /** Items by the id of a line in lower case: rows of our own FOCUS file name it. */
  readonly byLineId: ReadonlyMap<string, BillItem>;
  /** Declared services and data stores by their bare name. */
  readonly byName: ReadonlyMap<string, BillItem>;
  /** The same by the bare name of their service. */
  readonly byService: ReadonlyMap<string, readonly BillItem[]>;
}

const clusterKinds: readonly ItemKind[] = [
  "osDisk",
  "dataDisk",
  "fileShare",
  "loadBalancer",
  "publicIp",
  "natGateway",
  "clusterTier",
  "defender",
];

/** The lines of a month of an estate by what they are of; a month is 730 hours. */
export function declaredItems({ context, charges, unpriced }: PricedEstate): DeclaredItems {
  const items = new Map<string, DeclaredItem>();
  const byLineId = new Map<string, BillItem>();
  const byName = new Map<string, BillItem>();
  const byService = new Map<string, BillItem[]>();
  const entryOf = (item: BillItem): DeclaredItem => {
    const key = itemKey(item);
    const known = items.get(key);
    if (known !== undefined) return known;
    const created: DeclaredItem = {
      item,
      cost: 0,
      hours: 0,
      contracted: 0,
      commitmentEffect: 0,
      spotEffect: 0,
      unpriced: undefined,
    };
    items.set(key, created);
    return created;
  };
  for (const charge of charges) {
    const item = itemOf(charge);
    byLineId.set(charge.line.id.toLowerCase(), item);
    addCharge(entryOf(item), charge);
    if (item.kind !== "resource") continue;
    byName.set(bareName(item.label), item);
    for (const service of priceServicesOf(charge.tariff.service ?? "")) {
      const own = byService.get(bareService(service)) ?? [];
      if (!own.includes(item) && !own.some(({ label }) => label === item.label))
        byService.set(bareService(service), [...own, item]);
    }
  }
  for (const { id, reason } of unpriced) {
    const item = itemOfId(id);
    if (item === undefined) continue;
    entryOf(item).unpriced = reason;
    if (item.kind === "resource") byName.set(bareName(item.label), item);
  }
  const clusters = context.estate.clusters.map(({ name, region }) => ({ name, region }));
  return { items, clusters, byLineId, byName, byService };
}

/** The item over so many months. */
export function overMonths(item: DeclaredItem, months: number): DeclaredItem {
  return {
    ...item,
    cost: item.cost * months,
    hours: item.hours === undefined ? undefined : item.hours * months,
    contracted: item.contracted * months,
    commitmentEffect: item.commitmentEffect * months,
    spotEffect: item.spotEffect * months,
  };
}

function addCharge(entry: DeclaredItem, { line, tariff, likely }: Charge): void {
  const cost = likely;
  const contracted =
    tariff.contractedUnitPrice === undefined || line.category === "unusedCommitment"
      ? cost
      : line.quantity * tariff.contractedUnitPrice * line.hoursPerMonth;
  entry.cost += cost;
  entry.contracted += contracted;
  if (tariff.purchase === "reservation" || tariff.purchase === "savingsPlan")
    entry.commitmentEffect += cost - contracted;
  else if (tariff.purchase === "spot") entry.spotEffect += cost - contracted;
  const isHourly =
    line.hoursPerMonth === hoursPerMonth && (line.category === "node" || line.category === "clusterTier");
  entry.hours = isHourly && entry.hours !== undefined ? entry.hours + line.quantity * line.hoursPerMonth : undefined;
}

function itemOf({ line, sharing }: Charge): BillItem {
  if (line.category === "unusedCommitment") return { kind: "unusedCommitment", label: "unused commitments" };
  if (line.category === "node" && sharing.kind === "pool") return nodeItem(sharing.cluster, sharing.pool);
  const kind = clusterKinds.find((each) => each === line.category);
  if (kind !== undefined && line.cluster !== undefined) return clusterItem(kind, line.cluster);
  return itemOfId(line.id) ?? { kind: "service", label: line.label };
}

/** `cost/CloudService/name`, `cost/cluster/pool/node`: the item that an id of a line is of. */
function itemOfId(id: string): BillItem | undefined {
  const [, first = "", second = "", third = ""] = id.split("/");
  if (first === "CloudService" || first === "DataStore") return { kind: "resource", label: second };
  if (third === "node") return nodeItem(first, second);
  const kind = clusterKinds.find((each) => each === second);
  return kind === undefined ? undefined : clusterItem(kind, first);
}
