import { shareCharges } from "../../allocation/share-charges.ts";
import type { PricedEstate } from "../../compute-cost.ts";

/** Bears what no tenant does: shared platform, system overhead, idle, fees and unused commitments. */
export const platformBearer = "platform";

/** What each tenant and the platform bear of a month's bill, unrounded; they add up to it. */
export function bearerCosts({ context, charges }: PricedEstate): ReadonlyMap<string, number> {
  const costs = new Map<string, number>();
  for (const { bearer, amount } of shareCharges(context, charges).shares) {
    const name = bearer.part === "tenant" ? (bearer.tenant ?? platformBearer) : platformBearer;
    costs.set(name, (costs.get(name) ?? 0) + amount);
  }
  return costs;
}
