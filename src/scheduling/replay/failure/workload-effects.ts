import { secondsToReplace } from "../replacement-time.ts";
import { type ReplayCluster, type ReplayWorkload, workloadOf } from "../replay-cluster.ts";
import type { Aftermath } from "./aftermath.ts";
import type { PendingGroup, WorkloadEffect } from "./failure-outcome.ts";

interface Tally {
  readonly workload: ReplayWorkload;
  lost: number;
  pending: number;
}

const effectOrder: readonly WorkloadEffect["effect"][] = ["down", "interrupted", "belowNeed", "moved"];

/** Each workload that lost pods or had to make room, the worst first. */
export function workloadEffects(
  cluster: ReplayCluster,
  aftermath: Aftermath,
  groups: readonly PendingGroup[],
): readonly WorkloadEffect[] {
  const tallies = tallyOf(cluster, aftermath);
  const effects = [...tallies.values()].map((tally) => effectOf(cluster, tally, groups));
  return effects.toSorted(
    (left, right) =>
      effectOrder.indexOf(left.effect) - effectOrder.indexOf(right.effect) ||
      left.upAfter - left.podsBefore - (right.upAfter - right.podsBefore) ||
      (left.workload < right.workload ? -1 : 1),
  );
}

function tallyOf(cluster: ReplayCluster, { displaced, gone, pending, preempted }: Aftermath): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  const tallyFor = (workload: ReplayWorkload): Tally => {
    const tally = tallies.get(workload.id) ?? { workload, lost: 0, pending: 0 };
    tallies.set(workload.id, tally);
    return tally;
  };
  for (const pod of [...displaced, ...gone]) tallyFor(workloadOf(cluster, pod)).lost += 1;
  for (const pod of [...pending, ...gone]) {
    const tally = tallyFor(workloadOf(cluster, pod));
    tally.pending += 1;
    if (preempted.has(pod.id)) tally.lost += 1;
  }
  return tallies;
}

function effectOf(cluster: ReplayCluster, tally: Tally, groups: readonly PendingGroup[]): WorkloadEffect {
  const { workload, lost, pending } = tally;
  const podsBefore = runningPods(cluster, workload.id);
  const upAtOnce = podsBefore - lost;
  const upAfter = podsBefore - pending;
  const outage = outageSeconds(workload, upAtOnce, upAfter, groups);
  return {
    workload: workload.id,
    label: workload.label,
    podsBefore,
    upAtOnce,
    upAfter,
    needed: workload.needed,
    effect: kindOf(workload, upAtOnce, upAfter),
    ...(outage === undefined ? {} : { outageSecondsAtLeast: outage }),
  };
}

/** Pods that ran before the failure; those pending already are not among them. */
function runningPods(cluster: ReplayCluster, id: string): number {
  const { wanted } = cluster.workloads.get(id) ?? { wanted: 1 };
  if (cluster.pending.length === 0) return wanted;
  return wanted - cluster.pending.filter((pod) => workloadOf(cluster, pod).id === id).length;
}

function kindOf({ needed }: ReplayWorkload, upAtOnce: number, upAfter: number): WorkloadEffect["effect"] {
  if (upAfter <= 0) return "down";
  if (needed === 0) return "moved";
  if (upAtOnce <= 0) return "interrupted";
  return upAfter < needed || upAtOnce < needed ? "belowNeed" : "moved";
}

/** 0 while some pod runs on; undefined when only what was lost brings one back. */
function outageSeconds(
  workload: ReplayWorkload,
  upAtOnce: number,
  upAfter: number,
  groups: readonly PendingGroup[],
): number | undefined {
  if (upAtOnce > 0) return 0;
  if (upAfter > 0) return secondsToReplace(workload);
  const helped = groups.flatMap(({ workload: id, secondsAtLeast }) =>
    id === workload.id ? (secondsAtLeast ?? []) : [],
  );
  return helped.length === 0 ? undefined : Math.min(...helped);
}
