import type { Catalog } from "../../catalog/catalog.ts";
import {
  type CheckedPrice,
  type CheckedReservation,
  type CheckResult,
  checkChanges,
  checkPrices,
  checkReservations,
} from "../../catalog/self-checks.ts";
import type { CollectedPrices } from "./collect-prices.ts";

/** A price that a check names. `item` is a VM size or a disk tier. */
export interface CheckedItem {
  readonly check: string;
  readonly region: string;
  readonly item: string;
  readonly message: string;
}

export interface PriceCheck {
  /** Rows that must not be taken over. */
  readonly failed: readonly CheckedItem[];
  /** Rows for a person to look at. */
  readonly review: readonly CheckedItem[];
}

/**
 * The self-checks of a new set of prices: two prices for one thing, Windows prices under Linux names, spot above pay as
 * you go, reservations that cost more than they save, prices per core and savings-plan ratios out of their family, and
 * what moved by more than a quarter since the catalog before.
 */
export function checkCollected(collected: CollectedPrices, before: Catalog): PriceCheck {
  const prices: CheckedPrice[] = [];
  const reservations: CheckedReservation[] = [];
  for (const [region, sizes] of collected.virtualMachines) {
    for (const [vmSize, row] of sizes) {
      const { payAsYouGo, spot, savingsPlan1y, reservation1yTotal: total1y, reservation3yTotal: total3y } = row;
      if (payAsYouGo === undefined) continue;
      prices.push({ region, vmSize, payAsYouGo, spot, savingsPlan1y });
      if (total1y !== undefined || total3y !== undefined)
        reservations.push({ region, vmSize, payAsYouGo, total1y, total3y });
    }
  }
  const results = [
    ...checkPrices(prices, (name) => before.vmSize(name)),
    ...checkReservations(reservations),
    ...checkChanges(prices, (region, vmSize) => before.vmPrice(region, vmSize, "payAsYouGo")?.value),
  ];
  const conflicts = collected.conflicts.map(({ region, item, purchase, prices: [one, other], meters }) => ({
    check: "two-prices",
    region,
    item,
    message: `${purchase} is ${one} (${meters[0]}) and ${other} (${meters[1]})`,
  }));
  const of = (severity: CheckResult["severity"]) =>
    results
      .filter((result) => result.severity === severity)
      .map(itemOf)
      .toSorted(byPlace);
  return { failed: [...conflicts, ...of("error")], review: of("review") };
}

function itemOf({ check, region, vmSize, message }: CheckResult): CheckedItem {
  return { check, region, item: vmSize, message };
}

function byPlace(left: CheckedItem, right: CheckedItem): number {
  const [one, other] = [left, right].map(({ check, region, item }) => `${check} ${region} ${item}`);
  return (one ?? "") < (other ?? "") ? -1 : 1;
}
