import type { Catalog } from "../../catalog/catalog.ts";
import { compensatedSum } from "../../estate/figures/money.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { type PricedEstate, priceEstate } from "../../finops/compute-cost.ts";
import type { IdleThing } from "../../finops/right-sizing/idle/idle-things.ts";
import { changePool, type PackedEstate, packEstate } from "../../finops/right-sizing/nodes/packed-cluster.ts";
import type { SizedPool } from "../../finops/right-sizing/nodes/size-nodes.ts";
import type { SavingStep } from "./rightsize-report.ts";

/** What the steps start from and lead over. */
export interface StepInput {
  readonly priced: PricedEstate;
  readonly idle: readonly IdleThing[];
  /** With the proposed requests, on the declared node counts; undefined without usage. */
  readonly resized: PackedEstate | undefined;
  /** The same with node counts that follow the pods. */
  readonly free: PackedEstate;
  /** The same on the advised sizes. */
  readonly advised: PackedEstate;
  readonly catalog: Catalog;
  readonly today: string;
}

/** The steps in the order in which they are taken; each is priced as a whole on top of those before. */
export function savingSteps({
  priced,
  idle,
  resized,
  free,
  advised,
  catalog,
  today,
}: StepInput): readonly SavingStep[] {
  const orphaned = idle
    // Nodes without pods go with the node counts.
    .filter(({ effect, kind }) => effect === "cash" && kind !== "emptyPool")
    .reduce((sum, { monthly }) => sum + (monthly ?? 0), 0);
  const declared = billOf(priced);
  const bill = (packed: PackedEstate) =>
    billOf(priceEstate(packed.estate, packed.placement, catalog, { today, ceiling: undefined })) - orphaned;
  const bills: readonly (readonly [SavingStep["step"], string, number])[] = [
    ["idle", "Remove what nothing uses", declared - orphaned],
    ...(resized === undefined
      ? []
      : [["requests", "Set the proposed requests, node counts as declared", bill(resized)] as const]),
    ["nodeCounts", "Let node counts follow the pods (lower counts and minimums)", bill(free)],
    ["nodeSizes", "Give node pools the advised sizes", bill(advised)],
  ];
  let before = toCent(declared);
  return bills.map(([step, label, amount]) => {
    const billAfter = toCent(amount);
    const saved = toCent(before - billAfter);
    before = billAfter;
    return { step, label, saved, billAfter };
  });
}

/** The advised sizes taken one by one, the largest saving first; one that saves nothing beside the others is left out. */
export function takeAdvice(
  free: PackedEstate,
  pools: readonly SizedPool[],
  catalog: Catalog,
  today: string,
): { readonly packed: PackedEstate; readonly refused: ReadonlySet<string> } {
  const refused = new Set<string>();
  let packed = free;
  const advised = pools.flatMap((sized) => (sized.advised === undefined ? [] : [{ sized, size: sized.advised }]));
  for (const { sized, size } of advised.toSorted((left, right) => left.size.difference - right.size.difference)) {
    const { cluster, pool: name } = sized;
    const estate: Estate = changePool(packed.estate, { cluster, name }, (pool) => ({
      ...pool,
      vmSize: size.vmSize,
      osDisk: size.osDisk === pool.osDisk.type ? pool.osDisk : { ...pool.osDisk, type: size.osDisk },
    }));
    const next = packEstate(estate, catalog, today, { cluster, others: packed.placement });
    const isBetter = next.monthly < packed.monthly - 0.005 && next.unplacedPods <= packed.unplacedPods;
    if (isBetter) packed = next;
    else refused.add(`${cluster}/${name}`);
  }
  return { packed, refused };
}

function billOf({ charges }: PricedEstate): number {
  return compensatedSum(charges.map(({ likely }) => likely));
}

function toCent(amount: number): number {
  return Math.round(amount * 100) / 100 || 0;
}
