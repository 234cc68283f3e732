import { formatPorts, isAllPorts, isEmptyPortSet } from "../../estate/kubernetes/port-set.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { ClusterReach } from "./cluster-reach.ts";
import { explainDirection } from "./explain-reach.ts";
import { type PortBounds, undecidedPorts } from "./port-bounds.ts";
import type { ConnectionWitness, ReachVerdict, WorkloadConnection } from "./reachability-report.ts";

/** One connection with the rules that decide it, by the positions of the workloads. */
export function connectionWitness(reach: ClusterReach, from: number, to: number): ConnectionWitness {
  const bounds = reach.between(from, to);
  const undecided = undecidedPorts(bounds);
  return {
    from: reach.workloads[from]?.label ?? "",
    to: reach.workloads[to]?.label ?? "",
    ports: formatPorts(bounds.certain),
    ...(isEmptyPortSet(undecided) ? {} : { undecided: formatPorts(undecided) }),
    egress: explainDirection(reach, from, "egress", to),
    ingress: explainDirection(reach, to, "ingress", from),
  };
}

export function verdictOfBounds({ certain, possible }: PortBounds): ReachVerdict {
  if (isAllPorts(certain)) return "open";
  if (!isEmptyPortSet(certain)) return "limited";
  return isEmptyPortSet(possible) ? "denied" : "notEvaluable";
}

/** More rows than anybody reads; each takes half a kilobyte. */
const rowLimit = 50_000;

/** Workloads (id, label or name), namespaces or tenants that connections are from and to. */
export interface ConnectionFilter {
  readonly from?: string;
  readonly to?: string;
}

type Named = Pick<Workload, "id" | "label" | "name" | "namespace" | "tenant">;

/** The workload, its namespace or its tenant is called so. */
export function isCalled({ id, label, name, namespace, tenant }: Named, wanted: string): boolean {
  return [id, label, name, namespace, tenant].includes(wanted);
}

/**
 * Every pair of workloads of a cluster, the denied ones with what stops them; at most `rowLimit`, of which `truncated` tells.
 */
export function workloadConnections(
  reach: ClusterReach,
  cluster: string,
  filter: ConnectionFilter,
): { readonly connections: readonly WorkloadConnection[]; readonly truncated: boolean } {
  const positions = (wanted: string | undefined) =>
    [...reach.workloads.entries()].flatMap(([position, workload]) =>
      wanted === undefined || isCalled(workload, wanted) ? [position] : [],
    );
  const targets = positions(filter.to);
  const connections: WorkloadConnection[] = [];
  for (const from of positions(filter.from)) {
    for (const to of targets) {
      if (from === to) continue;
      if (connections.length >= rowLimit) return { connections, truncated: true };
      const verdict = verdictOfBounds(reach.between(from, to));
      connections.push({ cluster, verdict, ...connectionWitness(reach, from, to) });
    }
  }
  return { connections, truncated: false };
}
