import { aksClusterFacts } from "../../../catalog/aks-cluster-facts.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { peakNodes } from "../../../scheduling/node-surge.ts";
import { clusterPasses, clusterVerdict } from "../../clusters/cluster-outcome.ts";
import {
  type DeclaredCluster,
  declaredClusters,
  declaredPools,
  statedSetting,
} from "../../clusters/declared-settings.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

/** AKS-013: the way out has enough ports and stands in as many zones as the nodes. */
export const egress: Rule = {
  id: "AKS-013",
  name: "egress",
  title: "Outbound traffic has enough ports, and its gateway does not hang on one zone.",
  severity: { high: "medium", medium: "low", low: undefined },
  inputs: ["cluster", "nodePools", "usage"],
  judges: "objects",
  *evaluate({ estate }) {
    for (const cluster of declaredClusters(estate)) {
      const outbound = statedSetting(estate, cluster, ["network", "outbound"], cluster.network.outbound);
      // A firewall, a route or a closed door has ports of its own, which no cluster states.
      if (outbound === "userDefinedRouting" || outbound === "none" || outbound === "block") continue;
      const findings = [...ports(estate, cluster, outbound), ...zonalGateway(estate, cluster, outbound)];
      yield* findings.length === 0 ? [clusterPasses(estate, cluster)] : findings;
    }
  },
};

/** Ports that are promised to each node must be there; whether they are enough only usage tells. */
function* ports(estate: Estate, cluster: DeclaredCluster, outbound: string | undefined): Iterable<RuleOutcome> {
  const { outboundPortsPerNode: each = 0, outboundAddresses = 1 } = cluster.network;
  if (outbound === "loadBalancer" && each > 0) {
    const nodes = declaredPools(cluster).reduce((sum, pool) => sum + (pool.countDeclared ? peakNodes(pool) : 1), 0);
    const there = outboundAddresses * aksClusterFacts.loadBalancerPortsPerAddress.value;
    if (nodes * each > there) {
      yield clusterVerdict(estate, cluster, {
        verdict: "fail",
        part: "1",
        field: ["network", "outboundPortsPerNode"],
        message: `Each node of ${cluster.name} gets ${each} outbound ports: ${nodes} nodes at the maximum with surge need ${nodes * each}, and ${outboundAddresses} ${outboundAddresses === 1 ? "address has" : "addresses have"} ${there}. Scaling up stops there.`,
        fix: {
          description: "Add outbound addresses, or use a NAT gateway.",
          edits: [
            {
              path: ["network", "outboundAddresses"],
              value: Math.ceil((nodes * each) / aksClusterFacts.loadBalancerPortsPerAddress.value),
            },
          ],
        },
      });
    }
    // Who gives each node its share has sized it; shares that fit are all that a declaration can show.
    return;
  }
  yield clusterVerdict(estate, cluster, {
    verdict: "notEvaluable",
    part: "1",
    missing: ["needs-X"],
    field: ["network", "outbound"],
    message: `How many connections leave ${cluster.name} at once is not known, so nothing says whether the ports of ${outbound ?? "its outbound type"} suffice.`,
  });
}

function* zonalGateway(estate: Estate, cluster: DeclaredCluster, outbound: string | undefined): Iterable<RuleOutcome> {
  if (outbound !== "managedNATGateway" && outbound !== "userAssignedNATGateway") return;
  const spread = declaredPools(cluster).filter(({ zones }) => zones.length > 1);
  if (spread.length === 0) return;
  const { natGateway } = cluster.network;
  const field = ["network", "natGateway", "sku"];
  // A managed gateway is of sku Standard in no zone unless it says otherwise; one of your own may be anything.
  const sku = natGateway?.sku ?? (outbound === "managedNATGateway" ? "Standard" : undefined);
  if (sku === "StandardV2") return;
  if (sku === undefined) {
    const message = `Cluster ${cluster.name} leaves through a NAT gateway of your own and does not say its sku, so nothing says whether it outlives a zone.`;
    yield clusterVerdict(estate, cluster, { verdict: "notEvaluable", part: "2", missing: ["needs-C"], field, message });
    return;
  }
  const zones = natGateway?.zones ?? [];
  const stands = zones.length === 0 ? "in no zone of its own choice" : `in zone ${zones.join(", ")}`;
  yield clusterVerdict(estate, cluster, {
    verdict: "fail",
    part: "2",
    field,
    message: `${spread.length} ${spread.length === 1 ? "pool" : "pools"} of ${cluster.name} span several zones, but all leave through a Standard NAT gateway ${stands}: when its zone fails, no pod reaches the outside.`,
    fix: {
      description: "Use a StandardV2 NAT gateway, which spans all zones.",
      edits: [{ path: field, value: "StandardV2" }],
    },
  });
}
