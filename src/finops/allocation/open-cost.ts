import type { Workload } from "../../estate/kubernetes/workload.ts";
import { hoursPerMonth } from "../bill/charge.ts";
import type { BillingMonth } from "../focus/billing-month.ts";
import type { AllocatedCost } from "./allocate-by.ts";
import { type AllocationKey, allocationKeyText, type KeyReader } from "./allocation-key.ts";
import type { CostShare } from "./share-charges.ts";

/** One allocation as the `/allocation` API of OpenCost answers it. Costs of a month, cores and bytes on average. */
interface OpenCostAllocation {
  readonly name: string;
  readonly properties: { readonly [name: string]: unknown };
  readonly window: { readonly start: string; readonly end: string };
  readonly start: string;
  readonly end: string;
  readonly minutes: number;
  readonly cpuCost: number;
  readonly gpuCost: number;
  readonly ramCost: number;
  readonly pvCost: number;
  readonly networkCost: number;
  readonly loadBalancerCost: number;
  readonly sharedCost: number;
  readonly externalCost: number;
  readonly totalCost: number;
}

export interface OpenCostAnswer {
  readonly code: 200;
  readonly data: readonly { readonly [name: string]: OpenCostAllocation }[];
}

/** Names of rows that belong to nobody, as OpenCost writes such rows. */
const nobodyNames: { readonly [part: string]: string } = {
  idle: "__idle__",
  sharedPlatform: "__shared__",
  systemOverhead: "__system__",
  fees: "__fees__",
  unusedCommitment: "__unused_commitment__",
  filteredOut: "__filtered__",
};

const storageCategories = ["dataDisk", "fileShare"];
const balancerCategories = ["loadBalancer", "publicIp"];

/**
 * The rows of an allocation in the shape of OpenCost's `/allocation`, so that what reads that reads this. `totalCost`
 * is the row's total; its parts are unrounded, and what is shared out to the row is its `sharedCost`.
 */
export function asOpenCost(
  rows: readonly AllocatedCost[],
  shares: readonly CostShare[],
  by: AllocationKey,
  read: KeyReader,
  month: BillingMonth,
  workloads: readonly Workload[],
): OpenCostAnswer {
  const byName = Map.groupBy(
    shares.filter(({ bearer }) => bearer.part === "tenant"),
    ({ bearer }) => read(bearer, by),
  );
  const labels = new Map(workloads.map((workload) => [workload.id, workload]));
  const entries = rows.map((row): readonly [string, OpenCostAllocation] => {
    const name = nameOf(row);
    const own = row.part === "tenant" ? (byName.get(row.name) ?? []) : [];
    const sum = (keep: (share: CostShare) => boolean) =>
      own.filter(keep).reduce((total, { amount }) => total + amount, 0);
    const { cpu, memory, gpu } = row.resources;
    const pvCost = sum(({ charge }) => storageCategories.includes(charge.line.category));
    const loadBalancerCost = sum(({ charge }) => balancerCategories.includes(charge.line.category));
    const sharedCost = row.idleShare + row.platformShare;
    const workload = row.name === undefined ? undefined : labels.get(row.name);
    return [
      name,
      {
        name,
        properties: propertiesOf(row, by, workload),
        window: month,
        start: month.start,
        end: month.end,
        minutes: hoursPerMonth * 60,
        cpuCost: row.part === "tenant" ? cpu : 0,
        gpuCost: row.part === "tenant" ? gpu : 0,
        ramCost: row.part === "tenant" ? memory : 0,
        pvCost,
        networkCost: 0,
        loadBalancerCost,
        sharedCost,
        externalCost:
          row.part === "tenant" ? Math.max(0, row.own - cpu - memory - gpu - pvCost - loadBalancerCost) : row.own,
        totalCost: row.total,
      },
    ];
  });
  return { code: 200, data: [Object.fromEntries(entries)] };
}

function nameOf({ part, name }: AllocatedCost): string {
  if (part === "tenant") return name ?? "__unallocated__";
  const nobody = nobodyNames[part] ?? part;
  return name === undefined ? nobody : `${name}/${nobody}`;
}

function propertiesOf(
  row: AllocatedCost,
  by: AllocationKey,
  workload: Workload | undefined,
): { readonly [name: string]: unknown } {
  if (workload !== undefined) {
    return {
      cluster: workload.cluster,
      namespace: workload.namespace,
      controllerKind: workload.kind.toLowerCase(),
      controller: workload.name,
      labels: workload.podLabels,
    };
  }
  if (row.name === undefined) return {};
  if (by.kind === "cluster" || by.kind === "namespace") return { [by.kind]: row.name };
  const label = by.kind === "label" ? by.label : allocationKeyText(by);
  return { labels: { [label]: row.name } };
}
