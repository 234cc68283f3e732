import { compensatedSum } from "../../../estate/figures/money.ts";
import { shareCharges } from "../../allocation/share-charges.ts";
import { charge } from "../../bill/charge.ts";
import type { PricingContext } from "../../bill/pricing-context.ts";
import type { NodeDemand } from "../demand/node-demand.ts";
import type { CommitmentUse, MixBill } from "../mix/bill-mix.ts";
import type { CommitmentMix, OwnedCommitments } from "../mix/commitment-mix.ts";

/** What the nodes of a tenant (or a part that is nobody's) have of the commitments; money a month, unrounded. */
export interface TenantUse {
  readonly part: "tenant" | "sharedPlatform" | "systemOverhead" | "idle" | "nobody";
  readonly tenant: string | undefined;
  /** Its nodes at pay as you go. */
  readonly list: number;
  /** Of that, what commitments cover. */
  readonly covered: number;
  /** What it pays: covered, spot and pay as you go, without the unused part. */
  readonly cost: number;
  /** Its share of what commitments leave unused. */
  readonly unused: number;
}

interface Share {
  readonly key: string;
  readonly fraction: number;
}

/** Coverage and waste by tenant: pools by requests, what is unused by use of what the commitment may cover. */
export function tenantUse(
  context: PricingContext,
  demand: NodeDemand,
  owned: OwnedCommitments,
  mix: CommitmentMix,
  bill: MixBill,
): readonly TenantUse[] {
  const shares = poolShares(context, demand);
  const rows = new Map<string, { list: number; covered: number; cost: number; unused: number }>();
  const rowOf = (key: string) => {
    const row = rows.get(key) ?? { list: 0, covered: 0, cost: 0, unused: 0 };
    rows.set(key, row);
    return row;
  };
  for (const [index, pool] of bill.pools.entries()) {
    for (const { key, fraction } of shares[index] ?? []) {
      const row = rowOf(key);
      row.list += pool.list * fraction;
      row.covered += pool.coveredList * fraction;
      row.cost += (pool.committed + pool.spot + pool.payAsYouGo) * fraction;
    }
  }
  for (const { use, pools } of wasted(demand, owned, mix, bill)) {
    const bearers = pools.flatMap((index) =>
      (shares[index] ?? []).map(({ key, fraction }) => ({ key, weight: (bill.pools[index]?.list ?? 0) * fraction })),
    );
    const total = compensatedSum(bearers.map(({ weight }) => weight));
    if (total <= 0) rowOf(nobody).unused += use.unused;
    else for (const { key, weight } of bearers) rowOf(key).unused += (use.unused * weight) / total;
  }
  const perMonth = (value: number) => value / demand.months;
  return [...rows]
    .map(([key, { list, covered, cost, unused }]) => ({
      ...readKey(key),
      list: perMonth(list),
      covered: perMonth(covered),
      cost: perMonth(cost),
      unused: perMonth(unused),
    }))
    .filter(({ list, unused }) => list > 0 || unused > 0)
    .toSorted(
      (left, right) => order(left) - order(right) || right.list - left.list || (key(left) < key(right) ? -1 : 1),
    );
}

const nobody = "nobody\n";
const parts = ["tenant", "sharedPlatform", "systemOverhead", "idle", "nobody"] as const;

function order({ part }: TenantUse): number {
  return parts.indexOf(part);
}

function key({ part, tenant = "" }: Pick<TenantUse, "part" | "tenant">): string {
  return `${part}\n${tenant}`;
}

function readKey(text: string): Pick<TenantUse, "part" | "tenant"> {
  const [written, tenant = ""] = text.split("\n");
  return { part: parts.find((each) => each === written) ?? "idle", tenant: tenant === "" ? undefined : tenant };
}

/** Who has which share of each pool of the demand, as allocation shares nodes out. */
function poolShares(context: PricingContext, { pools }: NodeDemand): readonly (readonly Share[])[] {
  const charges = pools.map(({ cluster, pool }, index) =>
    charge({
      id: `share/${index}`,
      category: "node",
      label: `Nodes of ${cluster}/${pool}`,
      quantity: 1,
      unit: "pools",
      unitPrice: 1,
      hoursPerMonth: 1,
      currency: context.currency.code,
      reasons: [],
      sharing: { kind: "pool", cluster, pool },
    }),
  );
  const shared = Map.groupBy(shareCharges(context, charges).shares, (share) => share.charge);
  return charges.map((each) => {
    const fractions = new Map<string, number>();
    for (const { bearer, amount } of shared.get(each) ?? []) {
      const part = bearer.part === "fees" || bearer.part === "unusedCommitment" ? "idle" : bearer.part;
      const own = key({ part, tenant: part === "tenant" ? bearer.tenant : undefined });
      fractions.set(own, (fractions.get(own) ?? 0) + amount);
    }
    return [...fractions].map(([own, fraction]) => ({ key: own, fraction }));
  });
}

/** What each commitment leaves unused, with the pools that it may cover. */
function wasted(
  { pools }: NodeDemand,
  owned: OwnedCommitments,
  mix: CommitmentMix,
  bill: MixBill,
): readonly { readonly use: CommitmentUse; readonly pools: readonly number[] }[] {
  const all = [...pools.keys()];
  const of = ({ region, group }: { readonly region: string; readonly group: string }) =>
    all.filter((index) => pools[index]?.region === region && pools[index]?.group === group);
  const groups = [...owned.reservations.map(of), ...mix.reservations.map(({ offer }) => of(offer))];
  const reserved = [...bill.ownedReservations, ...bill.reservations];
  const planned = [...bill.ownedPlans, ...bill.plans];
  return [
    ...reserved.map((use, index) => ({ use, pools: groups[index] ?? [] })),
    ...planned.map((use) => ({ use, pools: all })),
  ].filter(({ use }) => use.unused > 0);
}
