import type { Cluster } from "../estate/model/cluster.ts";
import { commonClusters, commonPools, type LayerState, ownPool, unseenWorkloads } from "./compare-layers.ts";
import type { PodNetwork, PodNetworkSharing } from "./pod-network.ts";
import type { LocatedTenant } from "./tenant-presence.ts";

/** Whether pods of one tenant can reach pods of the other, on the cluster where they are least apart. */
export function comparePodNetworks(
  left: LocatedTenant,
  right: LocatedTenant,
  { network, complete }: { readonly network: PodNetwork; readonly complete: boolean },
): LayerState {
  const states = commonClusters(left, right)
    .filter(({ name }) => left.runsOn.has(name) && right.runsOn.has(name))
    .map((cluster) => podNetworkOn(cluster, network.between(cluster.name, left.tenant.name, right.tenant.name)));
  const others = [reachFromNode(left, right), reachFromNode(right, left), unseenWorkloads(left, right, complete)];
  const found = weakest([...states, ...others.filter((state) => state !== undefined)]);
  return found ?? { sharing: "separate", because: "no cluster runs pods of both" };
}

/** Policies do not bind pods on the host network, and engines let a node reach the pods that it runs. */
function reachFromNode(from: LocatedTenant, to: LocatedTenant): LayerState | undefined {
  const pool = commonPools(from, to).find((each) => from.hostNetworkUsers.has(each));
  if (pool === undefined) return undefined;
  const [target] = to.pools.get(pool) ?? [];
  const source = from.hostNetworkUsers.get(pool)?.label ?? from.tenant.name;
  return {
    sharing: "shared",
    because: `${source} is on the host network, and a node of ${pool} reaches the pods that it runs, such as ${target?.label ?? to.tenant.name}`,
    lift: ownPool,
  };
}

function podNetworkOn({ name, network: { policyEngine } }: Cluster, sharing: PodNetworkSharing): LayerState {
  const engine = policyEngine === undefined || policyEngine === "none" ? ` with a policy engine on ${name}` : "";
  const denyAndEngine = (tenant: string) => `a default-deny policy for ${tenant}${engine}`;
  switch (sharing.kind) {
    case "notEvaluated":
      return { sharing: "unknown", because: sharing.because };
    case "shared":
      return {
        sharing: "shared",
        because: `on ${name} no policy keeps ${sharing.from.label} from ${sharing.to.label}`,
        lift: denyAndEngine,
      };
    case "bounded":
    case "separate":
      break;
  }
  if (policyEngine === "none") {
    const lift = () => `a policy engine on ${name}`;
    return { sharing: "shared", because: `no policy engine of ${name} enforces the policies`, lift };
  }
  if (policyEngine === undefined) {
    const because = `the policy engine of ${name}, which must enforce the policies, is not declared`;
    return { sharing: "unknown", because };
  }
  if (sharing.kind === "separate") return { sharing: "separate", because: `policies on ${name} let nothing pass` };
  const { from, to } = sharing;
  return {
    sharing: "bounded",
    because: `policies on ${name} let ${from.label} reach ${to.label}`,
    lift: () => `a policy without the rule that lets ${from.label} reach ${to.label}`,
  };
}

/** What is shared most decides; what is not known counts as worse than bounded. */
function weakest(states: readonly LayerState[]): LayerState | undefined {
  const order: readonly LayerState["sharing"][] = ["shared", "unknown", "bounded", "separate"];
  return states.toSorted((left, right) => order.indexOf(left.sharing) - order.indexOf(right.sharing))[0];
}
