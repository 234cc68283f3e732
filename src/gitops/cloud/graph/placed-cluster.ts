import type { Cluster } from "../../../estate/model/cluster.ts";
import type { Part, Placed } from "./graph-draft.ts";
import type { PlacedNetwork } from "./network-resources.ts";

/** A cluster that is in the graph. */
export interface PlacedCluster {
  readonly cluster: Cluster;
  readonly part: Part;
  readonly resource: Placed;
  readonly network: PlacedNetwork;
  /** Identity of its control plane. */
  readonly identity: Placed;
}
