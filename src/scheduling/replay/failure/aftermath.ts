import type { ClusterPod } from "../../kube-scheduler/model/cluster-pod.ts";

/** Pods as a failure leaves them. */
export interface Aftermath {
  /** Pods of the lost nodes that somebody makes again, in the order in which they came. */
  readonly displaced: readonly ClusterPod[];
  /** Pods of the lost nodes that nobody makes again. */
  readonly gone: readonly ClusterPod[];
  readonly perNode: readonly ClusterPod[];
  /** Of the displaced and the driven out, those that fit nowhere. */
  readonly pending: readonly ClusterPod[];
  /** Ids of pods of other nodes that had to make room, whether or not they found another place. */
  readonly preempted: ReadonlySet<string>;
  /** Pods that fitted nowhere before and do now. */
  readonly relieved: readonly ClusterPod[];
  /** How many displaced pods run again. */
  readonly moved: number;
}
