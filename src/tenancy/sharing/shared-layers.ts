import { type TenancyLayer, tenancyLayerNames } from "../../estate/model/tenancy-layer.ts";
import type { Sharing, Tenant } from "../../estate/model/tenant.ts";
import type { SharedLayer } from "../structure-report.ts";
import { compareControlPlanes } from "./compare-control-planes.ts";
import { compareNodes } from "./compare-nodes.ts";
import { comparePlaces } from "./compare-places.ts";
import { comparePodNetworks } from "./compare-pod-networks.ts";
import { compareServices } from "./compare-services.ts";
import { compareWaysOut } from "./compare-ways-out.ts";
import type { Comparison, TenantSides } from "./comparison.ts";
import type { LayerState, LayerStates } from "./layer-state.ts";
import type { LocatedTenant } from "./tenant-presence.ts";

const strictness: { readonly [sharing in Sharing]: number } = { shared: 0, bounded: 1, separate: 2 };

/** What two tenants share, layer by layer, against what the stricter of them accepts; widest layer first. */
export function sharedLayers(left: LocatedTenant, right: LocatedTenant, comparison: Comparison): SharedLayer[] {
  const states = layerStates({ left, right, comparison });
  const tenants = [left.tenant, right.tenant];
  return tenancyLayerNames.map((layer) => judge(layer, states[layer], tenants));
}

/** Every layer that a tenant may name. */
function layerStates(sides: TenantSides): LayerStates<TenancyLayer> {
  return {
    ...comparePlaces(sides),
    ...compareControlPlanes(sides),
    ...compareNodes(sides),
    ...compareWaysOut(sides),
    ...compareServices(sides),
    podsNetwork: comparePodNetworks(sides),
  };
}

/** A layer's state against what the stricter of the tenants accepts. */
export function judge(
  layer: TenancyLayer,
  { sharing, because, lift }: LayerState,
  tenants: readonly Tenant[],
): SharedLayer {
  const accepted = strictest(tenants.flatMap(({ accepts }) => accepts[layer] ?? []));
  const met = isMet(sharing, accepted);
  const found = { layer, sharing, because, accepted, met };
  if (met !== false || accepted === undefined || lift === undefined) return found;
  const [who, ...others] = tenants.filter((tenant) => demands(tenant, layer, accepted));
  const { kind, text } = lift(accepted);
  return { ...found, lift: text(who === undefined || others.length > 0 ? "one of them" : who.name), measure: kind };
}

/** How far a layer falls short of what is accepted; 0 when it does not. */
export function gapOf({ sharing, accepted }: SharedLayer): number {
  if (sharing === "unknown" || accepted === undefined) return 0;
  return Math.max(0, strictness[accepted] - strictness[sharing]);
}

/** True when the tenant states for every layer that it may be shared. */
export function acceptsEverything({ accepts }: Tenant): boolean {
  return tenancyLayerNames.every((layer) => accepts[layer] === "shared");
}

/** True when the tenant itself asks for at least what the pair must keep. */
export function demands({ accepts }: Tenant, layer: TenancyLayer, accepted: Sharing): boolean {
  const own = accepts[layer];
  return own !== undefined && strictness[own] >= strictness[accepted];
}

function strictest(stated: readonly Sharing[]): Sharing | undefined {
  return stated.toSorted((left, right) => strictness[right] - strictness[left])[0];
}

function isMet(sharing: SharedLayer["sharing"], accepted: Sharing | undefined): SharedLayer["met"] {
  if (sharing === "separate" || accepted === "shared") return true;
  if (sharing === "unknown" || accepted === undefined) return "notEvaluable";
  return strictness[sharing] >= strictness[accepted];
}
