import { entryOf } from "../../../estate/kubernetes/map-entry.ts";
import { intersectPorts, isEmptyPortSet } from "../../../estate/kubernetes/port-set.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";
import type { Estate, Network } from "../../../estate/model/estate.ts";
import type { ClusterReach } from "../cluster-reach.ts";
import type { ClusterNetwork } from "../estate-reach.ts";
import type { Exposure, Exposures } from "../exposure.ts";
import { eitherOpen, noPortOpen, type PortBounds } from "../port-bounds.ts";
import { portsToInternet } from "../public-addresses.ts";

/** A cluster in its network, with the classification of each workload. */
export interface ZonedCluster {
  readonly cluster: Cluster;
  readonly network: Network | undefined;
  readonly reach: ClusterReach;
  readonly exposures: readonly Exposure[];
  /** Classes of pods that hold a workload of the classification: the first such workload, by class. */
  readonly byClassification: ReadonlyMap<string, ReadonlyMap<number, number>>;
  /** Classification of each workload, by its position; undefined where none is known. */
  readonly classificationOf: readonly (string | undefined)[];
  /** Workloads of tenants whose classification is not known, the platform's own left out. */
  readonly unclassified: number;
}

const platformTenant = "platform";

/** The estate as zones see it: every workload by the classification of its tenant, or else of its network's zone. */
export function zoneClusters(
  estate: Estate,
  networks: readonly ClusterNetwork[],
  exposures: Exposures,
): readonly ZonedCluster[] {
  const tenants = new Map(estate.tenants.map((tenant) => [tenant.name, tenant.classification]));
  return networks.map(({ cluster, reach }) => {
    const network = estate.networks.find(({ name }) => name === cluster.network.name);
    const zone =
      network?.zone !== undefined && estate.classifications.includes(network.zone) ? network.zone : undefined;
    const byClassification = new Map<string, Map<number, number>>();
    const classificationOf = reach.workloads.map(({ tenant }) => tenants.get(tenant) ?? zone);
    let unclassified = 0;
    for (const [position, { tenant }] of reach.workloads.entries()) {
      const classification = classificationOf[position];
      if (classification === undefined) {
        if (tenant !== platformTenant) unclassified += 1;
        continue;
      }
      const first = entryOf(byClassification, classification, () => new Map<number, number>());
      entryOf(first, reach.classOf[position] ?? 0, () => position);
    }
    return {
      cluster,
      network,
      reach,
      exposures: exposures.of(reach),
      byClassification,
      classificationOf,
      unclassified,
    };
  });
}

/** Ports to a public entry point, as far as policies and the firewall of the network let out. */
export function portsToPublicEntry(
  { reach, network }: ZonedCluster,
  subject: number,
  hostname: string | undefined,
): PortBounds {
  const open = portsToInternet(reach, subject);
  if (network?.egress.type !== "firewall") return open;
  if (hostname === undefined) return { certain: noPortOpen.certain, possible: open.possible };
  return network.egress.allowedFqdns.some((pattern) => matchesFqdn(pattern, hostname)) ? open : noPortOpen;
}

/** Ports to addresses of the network that the cluster is in. */
export function portsInNetwork({ reach }: ZonedCluster, subject: number): PortBounds {
  const parts = reach.addresses(subject, "egress");
  const possible = parts.reduce((all, { bounds }) => eitherOpen(all, bounds), noPortOpen);
  const [first, ...rest] = parts.map(({ bounds }) => bounds.certain);
  return { certain: rest.reduce(intersectPorts, first ?? noPortOpen.certain), possible: possible.possible };
}

/** `*.example.com` is any host below it. */
function matchesFqdn(pattern: string, hostname: string): boolean {
  if (pattern === "*") return true;
  return pattern.startsWith("*.") ? hostname.endsWith(pattern.slice(1)) : hostname === pattern;
}

/** `yes`: some port is certainly open; `maybe`: one may be; `no`: none is. */
export function passes({ certain, possible }: PortBounds): "yes" | "maybe" | "no" {
  if (!isEmptyPortSet(certain)) return "yes";
  return isEmptyPortSet(possible) ? "no" : "maybe";
}
