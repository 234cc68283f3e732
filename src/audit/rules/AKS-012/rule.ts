import { aksClusterFacts } from "../../../catalog/aks-cluster-facts.ts";
import { overlaps, parseCidr } from "../../../estate/model/cidr.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { peakNodes } from "../../../scheduling/node-surge.ts";
import { clusterPasses, clusterVerdict, unstated } from "../../clusters/cluster-outcome.ts";
import {
  type DeclaredCluster,
  declaredClusters,
  declaredPools,
  settingOf,
  statedSetting,
} from "../../clusters/declared-settings.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

/** AKS-012: the network plugin has a future, policies are enforced, and addresses suffice. */
export const networkPlugin: Rule = {
  id: "AKS-012",
  name: "network-plugin",
  title: "The network plugin is supported, something enforces network policies, and the pod range suffices.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["cluster", "nodePools"],
  peers: [
    { tool: "psrule-azure", check: "Azure.AKS.NetworkPolicy", part: "2" },
    { tool: "psrule-azure", check: "Azure.AKS.AzureCNI", part: "1" },
    { tool: "checkov", check: "CKV_AZURE_7", part: "2" },
    { tool: "trivy", check: "AVD-AZU-0043", part: "2" },
  ],
  judges: "objects",
  *evaluate({ estate }) {
    for (const cluster of declaredClusters(estate)) {
      const findings = [...judge(estate, cluster)];
      yield* findings.length === 0 ? [clusterPasses(estate, cluster)] : findings;
    }
  },
};

function* judge(estate: Estate, cluster: DeclaredCluster): Iterable<RuleOutcome> {
  const { network, name } = cluster;
  const plugin = statedSetting(estate, cluster, ["network", "plugin"], network.plugin);
  const engine = settingOf(estate, network.policyEngine ?? impliedEngine(cluster), "none");
  const unsaid = [
    ...(plugin === undefined ? ["network.plugin"] : []),
    ...(engine === undefined ? ["network.policyEngine"] : []),
  ];
  if (unsaid.length > 0) yield clusterVerdict(estate, cluster, unstated(`Cluster ${name}`, unsaid));
  const { kubenetEnds } = aksClusterFacts;
  if (plugin === "kubenet") {
    yield clusterVerdict(estate, cluster, {
      verdict: "fail",
      part: "1",
      field: ["network", "plugin"],
      message: `${name} uses kubenet, which AKS ends on ${kubenetEnds.value}; it also holds a cluster to 400 nodes and knows no Cilium.`,
      fix: {
        description: "Move to Azure CNI Overlay.",
        edits: [{ path: ["network", "plugin"], value: "azureOverlay" }],
      },
    });
  }
  if (engine === "none") yield withoutEngine(estate, cluster);
  else if (engine !== undefined && engine !== "cilium" && hasLinuxPool(cluster))
    yield withoutCilium(estate, cluster, engine);
  if (plugin === "azureOverlay") yield* crowdedPodRange(estate, cluster);
}

/** The Cilium data plane brings its own engine. */
function impliedEngine({ network }: DeclaredCluster): string | undefined {
  return network.dataPlane === "cilium" ? "cilium" : undefined;
}

function hasLinuxPool(cluster: DeclaredCluster): boolean {
  return declaredPools(cluster).some(({ osSku }) => !osSku.toLowerCase().startsWith("windows"));
}

function withoutEngine(estate: Estate, cluster: DeclaredCluster): RuleOutcome {
  return clusterVerdict(estate, cluster, {
    verdict: "fail",
    part: "2",
    field: ["network", "policyEngine"],
    message: `Nothing enforces network policies on ${cluster.name}: every pod reaches every pod, whatever the manifests say.`,
    fix: {
      description: "Use the Cilium data plane; all nodes are made anew once.",
      edits: [
        { path: ["network", "dataPlane"], value: "cilium" },
        { path: ["network", "policyEngine"], value: "cilium" },
      ],
    },
  });
}

function withoutCilium(estate: Estate, cluster: DeclaredCluster, engine: string): RuleOutcome {
  return clusterVerdict(estate, cluster, {
    verdict: "fail",
    part: "3",
    severity: "low",
    field: ["network", "dataPlane"],
    message: `${cluster.name} enforces policies with ${engine} on Linux nodes; Cilium forwards and filters without iptables and is where AKS goes.`,
    fix: {
      description: "Plan the move to the Cilium data plane.",
      edits: [
        { path: ["network", "dataPlane"], value: "cilium" },
        { path: ["network", "policyEngine"], value: "cilium" },
      ],
    },
  });
}

function* crowdedPodRange(estate: Estate, cluster: DeclaredCluster): Iterable<RuleOutcome> {
  const { podCidr } = cluster.network;
  const range = podCidr === undefined ? undefined : parseCidr(podCidr);
  const prefix = range?.prefixLength ?? (estate.complete ? aksClusterFacts.defaultPodRangePrefix.value : undefined);
  const pools = declaredPools(cluster).filter(({ countDeclared }) => countDeclared);
  const nodes = pools.reduce((sum, pool) => sum + peakNodes(pool), 0);
  const most = prefix === undefined ? undefined : 2 ** (32 - prefix) / aksClusterFacts.overlayAddressesPerNode.value;
  if (most !== undefined && range?.version !== 6 && nodes > most) {
    yield clusterVerdict(estate, cluster, {
      verdict: "fail",
      part: "4",
      field: ["network", "podCidr"],
      message: `The pod range ${podCidr ?? "10.244.0.0/16 (the default)"} of ${cluster.name} holds ${Math.floor(most)} nodes of 256 addresses each; its pools may have ${nodes} with their surge.`,
      fix: { description: "Use a larger pod range; it can be widened, not moved." },
    });
  }
  const network = estate.networks.find(({ name }) => name === cluster.network.name);
  const clash = network?.addressSpace.find((text) => {
    const space = parseCidr(text);
    return space !== undefined && range !== undefined && overlaps(space, range);
  });
  if (clash === undefined) return;
  yield clusterVerdict(estate, cluster, {
    verdict: "fail",
    part: "4",
    field: ["network", "podCidr"],
    message: `The pod range ${podCidr ?? ""} of ${cluster.name} overlaps ${clash} of network ${network?.name ?? ""}: pods cannot reach what lies there.`,
    fix: { description: "Choose a pod range apart from every network that is reached." },
  });
}
