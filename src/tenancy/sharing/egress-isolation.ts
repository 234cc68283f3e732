import { type NetworkPolicy, readNetworkPolicies } from "../../estate/kubernetes/network-policy.ts";
import { indexObjects } from "../../estate/kubernetes/object-index.ts";
import { indexPods } from "../../estate/kubernetes/pod-index.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import { containsRange, parseCidr } from "../../estate/model/cidr.ts";
import type { Estate } from "../../estate/model/estate.ts";

/**
 * How far NetworkPolicies hold back what a pod connects to: `inside`: pods only; `outside`: addresses too, but not
 * instance metadata; `metadata`: that as well; `anywhere`: nothing holds it back.
 */
export const egressReaches = ["inside", "outside", "metadata", "anywhere"] as const;
export type EgressReach = (typeof egressReaches)[number];

/** Pods of all environments on a cluster are under its policies: the environment plays no part here. */
const anyEnvironment = "";
/** Where Azure serves a machine's metadata and tokens. */
const metadataAddress = "169.254.169.254/32";

/** The reach of each workload's pods, over all policies that select them: policies only add to each other. */
export function egressReach(estate: Pick<Estate, "objects" | "workloads">): (workload: Workload) => EgressReach {
  const { index } = indexObjects(estate.objects.map((placed) => ({ ...placed, environment: anyEnvironment })));
  const pods = indexPods(estate.workloads.map((workload) => ({ ...workload, environment: anyEnvironment })));
  const reaches = new Map<string, EgressReach>();
  for (const policy of readNetworkPolicies(index)) {
    const { egress } = policy;
    if (egress === undefined) continue;
    const reach = policyReach(egress);
    for (const { id } of pods.select(policy, policy.pods)) reaches.set(id, wider(reaches.get(id) ?? "inside", reach));
  }
  return ({ id, hostNetwork }) => (hostNetwork ? "anywhere" : (reaches.get(id) ?? "anywhere"));
}

function wider(left: EgressReach, right: EgressReach): EgressReach {
  return egressReaches.indexOf(left) > egressReaches.indexOf(right) ? left : right;
}

function policyReach(rules: NonNullable<NetworkPolicy["egress"]>): EgressReach {
  const metadata = parseCidr(metadataAddress);
  let reach: EgressReach = "inside";
  for (const { peers, ports } of rules) {
    // A rule without a peer opens addresses of every sort, on its ports.
    if (peers === undefined)
      reach = wider(reach, ports === undefined || ports.some(isWebPort) ? "metadata" : "outside");
    for (const peer of peers ?? []) {
      if (peer.kind !== "addresses") continue;
      const covers = (text: string) => {
        const range = parseCidr(text);
        return range !== undefined && metadata !== undefined && containsRange(range, metadata);
      };
      const opensMetadata = covers(peer.cidr) && !peer.except.some(covers);
      reach = wider(reach, opensMetadata && (ports === undefined || ports.some(isWebPort)) ? "metadata" : "outside");
    }
  }
  return reach;
}

/** Metadata is served on port 80. */
function isWebPort({
  protocol,
  port,
}: NonNullable<NonNullable<NetworkPolicy["egress"]>[number]["ports"]>[number]): boolean {
  if (protocol !== "TCP") return false;
  return port.kind !== "range" || (port.first <= 80 && port.last >= 80);
}
