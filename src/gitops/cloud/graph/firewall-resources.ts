import { type EgressFeature, egressEndpoints } from "../../../catalog/egress-endpoints.ts";
import { registryBlocked } from "../../../estate/diagnostics/cloud-target-diagnostics.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import { parseImageReference } from "../../../estate/kubernetes/image-reference.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";
import { azureName } from "./azure-names.ts";
import { backupAccountName } from "./backup-account.ts";
import type { CloudContext } from "./cloud-context.ts";
import type { Part, Placed } from "./graph-draft.ts";
import type { NetworkPlan } from "./network-plan.ts";
import { publicNamespaces } from "./public-namespaces.ts";
import { registryHosts } from "./shared-resources.ts";

/**
 * A route table whose default route goes through the firewall of the region, with the firewall and its rules where the
 * estate declares one; otherwise its address is given when deploying.
 */
export function addFirewall(context: CloudContext, plan: NetworkPlan, part: Part, subnet: Placed | undefined): Placed {
  const { draft, estate } = context;
  const service = estate.cloudServices.find(
    ({ service: name, regions }) => name === "azureFirewall" && (regions === "global" || regions.includes(plan.region)),
  );
  const firewall =
    service === undefined || subnet === undefined
      ? undefined
      : addFirewallItself(context, plan, part, {
          subnet,
          tier: service.tier ?? "Standard",
          isZonal: service.zoneRedundant === true,
        });
  return draft.add(part, {
    type: "Microsoft.Network/routeTables",
    name: azureName("routeTable", [plan.name], estate.name),
    location: plan.region,
    properties: {
      disableBgpRoutePropagation: true,
      routes: [
        {
          name: "default",
          properties: {
            addressPrefix: "0.0.0.0/0",
            nextHopType: "VirtualAppliance",
            nextHopIpAddress:
              firewall === undefined
                ? { $parameter: `firewallAddressOf${camel(plan.name)}`, secure: false }
                : { $ref: firewall.key, output: "properties.ipConfigurations[0].properties.privateIPAddress" },
          },
        },
      ],
    },
  });
}

function addFirewallItself(
  context: CloudContext,
  plan: NetworkPlan,
  part: Part,
  { subnet, tier, isZonal }: { readonly subnet: Placed; readonly tier: string; readonly isZonal: boolean },
): Placed {
  const { draft, estate } = context;
  const zones = isZonal ? estate.regions.find(({ name }) => name === plan.region)?.zones : undefined;
  const address = draft.add(part, {
    type: "Microsoft.Network/publicIPAddresses",
    name: azureName("publicAddress", [plan.name, "firewall"], estate.name),
    location: plan.region,
    sku: { name: "Standard" },
    zones,
    properties: { publicIPAllocationMethod: "Static", publicIPAddressVersion: "IPv4" },
  });
  const policy = draft.add(part, {
    type: "Microsoft.Network/firewallPolicies",
    name: azureName("firewallPolicy", [plan.name], estate.name),
    location: plan.region,
    properties: { sku: { tier }, threatIntelMode: "Deny", dnsSettings: { enableProxy: true } },
  });
  addRules(context, plan, part, policy);
  return draft.add(part, {
    type: "Microsoft.Network/azureFirewalls",
    name: azureName("firewall", [plan.name], estate.name),
    location: plan.region,
    zones,
    properties: {
      sku: { name: "AZFW_VNet", tier },
      firewallPolicy: { id: policy.id },
      ipConfigurations: [
        { name: "default", properties: { subnet: { id: subnet.id }, publicIPAddress: { id: address.id } } },
      ],
    },
  });
}

