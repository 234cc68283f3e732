import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { connectionLines, peerName } from "../../tenancy/reachability/connection-lines.ts";
import { type ConnectionFilter, isCalled } from "../../tenancy/reachability/connection-witness.ts";
import { type EstateReachOptions, estateReach } from "../../tenancy/reachability/estate-reach.ts";
import { routedPorts } from "../../tenancy/reachability/routed-ports.ts";

/** Every connection as a line `SRC => DST : PORTS`; with several clusters, each after a comment line with its name. */
export function reachabilityLines(
  estate: Estate,
  options: EstateReachOptions = {},
  filter: ConnectionFilter = {},
): readonly string[] {
  const routed = routedPorts(estate.objects, estate.services, estate.workloads);
  const byCluster = Map.groupBy(estate.workloads, ({ cluster }) => cluster);
  const networks = estateReach(estate, options);
  return networks.flatMap(({ cluster, reach }) => {
    const workloads = byCluster.get(cluster.name) ?? [];
    const isWanted = lineFilter(workloads, filter);
    const lines = connectionLines(reach, workloads, routed).filter(isWanted);
    return networks.length > 1 ? [`# ${cluster.name}`, ...lines] : lines;
  });
}

/** Lines whose ends are among the workloads that the filter names. */
function lineFilter(workloads: readonly Workload[], { from, to }: ConnectionFilter): (line: string) => boolean {
  const namesOf = (wanted: string | undefined) =>
    wanted === undefined
      ? undefined
      : new Set(workloads.filter((workload) => isCalled(workload, wanted)).map(peerName));
  const sources = namesOf(from);
  const targets = namesOf(to);
  return (line) => {
    const [, source = "", target = ""] = /^(.*?) [=?]> (.*?) : /.exec(line) ?? [];
    return (sources?.has(source) ?? true) && (targets?.has(target) ?? true);
  };
}
