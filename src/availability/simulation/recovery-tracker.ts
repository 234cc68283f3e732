import { type EventClock, rank } from "../../scheduling/clock/event-clock.ts";
import { drawDuration } from "../../scheduling/clock/lognormal.ts";
import type { ReplicaGroup } from "../from-estate/replica-group.ts";
import type { WaitKind } from "./outage-record.ts";
import { elementOfRecovery, type LostElement, type Relocation, type Relocations } from "./relocation.ts";

/** Pods of one group that leave one failed node or zone. */
export interface RecoveryPlace {
  /** Id of the condition in the fault tree. */
  readonly id: string;
  readonly group: ReplicaGroup | undefined;
  readonly controlPlane: number | undefined;
  readonly expectedHours: number;
}

/** How far the recovery of one place has come. */
interface Progress {
  readonly place: RecoveryPlace;
  readonly element: LostElement | undefined;
  /** Counts up with every failure, so that what was planned for an earlier one does nothing. */
  round: number;
  state: "up" | "away" | "back";
  wait: WaitKind;
  relocation: Relocation | undefined;
}

export interface RecoveryOptions {
  readonly clock: EventClock;
  readonly relocations: Relocations;
  readonly isControlPlaneUp: (event: number) => boolean;
  /** For the time that new nodes take. */
  readonly draw: () => number;
  readonly newNode: { readonly medianSeconds: number; readonly p95Seconds: number };
  /** Called when pods are back. */
  readonly onBack: (place: string) => void;
}

/**
 * Follows pods from the loss of a node or zone until they serve elsewhere: released after the silence is noticed and their
 * toleration has run out, held while the control plane is down, started where there is room, after a new node where there
 * is none, and not at all where none can be added. Where they wait for room they are tried again when something of their
 * group comes back.
 */
export class RecoveryTracker {
  readonly #options: RecoveryOptions;
  readonly #places = new Map<string, Progress>();
  readonly #byGroup = new Map<string, Progress[]>();
  readonly #heldBy = new Map<number, (() => void)[]>();

  constructor(places: readonly RecoveryPlace[], options: RecoveryOptions) {
    this.#options = options;
    for (const place of places) {
      const element = elementOfRecovery(place.id);
      const progress: Progress = {
        place,
        element,
        round: 0,
        state: "up",
        wait: "recovery",
        relocation: undefined,
      };
      this.#places.set(place.id, progress);
      const group = place.group?.id ?? place.id;
      this.#byGroup.set(group, [...(this.#byGroup.get(group) ?? []), progress]);
    }
  }

  /** The failed part is down and its pods are not back. */
  isAway(id: string): boolean {
    return this.#places.get(id)?.state === "away";
  }

  waitOf(id: string): WaitKind {
    return this.#places.get(id)?.wait ?? "recovery";
  }

  fail(id: string): void {
    const progress = this.#places.get(id);
    if (progress === undefined) return;
    progress.round += 1;
    progress.state = "away";
    progress.wait = "recovery";
    const { place } = progress;
    const relocation = this.#options.relocations.relocate(place.group, this.#lostOf(progress), place.expectedHours);
    progress.relocation = relocation;
    this.#after(progress, relocation.releasedSeconds, () => this.#release(progress));
  }

  repair(id: string): void {
    const progress = this.#places.get(id);
    if (progress === undefined) return;
    progress.round += 1;
    progress.state = "up";
    for (const other of this.#byGroup.get(progress.place.group?.id ?? id) ?? []) {
      if (other.state === "away" && other.wait === "room" && other.relocation?.room === "none") this.#release(other);
    }
  }

  /** Pods that the control plane's outage held back go on. */
  controlPlaneBack(event: number): void {
    const held = this.#heldBy.get(event) ?? [];
    this.#heldBy.delete(event);
    for (const goOn of held) goOn();
  }

  #release(progress: Progress): void {
    const { controlPlane, group, expectedHours } = progress.place;
    if (controlPlane !== undefined && !this.#options.isControlPlaneUp(controlPlane)) {
      this.#hold(progress, controlPlane);
      return;
    }
    const { relocations, newNode, draw } = this.#options;
    const relocation = relocations.relocate(group, this.#lostOf(progress), expectedHours);
    progress.relocation = relocation;
    progress.wait = relocation.room === "free" ? "recovery" : "room";
    if (relocation.room === "none") return;
    const node = relocation.room === "newNode" ? drawDuration(newNode, draw) : 0;
    this.#after(progress, node + relocation.startSeconds, () => {
      progress.state = "back";
      this.#options.onBack(progress.place.id);
    });
  }

  #hold(progress: Progress, controlPlane: number): void {
    const { round } = progress;
    progress.wait = "controlPlane";
    const goOn = () => {
      if (progress.round === round && progress.state === "away") this.#release(progress);
    };
    const held = this.#heldBy.get(controlPlane);
    if (held === undefined) this.#heldBy.set(controlPlane, [goOn]);
    else held.push(goOn);
  }

  #lostOf(last: Progress): readonly LostElement[] {
    const others = (this.#byGroup.get(last.place.group?.id ?? "") ?? []).filter(
      (other) => other !== last && other.state !== "up",
    );
    return [...others, last].flatMap(({ element }) => element ?? []);
  }

  #after(progress: Progress, seconds: number, action: () => void): void {
    const { clock } = this.#options;
    const { round } = progress;
    clock.at(clock.now + Math.max(0, seconds), rank.readiness, () => {
      if (progress.round === round && progress.state === "away") action();
    });
  }
}
