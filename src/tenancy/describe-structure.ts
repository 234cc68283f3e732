import type { Catalog } from "../catalog/catalog.ts";
import type { Estate } from "../estate/model/estate.ts";
import { admittingPools } from "../scheduling/admitting-pools.ts";
import type { Placement } from "../scheduling/placement.ts";
import { describeClusters } from "./describe-clusters.ts";
import { pairVerdict } from "./pair-verdict.ts";
import { createPodNetwork } from "./pod-network.ts";
import { type ComparisonContext, sharedLayers } from "./shared-layers.ts";
import type { StructureReport, TenantPair } from "./structure-report.ts";
import { type LocatedTenant, locateTenants, presenceOf } from "./tenant-presence.ts";

/** Owns what everybody uses, so it shares with everybody by design. */
const platformTenant = "platform";

/** Who runs where, and what each two tenants share against what they accept. */
export function describeStructure(estate: Estate, placement: Placement, catalog: Catalog): StructureReport {
  const admissions = admittingPools(estate, catalog);
  const tenants = locateTenants(estate, admissions);
  const present = tenants.filter(({ tenant, clusters }) => tenant.name !== platformTenant && clusters.length > 0);
  return {
    clusters: describeClusters(estate, placement),
    tenants: tenants.map(presenceOf),
    pairs: comparePairs(present, { admissions, network: createPodNetwork(estate) }),
  };
}

function comparePairs(tenants: readonly LocatedTenant[], context: ComparisonContext): readonly TenantPair[] {
  return tenants.flatMap((left, index) =>
    tenants.slice(index + 1).map((right): TenantPair => {
      const layers = sharedLayers(left, right, context);
      return {
        tenants: [left.tenant.name, right.tenant.name],
        layers,
        verdict: pairVerdict(left.tenant, right.tenant, layers),
      };
    }),
  );
}
