import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { FaultModel } from "./fault-model.ts";

/** True when it is known to run nothing: it asks for no replica, and no autoscaler keeps one. */
function isIdle({ replicas, unreadable, opaque, run }: Workload): boolean {
  return run === "serving" && !opaque && unreadable.length === 0 && replicas.declared < 1 && replicas.minimum < 1;
}

/** The workloads behind one Service that can answer; all of them where none runs anything, so that this is noticed. */
export function servingMembers({ workloads }: FaultModel, members: readonly string[]): readonly string[] {
  const serving = members.filter((id) => {
    const workload = workloads.get(id);
    return workload === undefined || !isIdle(workload);
  });
  return serving.length > 0 ? serving : members;
}

/** True for an idle workload beside which another one answers behind the same Service, as of blue and green. */
export function isStoodInFor(model: FaultModel, workload: Workload): boolean {
  if (!isIdle(workload)) return false;
  const services = model.servicesByCluster.get(workload.cluster) ?? [];
  return services.some(
    (service) =>
      service.workloads.includes(workload.id) && !servingMembers(model, service.workloads).includes(workload.id),
  );
}
