import type { TenancyLayer } from "../../estate/model/tenancy-layer.ts";
import type { Sharing } from "../../estate/model/tenant.ts";
import type { SharedLayer, TenantPair } from "../structure-report.ts";
import type { Comparison } from "./comparison.ts";
import { byHurt, layerWords } from "./layer-words.ts";
import { sharedLayers } from "./shared-layers.ts";
import type { LocatedTenant } from "./tenant-presence.ts";

/** The platform runs the cluster: only these must be kept from it, and it from the tenant. */
const keptFromPlatform: readonly TenancyLayer[] = ["namespace", "identity"];

/** A tenant against the platform, with which it shares by design what nobody can have alone on a cluster. */
export function platformPair(tenant: LocatedTenant, platform: LocatedTenant, comparison: Comparison): TenantPair {
  const layers = sharedLayers(
    { ...tenant, tenant: { ...tenant.tenant, accepts: acceptedFromPlatform(tenant) } },
    { ...platform, tenant: { ...platform.tenant, accepts: {} } },
    comparison,
  );
  return { tenants: [tenant.tenant.name, platform.tenant.name], layers, verdict: verdictOf(tenant, layers) };
}

function acceptedFromPlatform({ tenant: { accepts } }: LocatedTenant): { readonly [layer: string]: Sharing } {
  const layers = Object.keys(accepts);
  return Object.fromEntries(
    layers.map((layer) => [
      layer,
      keptFromPlatform.some((kept) => kept === layer) ? (accepts[layer] ?? "shared") : "shared",
    ]),
  );
}

function verdictOf({ tenant: { name } }: LocatedTenant, layers: readonly SharedLayer[]): string {
  const unmet = layers.find(({ met }) => met === false);
  if (unmet !== undefined) {
    return `${name} and the platform share ${layerWords(unmet.layer).one} (${unmet.because}), which ${name} wants ${unmet.accepted ?? "apart"}.`;
  }
  const [closest] = layers
    .filter(({ sharing }) => sharing === "shared")
    .toSorted((left, right) => byHurt(left.layer, right.layer));
  if (closest === undefined) return `${name} and the platform share nothing.`;
  return `${name} and the platform share by design; the closest they come is ${layerWords(closest.layer).one}: ${closest.because}.`;
}
