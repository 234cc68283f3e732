import { azureName } from "./azure-names.ts";
import { type CloudContext, partOf } from "./cloud-context.ts";
import { addFirewall } from "./firewall-resources.ts";
import type { Part, Placed } from "./graph-draft.ts";
import type { NetworkPlan } from "./network-plan.ts";

/** A network that is in the graph. */
export interface PlacedNetwork {
  readonly plan: NetworkPlan;
  readonly part: Part;
  readonly network: Placed;
  readonly subnets: ReadonlyMap<string, Placed>;
  /** Private DNS zones that are linked to it, by name. */
  readonly zones: Map<string, Placed>;
}

/** A network with its subnets, and its way out: a NAT gateway, or a route through a firewall. */
export function addNetwork(context: CloudContext, plan: NetworkPlan): PlacedNetwork {
  const { draft, estate } = context;
  const part = partOf(context, `network-${plan.name}`, { ...plan, words: ["network", plan.name] });
  const network = draft.add(part, {
    type: "Microsoft.Network/virtualNetworks",
    name: azureName("network", [plan.name], estate.name),
    location: plan.region,
    properties: { addressSpace: { addressPrefixes: plan.addressSpace } },
  });
  const routed = plan.clusters.some(({ network: { outbound } }) => outbound === "userDefinedRouting");
  const natGateway = plan.clusters.some(({ network: { outbound } }) => outbound === "userAssignedNATGateway")
    ? addNatGateway(context, plan, part)
    : undefined;
  const subnets = new Map<string, Placed>();
  const addSubnets = (among: NetworkPlan["subnets"], routeTable: Placed | undefined): void => {
    for (const { name, prefix, use } of among) {
      const isNode = use === "nodes";
      subnets.set(
        name,
        draft.add(part, {
          type: "Microsoft.Network/virtualNetworks/subnets",
          name,
          parent: network,
          properties: {
            addressPrefix: prefix,
            ...(isNode && natGateway !== undefined ? { natGateway: { id: natGateway.id } } : {}),
            ...(isNode && routeTable !== undefined ? { routeTable: { id: routeTable.id } } : {}),
            ...(use === "endpoints" ? { privateEndpointNetworkPolicies: "Disabled" } : {}),
          },
        }),
      );
    }
  };
  addSubnets(
    plan.subnets.filter(({ use }) => use === "firewall"),
    undefined,
  );
  const routeTable = routed ? addFirewall(context, plan, part, subnets.get("AzureFirewallSubnet")) : undefined;
  addSubnets(
    plan.subnets.filter(({ use }) => use !== "firewall"),
    routeTable,
  );
  return { plan, part, network, subnets, zones: new Map() };
}

function addNatGateway({ draft, estate }: CloudContext, plan: NetworkPlan, part: Part): Placed {
  const settings = plan.clusters.map(({ network }) => network.natGateway).find((gateway) => gateway !== undefined);
  const skuName = settings?.sku ?? "Standard";
  const addresses = Array.from({ length: Math.max(1, settings?.publicAddresses ?? 1) }, (_, index) =>
    draft.add(part, {
      type: "Microsoft.Network/publicIPAddresses",
      name: azureName("publicAddress", [plan.name, "egress", String(index + 1)], estate.name),
      location: plan.region,
      sku: { name: skuName === "StandardV2" ? "StandardV2" : "Standard" },
      zones: settings?.zones,
      properties: { publicIPAllocationMethod: "Static", publicIPAddressVersion: "IPv4" },
    }),
  );
  return draft.add(part, {
    type: "Microsoft.Network/natGateways",
    name: azureName("natGateway", [plan.name], estate.name),
    location: plan.region,
    sku: { name: skuName },
    zones: settings?.zones,
    properties: { idleTimeoutInMinutes: 4, publicIpAddresses: addresses.map(({ id }) => ({ id })) },
  });
}

/** A private DNS zone that is linked to the network; each network has its own, so that regions fail apart. */
export function privateZone({ draft }: CloudContext, placed: PlacedNetwork, name: string): Placed {
  const known = placed.zones.get(name);
  if (known !== undefined) return known;
  const zone = draft.add(placed.part, {
    type: "Microsoft.Network/privateDnsZones",
    name,
    location: "global",
  });
  draft.add(placed.part, {
    type: "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    name: placed.network.name,
    parent: zone,
    location: "global",
    properties: { registrationEnabled: false, virtualNetwork: { id: placed.network.id } },
  });
  placed.zones.set(name, zone);
  return zone;
}

/** Lets a resource be reached from the network only, under its public name. */
export function addPrivateEndpoint(
  context: CloudContext,
  placed: PlacedNetwork,
  part: Part,
  target: {
    readonly resource: Placed;
    readonly group: string;
    readonly zone: string;
    readonly words: readonly string[];
  },
): void {
  const { draft, estate } = context;
  const subnetName = placed.plan.subnets.find(({ use }) => use === "endpoints")?.name;
  const subnet = subnetName === undefined ? undefined : placed.subnets.get(subnetName);
  if (subnet === undefined) return;
  const zone = privateZone(context, placed, target.zone);
  const name = azureName("privateEndpoint", [...target.words, placed.plan.name], estate.name);
  const endpoint = draft.add(part, {
    type: "Microsoft.Network/privateEndpoints",
    name,
    location: placed.plan.region,
    properties: {
      subnet: { id: subnet.id },
      privateLinkServiceConnections: [
        {
          name: target.group,
          properties: { privateLinkServiceId: target.resource.id, groupIds: [target.group] },
        },
      ],
    },
  });
  draft.add(part, {
    type: "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
    name: "default",
    parent: endpoint,
    properties: {
      privateDnsZoneConfigs: [{ name: target.zone.replaceAll(".", "-"), properties: { privateDnsZoneId: zone.id } }],
    },
  });
}
