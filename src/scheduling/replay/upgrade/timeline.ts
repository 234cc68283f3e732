import type { ClusterPod } from "../../kube-scheduler/model/cluster-pod.ts";

/** Something that happens later: a pod has stopped, or the successor of a pod is ready. */
export interface TimedEvent {
  readonly seconds: number;
  readonly kind: "stopped" | "ready";
  readonly pod: ClusterPod;
  /** Events of an earlier life of the pod count no more. */
  readonly life: number;
}

/** Events in the order of their time; at the same time in the order in which they were noted. */
export class Timeline {
  private readonly events: TimedEvent[] = [];

  get nextSeconds(): number | undefined {
    return this.events[0]?.seconds;
  }

  note(event: TimedEvent): void {
    let index = this.events.length;
    while (index > 0 && (this.events[index - 1]?.seconds ?? 0) > event.seconds) index -= 1;
    this.events.splice(index, 0, event);
  }

  /** Takes out everything that has happened by then. */
  takeUntil(seconds: number): readonly TimedEvent[] {
    const first = this.events.findIndex((event) => event.seconds > seconds);
    return this.events.splice(0, first === -1 ? this.events.length : first);
  }
}
