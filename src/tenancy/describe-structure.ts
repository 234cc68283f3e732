import type { Catalog } from "../catalog/catalog.ts";
import type { Estate } from "../estate/model/estate.ts";
import { admittingPools } from "../scheduling/admitting-pools.ts";
import type { Placement } from "../scheduling/placement.ts";
import { describeClusters } from "./describe-clusters.ts";
import { pairVerdict } from "./pair-verdict.ts";
import { createPodNetwork, type PodNetwork } from "./pod-network.ts";
import { acceptsEverything, sharedLayers } from "./shared-layers.ts";
import type { StructureReport, TenantPair } from "./structure-report.ts";
import { type LocatedTenant, locateTenants, presenceOf } from "./tenant-presence.ts";

/** Owns what everybody uses, so it shares with everybody by design. */
const platformTenant = "platform";

/** Above so many tenants only pairs are listed that share more than both accept, or of which that cannot be told. */
const tenantsComparedInFull = 200;
/** More pairs than anybody reads; each takes some kilobytes. */
const pairLimit = 100_000;

/** Who runs where, and what each two tenants share against what they accept. */
export function describeStructure(estate: Estate, placement: Placement, catalog: Catalog): StructureReport {
  const tenants = locateTenants(estate, admittingPools(estate, catalog));
  const present = tenants.filter(({ tenant, clusters }) => tenant.name !== platformTenant && clusters.length > 0);
  return {
    clusters: describeClusters(estate, placement),
    tenants: tenants.map(presenceOf),
    pairs: comparePairs(present, createPodNetwork(estate)),
  };
}

function comparePairs(tenants: readonly LocatedTenant[], network: PodNetwork): readonly TenantPair[] {
  const onlyTelling = tenants.length > tenantsComparedInFull;
  const pairs: TenantPair[] = [];
  for (const [index, left] of tenants.entries()) {
    for (const right of tenants.slice(index + 1)) {
      if (pairs.length >= pairLimit) return pairs;
      if (onlyTelling && acceptsEverything(left.tenant) && acceptsEverything(right.tenant)) continue;
      const layers = sharedLayers(left, right, network);
      if (onlyTelling && layers.every(({ met }) => met === true)) continue;
      const verdict = pairVerdict(left.tenant, right.tenant, layers);
      pairs.push({ tenants: [left.tenant.name, right.tenant.name], layers, verdict });
    }
  }
  return pairs;
}
