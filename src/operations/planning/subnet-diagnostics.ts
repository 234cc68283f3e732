import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { subnetTooSmall } from "../../estate/diagnostics/planning-diagnostics.ts";
import type { NodePool } from "../../estate/model/cluster.ts";
import type { VerifiedStructure } from "../../planning/verification/verify-structure.ts";

/** Azure keeps five addresses of a subnet for itself. */
const reservedAddresses = 5;

/** Subnets that named pools outgrow, at the most nodes that they may have and one more of each for upgrades. */
export function subnetDiagnostics({ estate }: VerifiedStructure): readonly Diagnostic[] {
  return estate.clusters.flatMap((cluster) => {
    const network = estate.networks.find(({ name }) => name === cluster.network.name);
    const bySubnet = Map.groupBy(
      cluster.nodePools.filter(({ subnet }) => subnet !== undefined),
      ({ subnet }) => subnet ?? "",
    );
    return [...bySubnet].flatMap(([name, pools]) => {
      const prefix = network?.subnets.find((subnet) => subnet.name === name)?.prefix;
      const bits = Number(prefix?.split("/")[1]);
      if (prefix === undefined || prefix.includes(":") || !(bits >= 0 && bits <= 32)) return [];
      const addresses = Math.max(0, 2 ** (32 - bits) - reservedAddresses);
      const each = ({ maximumNodes, maxPods }: NodePool) =>
        (maximumNodes + 1) * (cluster.network.plugin === "azureNodeSubnet" ? 1 + maxPods : 1);
      const needed = pools.reduce((sum, pool) => sum + each(pool), 0);
      return needed > addresses
        ? [diagnose(subnetTooSmall, { cluster: cluster.name, subnet: name, addresses, needed })]
        : [];
    });
  });
}
