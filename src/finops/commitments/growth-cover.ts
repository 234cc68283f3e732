import type { Reason } from "../../estate/figures/figure.ts";
import { billHour, type HourlyBill, type NodeUsage, type ReservedUnits, type SavingsPlan } from "./bill-hour.ts";

/** Nodes that a pool adds with every autoscaler at its maximum, and how many of them cost something more. */
export interface Growth {
  readonly nodes: number;
  /** Nodes that no commitment covers: those that unused commitments cover are in the bill already, as unused. */
  readonly charged: number;
}

/**
 * Growth of each pool under the commitments that its nodes of now leave unused, in the order of the usages. `ceilings`
 * are the pools' nodes at the maximum.
 */
export function growthUnderCommitments(
  usages: readonly NodeUsage[],
  ceilings: readonly number[],
  bill: HourlyBill,
  reservations: readonly ReservedUnits[],
  plans: readonly SavingsPlan[],
): readonly Growth[] {
  const growing = usages.map((usage, index) => ({
    ...usage,
    nodes: Math.max(0, (ceilings[index] ?? 0) - usage.nodes),
  }));
  const unused = billHour(
    growing,
    // Unused units without a price are not in the bill.
    reservations.map((reservation, index) => ({
      ...reservation,
      units: reservation.pricePerUnit === undefined ? 0 : (bill.unusedUnits[index] ?? 0),
    })),
    plans.map((plan, index) => ({ ...plan, hourlyCommitment: bill.unusedCommitment[index] ?? 0 })),
  );
  return growing.map((usage) => ({
    nodes: usage.nodes,
    charged: unused.payAsYouGo.find((each) => each.usage === usage)?.nodes ?? 0,
  }));
}

/** Why growth costs less than its nodes. */
export function coveredGrowth({ nodes, charged }: Growth): readonly Reason[] {
  if (charged === nodes) return [];
  const covered = Number((nodes - charged).toPrecision(8));
  const text = `of ${nodes} more nodes at the high end, unused commitments, which the bill holds already, cover ${covered}`;
  return [{ kind: "formula", text }];
}
