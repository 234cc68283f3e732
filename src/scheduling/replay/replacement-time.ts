import { replaySeconds } from "../../estate/assumptions/replay-rules.ts";
import type { ReplayWorkload } from "./replay-cluster.ts";

/** A pool that asks for a node when a pod is pending has it after this long. */
export const secondsToNewNode: number = replaySeconds.nodeReady;

/** From the start of a new pod until it counts as ready. */
export function secondsToStart({ readySeconds }: Pick<ReplayWorkload, "readySeconds">): number {
  return replaySeconds.podStart + readySeconds;
}

/**
 * Least seconds from the loss of a node until a pod that was on it is ready elsewhere, where there is room: the silence is
 * noticed, the pod's toleration runs out, its disk is let go, the new pod starts. The pods of a StatefulSet wait for the
 * repair of their node besides.
 */
export function secondsToReplace(workload: ReplayWorkload): number {
  const { detection, forcedDetach, nodeRepair } = replaySeconds;
  const evicted = detection + workload.unreachableSeconds;
  const freed = workload.movesDisk ? evicted + forcedDetach : evicted;
  const repaired = workload.replacement === "ordered" ? detection + nodeRepair : 0;
  return Math.max(freed, repaired) + secondsToStart(workload);
}
