import { type EventClock, rank } from "../../scheduling/clock/event-clock.ts";
import type { EventBook } from "../from-estate/event-book.ts";
import type { GuardedFailure, JourneyStructure } from "./journey-structure.ts";
import { OutageRecord, type WaitKind } from "./outage-record.ts";
import type { RecoveryTracker } from "./recovery-tracker.ts";
import { StructureFunction } from "./structure-function.ts";

const waitOrder: readonly WaitKind[] = ["room", "controlPlane", "switch", "recovery"];

interface FailureState {
  isDown: boolean;
  /** Counts outages, so that a timer of an earlier one does nothing. */
  round: number;
  /** Longer than the buffer, by guard. */
  readonly guards: readonly { readonly guard: GuardedFailure; isBeyondBuffer: boolean }[];
}

/**
 * One journey while failures come and go: its tree with the conditions decided by the clock, the same tree without them
 * (what fails in full whatever recovers), and the switch to another region.
 */
export class JourneyRun {
  readonly record = new OutageRecord();
  readonly structure: JourneyStructure;
  readonly #book: EventBook;
  readonly #clock: EventClock;
  readonly #recoveries: RecoveryTracker;
  readonly #switchFails: () => boolean;
  readonly #live: StructureFunction;
  readonly #hard: StructureFunction;
  readonly #states = new Map<number, FailureState>();
  readonly #byRecovery = new Map<string, number[]>();
  readonly #active = new Set<GuardedFailure>();
  #isCalledFor = false;
  #calls = 0;
  #isBeforeSwitch = false;

  constructor(
    book: EventBook,
    structure: JourneyStructure,
    given: { readonly clock: EventClock; readonly recoveries: RecoveryTracker; readonly switchFails: () => boolean },
  ) {
    this.structure = structure;
    this.#book = book;
    this.#clock = given.clock;
    this.#recoveries = given.recoveries;
    this.#switchFails = given.switchFails;
    const gates = new Set(structure.guards.map(({ gate }) => gate));
    const demand = structure.regionSwitch?.demand;
    const roots = demand === undefined ? [structure.top] : [structure.top, demand];
    this.#live = new StructureFunction(book.tree, roots, (node) => gates.has(node));
    this.#hard = new StructureFunction(book.tree, [structure.top], (node) => gates.has(node));
    const guarded = Map.groupBy(structure.guards, ({ failure }) => failure);
    for (const failure of structure.failures) {
      const guards = (guarded.get(failure) ?? []).map((guard) => ({ guard, isBeyondBuffer: false }));
      this.#states.set(failure, { isDown: false, round: 0, guards });
      for (const { guard } of guards) {
        const id = guard.recovery?.id;
        if (id !== undefined) this.#byRecovery.set(id, [...(this.#byRecovery.get(id) ?? []), failure]);
      }
    }
  }

  /** A failure begins or ends. */
  turn(failure: number, isDown: boolean): void {
    const state = this.#states.get(failure);
    if (state === undefined) return;
    this.#advance();
    state.isDown = isDown;
    state.round += 1;
    if (!this.structure.conditions.has(failure)) {
      const node = this.#book.tree.eventNode(failure);
      this.#live.set(node, isDown);
      this.#hard.set(node, isDown);
    }
    for (const each of state.guards) {
      each.isBeyondBuffer = isDown && each.guard.bufferHours === 0;
      if (isDown && each.guard.bufferHours > 0) this.#waitForBuffer(failure, state, each);
    }
    this.#settle(failure, state);
  }

  /** Pods that left a failed part serve again. */
  recovered(recovery: string): void {
    const failures = this.#byRecovery.get(recovery);
    if (failures === undefined) return;
    this.#advance();
    for (const failure of failures) {
      const state = this.#states.get(failure);
      if (state !== undefined) this.#settle(failure, state);
    }
  }

  advance(): void {
    this.#advance();
  }

  #waitForBuffer(failure: number, state: FailureState, each: FailureState["guards"][number]): void {
    const { round } = state;
    this.#clock.at(this.#clock.now + each.guard.bufferHours * 3600, rank.infrastructure, () => {
      if (state.round !== round || !state.isDown) return;
      this.#advance();
      each.isBeyondBuffer = true;
      this.#settle(failure, state);
    });
  }

  #settle(cause: number, state: FailureState): void {
    for (const each of state.guards) this.#setGuard(state, each);
    this.#watchDemand(cause);
    this.record.change(this.#live.holds(this.structure.top), this.#hard.holds(this.structure.top), cause);
  }

  #setGuard({ isDown }: FailureState, { guard, isBeyondBuffer }: FailureState["guards"][number]): void {
    const isAway = guard.recovery === undefined || this.#recoveries.isAway(guard.recovery.id);
    const inTime = !guard.untilSwitch || this.#isBeforeSwitch || this.structure.regionSwitch === undefined;
    const counts = isDown && isBeyondBuffer && isAway && inTime;
    if (counts) this.#active.add(guard);
    else this.#active.delete(guard);
    this.#live.set(guard.gate, counts);
  }

  /** The switch begins when the active region goes down; whether it works is drawn then. */
  #watchDemand(cause: number): void {
    const { regionSwitch } = this.structure;
    if (regionSwitch === undefined || this.#live.holds(regionSwitch.demand) === this.#isCalledFor) return;
    this.#isCalledFor = !this.#isCalledFor;
    this.#calls += 1;
    this.#isBeforeSwitch = this.#isCalledFor;
    if (this.#isCalledFor) {
      const call = this.#calls;
      const fails = this.#switchFails();
      const node = this.#book.tree.eventNode(regionSwitch.event);
      this.#live.set(node, fails);
      this.#hard.set(node, fails);
      this.#clock.at(this.#clock.now + regionSwitch.hours * 3600, rank.infrastructure, () => {
        if (this.#calls !== call) return;
        this.#advance();
        this.#isBeforeSwitch = false;
        this.#setSwitchGuards();
        this.record.change(this.#live.holds(this.structure.top), this.#hard.holds(this.structure.top), cause);
      });
    }
    this.#setSwitchGuards();
  }

  #setSwitchGuards(): void {
    for (const state of this.#states.values()) {
      for (const each of state.guards) if (each.guard.untilSwitch) this.#setGuard(state, each);
    }
  }

  #advance(): void {
    this.record.advance(this.#clock.now / 3600, () => this.#waitKind());
  }

  /** The gravest of what is waited for. */
  #waitKind(): WaitKind {
    if (this.#isBeforeSwitch) return "switch";
    const kinds = new Set<WaitKind>();
    for (const { recovery } of this.#active) {
      kinds.add(recovery === undefined ? "recovery" : this.#recoveries.waitOf(recovery.id));
    }
    return waitOrder.find((kind) => kinds.has(kind)) ?? "recovery";
  }
}
