import { groupKind } from "../../../estate/kubernetes/group-kind.ts";
import type { KubernetesObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { formatPorts, isEmptyPortSet, subtractPorts } from "../../../estate/kubernetes/port-set.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import { estateEdges } from "../../../tenancy/policies/workload-edges.ts";
import { estateReach } from "../../../tenancy/reachability/estate-reach.ts";
import { policyKinds } from "../../../tenancy/reachability/policy-set.ts";

/** A call between two workloads that the network policies of their cluster do not let through, whatever is unknown. */
export interface CutCall {
  readonly from: Workload;
  readonly to: Workload;
  readonly ports: string;
  /** What says that the call is made. */
  readonly reason: string;
}

/**
 * Calls that the policies among delivered objects would cut off. Generated ones leave every call open, so only clusters
 * with policies of the manifests are looked at.
 */
export function cutCalls(estate: Estate, objects: readonly PlacedObject[]): readonly CutCall[] {
  const declaring = new Set(estate.objects.filter(({ object }) => isPolicy(object)).map(({ cluster }) => cluster));
  if (declaring.size === 0) return [];
  const clusters = estate.clusters.filter(({ name }) => declaring.has(name));
  const calls = Map.groupBy(estateEdges(estate).inside, ({ from }) => from.cluster);
  return estateReach({ ...estate, clusters, objects }).flatMap(({ cluster, reach }) => {
    const positions = new Map(reach.workloads.map(({ id }, position) => [id, position]));
    return (calls.get(cluster.name) ?? []).flatMap(({ from, to, ports, reason }): CutCall[] => {
      const [source, target] = [positions.get(from.id), positions.get(to.id)];
      if (source === undefined || target === undefined || from.hostNetwork || from.opaque || to.opaque) return [];
      const cut = subtractPorts(ports, reach.between(source, target).possible);
      // Evidence without a port stands for all of them: as long as one is open, nothing says that it is not the one.
      const isCut = !isEmptyPortSet(cut) && isEmptyPortSet(subtractPorts(ports, cut));
      return isCut ? [{ from, to, ports: formatPorts(cut), reason }] : [];
    });
  });
}

function isPolicy(object: KubernetesObject): boolean {
  return policyKinds.includes(groupKind(object));
}
