import type { Estate } from "../estate/model/estate.ts";
import { connectionLines } from "../tenancy/reachability/connection-lines.ts";
import { type EstateReachOptions, estateReach } from "../tenancy/reachability/estate-reach.ts";
import { routedPorts } from "../tenancy/reachability/routed-ports.ts";

/** Every connection as a line `SRC => DST : PORTS`; with several clusters, each after a comment line with its name. */
export function reachabilityLines(estate: Estate, options: EstateReachOptions = {}): readonly string[] {
  const routed = routedPorts(estate.objects, estate.services, estate.workloads);
  const byCluster = Map.groupBy(estate.workloads, ({ cluster }) => cluster);
  const networks = estateReach(estate, options);
  return networks.flatMap(({ cluster, reach }) => {
    const lines = connectionLines(reach, byCluster.get(cluster.name) ?? [], routed);
    return networks.length > 1 ? [`# ${cluster.name}`, ...lines] : lines;
  });
}
