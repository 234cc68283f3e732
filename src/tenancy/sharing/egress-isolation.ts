import { readNetworkPolicies } from "../../estate/kubernetes/network-policy.ts";
import { indexObjects } from "../../estate/kubernetes/object-index.ts";
import { indexPods } from "../../estate/kubernetes/pod-index.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";

/** Pods of all environments on a cluster are under its policies: the environment plays no part here. */
const anyEnvironment = "";

/** True for workloads whose way out some NetworkPolicy restricts, whatever it then allows. Host-network pods never are. */
export function egressIsolation(estate: Pick<Estate, "objects" | "workloads">): (workload: Workload) => boolean {
  const { index } = indexObjects(estate.objects.map((placed) => ({ ...placed, environment: anyEnvironment })));
  const pods = indexPods(estate.workloads.map((workload) => ({ ...workload, environment: anyEnvironment })));
  const isolated = new Set(
    readNetworkPolicies(index)
      .filter(({ egress }) => egress !== undefined)
      .flatMap((policy) => pods.select(policy, policy.pods).map(({ id }) => id)),
  );
  return ({ id, hostNetwork }) => !hostNetwork && isolated.has(id);
}
