import { EventClock, rank } from "../../scheduling/clock/event-clock.ts";
import type { EventBook } from "../from-estate/event-book.ts";
import type { ReplicaGroup } from "../from-estate/replica-group.ts";
import { JourneyRun } from "./journey-run.ts";
import type { JourneyStructure } from "./journey-structure.ts";
import type { OutageRecord } from "./outage-record.ts";
import { randomStream } from "./random-stream.ts";
import { type RecoveryPlace, RecoveryTracker } from "./recovery-tracker.ts";
import type { Relocations } from "./relocation.ts";
import { RenewalProcess, type RepairShape } from "./renewal.ts";

/** Hours of an average year, 365.25 days. */
export const HOURS_PER_YEAR = 8_766;
const SECONDS_PER_YEAR = HOURS_PER_YEAR * 3_600;

export interface FailureSimulationOptions {
  readonly seed: number;
  /** Years that are recorded; one more is simulated before, so that the estate need not be whole when they begin. */
  readonly years: number;
  readonly repair: RepairShape;
  readonly relocations: Relocations;
  readonly newNode: { readonly medianSeconds: number; readonly p95Seconds: number };
  /** Events of the clock that one run may have. */
  readonly mostEvents: number;
  /** Asked after every year; true ends the run. */
  readonly isEnough?: (years: number, records: readonly OutageRecord[]) => boolean;
  readonly onProgress?: (years: number) => void;
  /** Checked while years pass; aborting throws its reason. */
  readonly signal?: AbortSignal;
}

export interface FailureSimulation {
  /** One for each structure, in their order. */
  readonly records: readonly OutageRecord[];
  readonly years: number;
  readonly events: number;
  readonly stoppedBy: "years" | "precision" | "events";
}

/**
 * Lets the basic events of a book fail and be repaired for years, with all journeys beside one another, so that what they
 * share fails for all of them at once. Equal arguments give equal records.
 */
export function simulateFailures(
  book: EventBook,
  structures: readonly JourneyStructure[],
  groups: ReadonlyMap<string, ReplicaGroup>,
  options: FailureSimulationOptions,
): FailureSimulation {
  const estate = new SimulatedEstate(book, structures, groups, options);
  const { clock, runs } = estate;
  const records = runs.map(({ record }) => record);
  let events = 0;
  for (let year = 0; year <= options.years; year += 1) {
    const run = clock.run({
      endSeconds: (year + 1) * SECONDS_PER_YEAR,
      mostEvents: options.mostEvents - events,
      onElapsed: () => {},
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    events += run.events;
    options.signal?.throwIfAborted();
    if (!run.isComplete) return { records, years: Math.max(0, year - 1), events, stoppedBy: "events" };
    for (const each of runs) {
      each.advance();
      if (year === 0) each.record.forget();
      else each.record.closeYear();
    }
    if (year > 0) options.onProgress?.(year);
    if (year > 0 && options.isEnough?.(year, records) === true) {
      return { records, years: year, events, stoppedBy: "precision" };
    }
  }
  return { records, years: options.years, events, stoppedBy: "years" };
}

/** Everything that happens on one clock. */
class SimulatedEstate {
  readonly clock = new EventClock();
  readonly runs: readonly JourneyRun[];
  readonly #recoveries: RecoveryTracker;
  readonly #isDown: Uint8Array;
  readonly #runsOf = new Map<number, JourneyRun[]>();
  readonly #recoveriesOf: ReadonlyMap<number, readonly string[]>;

  constructor(
    book: EventBook,
    structures: readonly JourneyStructure[],
    groups: ReadonlyMap<string, ReplicaGroup>,
    options: FailureSimulationOptions,
  ) {
    this.#isDown = new Uint8Array(book.tree.eventCount);
    const places = recoveryPlaces(book, structures, groups);
    this.#recoveries = new RecoveryTracker([...places.values()].flat(), {
      clock: this.clock,
      relocations: options.relocations,
      isControlPlaneUp: (event) => this.#isDown[event] === 0,
      draw: randomStream(options.seed, "new nodes"),
      newNode: options.newNode,
      onBack: (place) => {
        for (const run of this.runs) run.recovered(place);
      },
    });
    this.#recoveriesOf = new Map([...places].map(([failure, at]) => [failure, at.map(({ id }) => id)]));
    this.runs = structures.map((structure) => {
      const event = structure.regionSwitch?.event;
      const chance = event === undefined ? 0 : (book.event(event)?.unavailability ?? 0);
      const draw = randomStream(options.seed, book.event(event ?? -1)?.id ?? "");
      return new JourneyRun(book, structure, {
        clock: this.clock,
        recoveries: this.#recoveries,
        switchFails: () => draw() < chance,
      });
    });
    for (const run of this.runs) {
      for (const failure of run.structure.failures) {
        const known = this.#runsOf.get(failure);
        if (known === undefined) this.#runsOf.set(failure, [run]);
        else known.push(run);
      }
    }
    for (const failure of [...this.#runsOf.keys()].sort((left, right) => left - right)) {
      this.#start(book, failure, options);
    }
  }

  #start(book: EventBook, failure: number, { seed, repair }: FailureSimulationOptions): void {
    const event = book.event(failure);
    if (event === undefined || event.unavailability <= 0) return;
    if (event.unavailability >= 1) {
      this.clock.at(0, rank.infrastructure, () => this.#turn(failure, true));
      return;
    }
    const process = new RenewalProcess(event, seed, repair);
    const { clock } = this;
    const fail = () => {
      this.#turn(failure, true);
      clock.at(clock.now + process.nextDownHours() * 3600, rank.infrastructure, mend);
    };
    const mend = () => {
      this.#turn(failure, false);
      clock.at(clock.now + process.nextUpHours() * 3600, rank.infrastructure, fail);
    };
    clock.at(process.nextUpHours() * 3600, rank.infrastructure, fail);
  }

  #turn(failure: number, isDown: boolean): void {
    this.#isDown[failure] = isDown ? 1 : 0;
    for (const id of this.#recoveriesOf.get(failure) ?? []) {
      if (isDown) this.#recoveries.fail(id);
      else this.#recoveries.repair(id);
    }
    for (const run of this.#runsOf.get(failure) ?? []) run.turn(failure, isDown);
    if (!isDown) this.#recoveries.controlPlaneBack(failure);
  }
}

/** Who comes back from where, by index of the failure. */
function recoveryPlaces(
  book: EventBook,
  structures: readonly JourneyStructure[],
  groups: ReadonlyMap<string, ReplicaGroup>,
): ReadonlyMap<number, readonly RecoveryPlace[]> {
  const controlPlanes = new Map(
    structures.flatMap((each) => each.controlPlanes.map((event) => [book.event(event)?.id ?? "", event] as const)),
  );
  const found = new Map<number, Map<string, RecoveryPlace>>();
  for (const { guards } of structures) {
    for (const { failure, recovery } of guards) {
      if (recovery === undefined) continue;
      const places = found.get(failure) ?? new Map<string, RecoveryPlace>();
      found.set(failure, places);
      const group = groups.get(recovery.group ?? "");
      places.set(recovery.id, {
        id: recovery.id,
        group,
        controlPlane: controlPlanes.get(`controlPlane/${group?.cluster}`),
        expectedHours: recovery.lastsHours ?? 0,
      });
    }
  }
  return new Map([...found].map(([failure, places]) => [failure, [...places.values()]]));
}
