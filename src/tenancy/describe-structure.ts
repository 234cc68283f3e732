import type { Catalog } from "../catalog/catalog.ts";
import type { Estate } from "../estate/model/estate.ts";
import type { Tenant } from "../estate/model/tenant.ts";
import { admittingPools } from "../scheduling/admitting-pools.ts";
import type { Placement } from "../scheduling/placement.ts";
import { describeClusters } from "./describe-clusters.ts";
import { productionFirst } from "./promotion-order.ts";
import { buildComparison } from "./sharing/build-comparison.ts";
import type { Comparison } from "./sharing/comparison.ts";
import { bySeverity, pairSeverity } from "./sharing/pair-order.ts";
import { pairVerdict } from "./sharing/pair-verdict.ts";
import { acceptsEverything, sharedLayers } from "./sharing/shared-layers.ts";
import { type LocatedTenant, locateTenants, presenceOf } from "./sharing/tenant-presence.ts";
import type { SharedLayer, StructureReport, TenantPair } from "./structure-report.ts";

/** Owns what everybody uses, so it shares with everybody by design. */
const platformTenant = "platform";

/** Above so many tenants only pairs are listed that share more than both accept, or of which that cannot be told. */
const tenantsComparedInFull = 60;
/** More pairs than anybody reads; each takes some kilobytes. */
const pairLimit = 20_000;

/** Who runs where, and what each two tenants share against what they accept. */
export function describeStructure(estate: Estate, placement: Placement, catalog: Catalog): StructureReport {
  const ordered = productionFirst(estate);
  const tenants = locateTenants(ordered, admittingPools(estate, catalog));
  const present = tenants.filter(({ tenant, clusters }) => tenant.name !== platformTenant && clusters.length > 0);
  return {
    clusters: describeClusters(estate, placement),
    tenants: tenants.map(presenceOf),
    pairs: comparePairs(present, {
      ...buildComparison(ordered, tenants),
      classifications: estate.classifications,
    }),
  };
}

export function comparePairs(
  tenants: readonly LocatedTenant[],
  comparison: Comparison & Pick<Estate, "classifications">,
): readonly TenantPair[] {
  return listPairs(tenants, comparison)
    .map((pair) => ({ pair, severity: pairSeverity(pair.ends, pair.layers, comparison.classifications) }))
    .toSorted((left, right) => bySeverity(left.severity, right.severity))
    .map(({ pair: { ends, layers } }) => ({
      tenants: [ends[0].name, ends[1].name],
      layers,
      verdict: pairVerdict(...ends, layers),
    }));
}

interface ComparedPair {
  readonly ends: readonly [Tenant, Tenant];
  readonly layers: readonly SharedLayer[];
}

/** In the order of the tenants. */
function listPairs(tenants: readonly LocatedTenant[], comparison: Comparison): readonly ComparedPair[] {
  const onlyTelling = tenants.length > tenantsComparedInFull;
  const pairs: ComparedPair[] = [];
  for (const [index, left] of tenants.entries()) {
    for (const right of tenants.slice(index + 1)) {
      if (pairs.length >= pairLimit) return pairs;
      if (onlyTelling && acceptsEverything(left.tenant) && acceptsEverything(right.tenant)) continue;
      const layers = sharedLayers(left, right, comparison);
      if (onlyTelling && layers.every(({ met }) => met === true)) continue;
      pairs.push({ ends: [left.tenant, right.tenant], layers });
    }
  }
  return pairs;
}
