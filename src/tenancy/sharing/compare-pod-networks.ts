import type { Cluster } from "../../estate/model/cluster.ts";
import { sharePodNetwork } from "../reachability/pod-addresses.ts";
import type { PodNetworkSharing } from "../reachability/pod-network.ts";
import { commonClusters, commonPools, type TenantSides, unseenWorkloads } from "./comparison.ts";
import { bounded, type LayerState, separate, shared, unknown, weakest } from "./layer-state.ts";
import { type Measure, measures } from "./measures.ts";
import type { LocatedTenant } from "./tenant-presence.ts";

/** Whether pods of one tenant can reach pods of the other, on the cluster where they are least apart. */
export function comparePodNetworks(sides: TenantSides): LayerState {
  const { left, right, comparison } = sides;
  const states = commonClusters(left, right)
    .filter(({ name }) => left.runsOn.has(name) && right.runsOn.has(name))
    .map((cluster) =>
      podNetworkOn(cluster, comparison.network.between(cluster.name, left.tenant.name, right.tenant.name)),
    );
  const others = [
    reachFromNode(left, right),
    reachFromNode(right, left),
    unseenWorkloads(sides),
    acrossClusters(sides),
  ];
  const found = weakest([...states, ...others.filter((state) => state !== undefined)]);
  return found ?? separate("no cluster runs pods of both");
}

/** Pods with addresses of one network may reach each other from cluster to cluster; no policy names pods of another. */
function acrossClusters({ left, right }: TenantSides): LayerState | undefined {
  for (const one of left.clusters) {
    const other = right.clusters.find((each) => each.name !== one.name && sharePodNetwork(one, each));
    if (other === undefined || !left.runsOn.has(one.name) || !right.runsOn.has(other.name)) continue;
    return unknown(
      `pods of ${one.name} and ${other.name} have addresses of one network (${one.network.name}), and what passes between clusters is not evaluated`,
    );
  }
  return undefined;
}

/** Policies do not bind pods on the host network, and engines let a node reach the pods that it runs. */
function reachFromNode(from: LocatedTenant, to: LocatedTenant): LayerState | undefined {
  const pool = commonPools(from, to).find((each) => from.hostNetworkUsers.has(each));
  if (pool === undefined) return undefined;
  const [target] = to.pools.get(pool) ?? [];
  const source = from.hostNetworkUsers.get(pool)?.label ?? from.tenant.name;
  const because = `${source} is on the host network, and a node of ${pool} reaches the pods that it runs, such as ${target?.label ?? to.tenant.name}`;
  return shared(because, measures.ownPool);
}

function podNetworkOn({ name, network: { policyEngine } }: Cluster, sharing: PodNetworkSharing): LayerState {
  const engine = policyEngine === undefined || policyEngine === "none" ? ` with a policy engine on ${name}` : "";
  const denyAndEngine: Measure = {
    kind: "denyPolicy",
    text: (tenant) => `a default-deny policy for ${tenant}${engine}`,
  };
  switch (sharing.kind) {
    case "notEvaluated":
      return unknown(sharing.because);
    case "shared":
      return shared(`on ${name} no policy keeps ${sharing.from.label} from ${sharing.to.label}`, denyAndEngine);
    case "bounded":
    case "separate":
      break;
  }
  if (policyEngine === "none") {
    const engineOnly: Measure = { kind: "denyPolicy", text: () => `a policy engine on ${name}` };
    return shared(`no policy engine of ${name} enforces the policies`, engineOnly);
  }
  if (policyEngine === undefined) {
    return unknown(`the policy engine of ${name}, which must enforce the policies, is not declared`);
  }
  if (sharing.kind === "separate") return separate(`policies on ${name} let no pod of one reach a pod of the other`);
  const { from, to } = sharing;
  return bounded(`policies on ${name} let ${from.label} reach ${to.label}`, {
    kind: "policyRule",
    text: () => `a policy without the rule that lets ${from.label} reach ${to.label}`,
  });
}
