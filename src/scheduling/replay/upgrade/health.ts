import type { ClusterPod } from "../../kube-scheduler/model/cluster-pod.ts";
import { type ReplayBudget, type ReplayCluster, type ReplayWorkload, workloadOf } from "../replay-cluster.ts";
import type { WorkloadOutage } from "./pool-upgrade.ts";

interface Spell {
  since: number | undefined;
  longest: number;
}

interface Record {
  readonly workload: ReplayWorkload;
  ready: number;
  /** Where it starts, so that what was short before is not laid to the upgrade. */
  readonly atStart: number;
  readonly withoutPod: Spell;
  readonly belowNeed: Spell;
}

/** Which pods are ready over time, by workload, and how long any of them went short. */
export class Health {
  private readonly cluster: ReplayCluster;
  private readonly ready = new Set<string>();
  private readonly records = new Map<string, Record>();

  constructor(cluster: ReplayCluster) {
    this.cluster = cluster;
    const placed = cluster.scheduler.cluster.pods();
    const counts = new Map<string, number>();
    for (const { pod } of placed) {
      const { id } = workloadOf(cluster, pod);
      counts.set(id, (counts.get(id) ?? 0) + 1);
      this.ready.add(pod.id);
    }
    for (const { pod } of placed) {
      const workload = workloadOf(cluster, pod);
      const atStart = counts.get(workload.id) ?? 0;
      if (!this.records.has(workload.id)) {
        const spell = () => ({ since: undefined, longest: 0 });
        this.records.set(workload.id, {
          workload,
          ready: atStart,
          atStart,
          withoutPod: spell(),
          belowNeed: spell(),
        });
      }
    }
  }

  lose(pod: ClusterPod, seconds: number): void {
    if (this.ready.delete(pod.id)) this.count(pod, -1, seconds);
  }

  gain(pod: ClusterPod, seconds: number): void {
    if (this.ready.has(pod.id)) return;
    this.ready.add(pod.id);
    this.count(pod, 1, seconds);
  }

  /** Pods of a budget that may go now; undefined when what it allows is not known. */
  disruptionsAllowed({ workloads, pods, allowed }: ReplayBudget): number | undefined {
    const ready = workloads.reduce((sum, id) => sum + (this.records.get(id)?.ready ?? 0), 0);
    return allowed === undefined ? undefined : allowed - (pods - ready);
  }

  /** The longest spells so far, worst first; those that are open end now. */
  outages(seconds: number): readonly WorkloadOutage[] {
    return [...this.records.values()]
      .map(({ workload, withoutPod, belowNeed }) => ({
        workload: workload.id,
        label: workload.label,
        withoutPodSeconds: lengthOf(withoutPod, seconds),
        belowNeedSeconds: lengthOf(belowNeed, seconds),
        isOpen: withoutPod.since !== undefined,
      }))
      .filter(({ withoutPodSeconds, belowNeedSeconds }) => withoutPodSeconds > 0 || belowNeedSeconds > 0)
      .toSorted(
        (left, right) =>
          Number(right.isOpen) - Number(left.isOpen) ||
          right.withoutPodSeconds - left.withoutPodSeconds ||
          right.belowNeedSeconds - left.belowNeedSeconds ||
          (left.workload < right.workload ? -1 : 1),
      );
  }

  private count(pod: ClusterPod, change: 1 | -1, seconds: number): void {
    const record = this.records.get(workloadOf(this.cluster, pod).id);
    if (record === undefined || record.workload.replacement === "perNode") return;
    record.ready += change;
    const { ready, atStart, workload } = record;
    follow(record.withoutPod, ready === 0, seconds);
    follow(record.belowNeed, ready < Math.min(workload.needed, atStart), seconds);
  }
}

function follow(spell: Spell, isShort: boolean, seconds: number): void {
  if (isShort) spell.since ??= seconds;
  else if (spell.since !== undefined) {
    spell.longest = Math.max(spell.longest, seconds - spell.since);
    spell.since = undefined;
  }
}

function lengthOf({ since, longest }: Spell, seconds: number): number {
  return since === undefined ? longest : Math.max(longest, seconds - since);
}
