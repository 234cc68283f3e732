import type { Catalog } from "../catalog/catalog.ts";
import type { Estate } from "../estate/model/estate.ts";
import { admittingPools } from "../scheduling/admitting-pools.ts";
import { type ClusterComponents, clusterComponents } from "./components/cluster-components.ts";
import { comparePairs } from "./describe-structure.ts";
import { productionFirst } from "./promotion-order.ts";
import { buildComparison } from "./sharing/build-comparison.ts";
import { cheapestLifts, weakestFirst } from "./sharing/pair-verdict.ts";
import { platformPair } from "./sharing/platform-pairs.ts";
import { locateTenants, presenceOf } from "./sharing/tenant-presence.ts";
import type { SharedLayer, TenantPair, TenantPresence } from "./structure-report.ts";

/** A pair with the layer that decides about it, and all that would lift what falls short. */
export interface SharingVerdict extends TenantPair {
  readonly verdictKind: "met" | "unmet" | "notEvaluable";
  /** The weakest link: of the layers that fall short the one where it hurts most. */
  readonly weakest: SharedLayer | undefined;
  /** Measures as noun phrases, widest first. */
  readonly lifts: readonly string[];
}

/** Who shares what with whom, layer by layer, and what clusters have once for all. */
export interface SharingReport {
  readonly tenants: readonly TenantPresence[];
  readonly pairs: readonly SharingVerdict[];
  /** Each tenant against the platform; what it shares with it by design counts as accepted. */
  readonly platform: readonly SharingVerdict[];
  readonly components: readonly ClusterComponents[];
}

const platformTenant = "platform";

/** Every pair of tenants that are present, worst first, and each tenant against the platform. */
export function describeSharing(estate: Estate, catalog: Catalog): SharingReport {
  const ordered = productionFirst(estate);
  const tenants = locateTenants(ordered, admittingPools(estate, catalog));
  const comparison = buildComparison(ordered, tenants);
  const present = tenants.filter(({ tenant, clusters }) => tenant.name !== platformTenant && clusters.length > 0);
  const platform = tenants.find(({ tenant }) => tenant.name === platformTenant);
  const pairs = comparePairs(present, { ...comparison, classifications: estate.classifications });
  return {
    tenants: tenants.map(presenceOf),
    pairs: pairs.map(withVerdict),
    platform:
      platform === undefined ? [] : present.map((tenant) => withVerdict(platformPair(tenant, platform, comparison))),
    components: ordered.clusters.map((cluster) => clusterComponents(estate, cluster)),
  };
}

function withVerdict(pair: TenantPair): SharingVerdict {
  const unmet = weakestFirst(pair.layers);
  const isOpen = pair.layers.some(({ met }) => met === "notEvaluable");
  return {
    ...pair,
    verdictKind: unmet.length > 0 ? "unmet" : isOpen ? "notEvaluable" : "met",
    weakest: unmet[0],
    lifts: cheapestLifts(unmet),
  };
}