/** Names that the clusters of a network ask for because of what the estate declares for them. */
function ownNames(context: CloudContext, { clusters, region }: NetworkPlan): readonly string[] {
  const has = (feature: (cluster: Cluster) => boolean): boolean => clusters.some(feature);
  const features: readonly (EgressFeature | undefined)[] = [
    "extensions",
    has(({ monitoring }) => monitoring.containerInsights === true || monitoring.managedPrometheus === true)
      ? "monitoring"
      : undefined,
    has(({ monitoring }) => monitoring.defender === true) ? "defender" : undefined,
    has(({ monitoring }) => monitoring.azurePolicy === true) ? "policy" : undefined,
  ];
  const names = features.flatMap((feature) => (feature === undefined ? [] : egressEndpoints(feature, region)));
  const backups = clusters
    .filter(({ backupEnabled }) => backupEnabled === true)
    .map((cluster) => `${backupAccountName(cluster, context.estate.name)}.blob.core.windows.net`);
  const namespaces = publicNamespaces(context, clusters).map(({ host }) => host);
  return [...new Set([...names, ...registryHosts(context), ...backups, ...namespaces])].toSorted();
}

/** Says where images come from that the firewall does not let through: what is not declared is not opened. */
function sayBlockedRegistries(context: CloudContext, plan: NetworkPlan): void {
  const { estate, draft } = context;
  const names = new Set(plan.clusters.map(({ name }) => name));
  const images = estate.workloads
    .filter(({ cluster }) => names.has(cluster))
    .flatMap(({ containers }) => containers.flatMap(({ image }) => image ?? []));
  const registries = images.map((image) => parseImageReference(image).registry ?? "docker.io");
  const open = [...ownNames(context, plan), ...plan.egress.allowedFqdns];
  const blocked = [...new Set(registries)].filter((host) => !open.some((name) => covers(name, host))).toSorted();
  if (blocked.length === 0) return;
  draft.diagnostics.push(
    diagnose(registryBlocked, { network: plan.name, registries: blocked }, { place: estate.place }),
  );
}

/** True where a name, maybe with `*.` in front, stands for a host. */
function covers(name: string, host: string): boolean {
  return name.startsWith("*.") ? host.endsWith(name.slice(1)) : name === host;
}

/** What AKS itself needs, what the clusters need by what they have, and what the estate allows besides. */
function addRules(context: CloudContext, plan: NetworkPlan, part: Part, policy: Placed): void {
  const { draft } = context;
  const sources = plan.addressSpace;
  const namespaces = publicNamespaces(context, plan.clusters);
  sayBlockedRegistries(context, plan);
  const https = [{ protocolType: "Https", port: 443 }];
  draft.add(part, {
    type: "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
    name: "estate",
    parent: policy,
    properties: {
      priority: 500,
      ruleCollections: [
        {
          ruleCollectionType: "FirewallPolicyFilterRuleCollection",
          name: "ports",
          priority: 510,
          action: { type: "Allow" },
          rules: [
            ...namespaces.map(({ host, ports }) => ({
              ruleType: "NetworkRule",
              name: host.split(".")[0] ?? host,
              ipProtocols: ["TCP"],
              sourceAddresses: sources,
              destinationFqdns: [host],
              destinationPorts: ports,
            })),
            {
              ruleType: "NetworkRule",
              name: "ntp",
              ipProtocols: ["UDP"],
              sourceAddresses: sources,
              destinationAddresses: ["*"],
              destinationPorts: ["123"],
            },
          ],
        },
        {
          ruleCollectionType: "FirewallPolicyFilterRuleCollection",
          name: "names",
          priority: 520,
          action: { type: "Allow" },
          rules: [
            {
              ruleType: "ApplicationRule",
              name: "aks",
              sourceAddresses: sources,
              protocols: https,
              fqdnTags: ["AzureKubernetesService"],
            },
            {
              ruleType: "ApplicationRule",
              name: "platform",
              sourceAddresses: sources,
              protocols: https,
              targetFqdns: ownNames(context, plan),
            },
            {
              ruleType: "ApplicationRule",
              name: "repository",
              sourceAddresses: sources,
              protocols: https,
              targetFqdns: [{ $parameter: "repositoryHost", secure: false }],
            },
            ...(plan.egress.allowedFqdns.length === 0
              ? []
              : [
                  {
                    ruleType: "ApplicationRule",
                    name: "allowed",
                    sourceAddresses: sources,
                    protocols: https,
                    targetFqdns: plan.egress.allowedFqdns,
                  },
                ]),
          ],
        },
      ],
    },
  });
}

/** Words of a name in camel case, the first letter a capital. */
export function camel(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join("");
}
