/** How the autoscaler chooses among pools that could take the pending pods. */
type Expander = "random" | "most-pods" | "least-nodes" | "least-waste" | "price" | "priority";

/** Settings of the cluster autoscaler, under the names of the AKS cluster autoscaler profile; durations in seconds. */
export interface ClusterAutoscalerProfile {
  readonly scanIntervalSeconds: number;
  readonly scaleDownDelayAfterAddSeconds: number;
  readonly scaleDownDelayAfterDeleteSeconds: number;
  readonly scaleDownUnneededSeconds: number;
  readonly scaleDownUtilizationThreshold: number;
  readonly maxEmptyBulkDelete: number;
  readonly skipNodesWithSystemPods: boolean;
  readonly ignoreDaemonsetsUtilization: boolean;
  readonly expander: Expander;
  /** Pool names from the most to the least wanted; for the expander `priority`. */
  readonly priorities: readonly string[];
  /** A node found not to be removable is not looked at again for so long. */
  readonly unremovableRecheckSeconds: number;
}
