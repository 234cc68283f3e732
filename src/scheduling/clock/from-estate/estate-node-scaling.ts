import { autoscalingDefault } from "../../../catalog/autoscaling-defaults.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";
import type { ClusterAutoscalerProfile } from "../node-scaling/cluster-autoscaler-profile.ts";

/** The AKS cluster autoscaler profile where a cluster declares none; the expander is random at every Kubernetes version. */
const aksDefaults: ClusterAutoscalerProfile = {
  scanIntervalSeconds: autoscalingDefault("autoscaler.scanInterval").value,
  scaleDownDelayAfterAddSeconds: autoscalingDefault("autoscaler.scaleDownDelayAfterAdd").value,
  scaleDownDelayAfterDeleteSeconds: autoscalingDefault("autoscaler.scaleDownDelayAfterDelete").value,
  scaleDownUnneededSeconds: autoscalingDefault("autoscaler.scaleDownUnneededTime").value,
  scaleDownUtilizationThreshold: autoscalingDefault("autoscaler.scaleDownUtilizationThreshold").value,
  maxEmptyBulkDelete: autoscalingDefault("autoscaler.maxEmptyBulkDelete").value,
  skipNodesWithSystemPods: true,
  ignoreDaemonsetsUtilization: false,
  expander: "random",
  priorities: [],
  unremovableRecheckSeconds: autoscalingDefault("autoscaler.unremovableRecheck").value,
};

const followed = ["random", "least-waste", "most-pods"] as const;

/**
 * The node autoscaler of a cluster as declared, with the defaults of AKS for the rest. Priorities stand in a ConfigMap of
 * the cluster that is not read: without it the expander `priority` chooses at random, as the cluster autoscaler does.
 */
export function nodeScalingOf({ autoscaler }: Pick<Cluster, "autoscaler">): ClusterAutoscalerProfile {
  const { expander, skipNodesWithSystemPods } = autoscaler ?? {};
  return {
    ...aksDefaults,
    expander: followed.find((each) => each === expander) ?? aksDefaults.expander,
    skipNodesWithSystemPods: skipNodesWithSystemPods ?? aksDefaults.skipNodesWithSystemPods,
  };
}

/** The expander in words, and where it comes from. */
export function expanderWords({ autoscaler }: Pick<Cluster, "autoscaler">, profile: ClusterAutoscalerProfile): string {
  const declared = autoscaler?.expander;
  if (declared === undefined) return `${profile.expander} by default`;
  return declared === profile.expander ? `${declared} as declared` : `${profile.expander}, for ${declared} has no list`;
}
