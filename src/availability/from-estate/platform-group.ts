import type { Reason } from "../../estate/figures/figure.ts";
import type { Cluster, ClusterComponent } from "../../estate/model/cluster.ts";
import { zonesOfNodes, zonesOfPools } from "./eligible-zones.ts";
import type { FaultModel } from "./fault-model.ts";
import type { ReplicaGroup } from "./replica-group.ts";
import { evenShape, worstShape } from "./replica-shape.ts";

/** Something that a cluster runs beside its workloads, of which no manifest says where its pods go. */
export interface PlatformPods {
  /** Last part of the group's id. */
  readonly name: string;
  readonly label: string;
  /** Undefined: no component of the cluster declares it. */
  readonly component: ClusterComponent | undefined;
  readonly replicas: number;
  readonly needed: number;
  readonly reasons: readonly Reason[];
}

/** Its pods as a replica group: dealt out evenly over the system pool. */
export function platformGroup(model: FaultModel, cluster: Cluster, pods: PlatformPods): ReplicaGroup {
  const { name, label, component, replicas, needed, reasons } = pods;
  const pool = cluster.nodePools.find(({ mode }) => mode === "System") ?? cluster.nodePools[0];
  const nodes = pool === undefined ? [] : model.placement.nodesOf(cluster.name, pool.name);
  const eligible = nodes.length > 0 ? zonesOfNodes(nodes) : zonesOfPools(pool === undefined ? [] : [pool]);
  const grows = pool?.autoscaling === true && nodes.length < pool.maximumNodes;
  return {
    id: `${cluster.name}/${name}`,
    label,
    place: component?.place ?? cluster.place,
    cluster: cluster.name,
    region: cluster.region,
    pool: pool?.name ?? "",
    shapes: { expected: evenShape(replicas, needed, eligible), worst: worstShape(replicas, needed, [], eligible) },
    replicas,
    needed,
    neededReasons: reasons,
    stateful: false,
    options: {
      nodes: eligible.reduce((sum, zone) => sum + zone.nodes, 0),
      zones: eligible.length,
      grows,
      growsInZones: grows && (pool?.zones.length ?? 0) > 1,
    },
    disks: [],
    deploy: undefined,
  };
}
