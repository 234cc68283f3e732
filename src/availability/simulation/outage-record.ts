/** What began outages, by index of basic event. */
export interface CauseTally {
  outages: number;
  hours: number;
}

/** Why a journey is down that a structure of hard failures alone would leave up. */
export type WaitKind = "recovery" | "room" | "controlPlane" | "switch";

/** What one journey went through, year by year. Times are hours since the simulation began. */
export class OutageRecord {
  /** Hours down in each year. */
  readonly hoursByYear: number[] = [];
  /** The same by hard failures alone. */
  readonly hardHoursByYear: number[] = [];
  /** Lengths of the outages that are over, in hours. */
  readonly lengths: number[] = [];
  readonly causes = new Map<number, CauseTally>();
  readonly waitHours: Record<WaitKind, number> = { recovery: 0, room: 0, controlPlane: 0, switch: 0 };
  #isDown = false;
  #isHardDown = false;
  #since = 0;
  #beganAt = 0;
  #cause = -1;
  #yearHours = 0;
  #yearHardHours = 0;

  /** Counts the time up to now as what it has been, waiting as `wait` says where that is what keeps it down. */
  advance(now: number, wait: () => WaitKind): void {
    const hours = now - this.#since;
    this.#since = now;
    if (hours <= 0 || !this.#isDown) return;
    this.#yearHours += hours;
    this.#tally(this.#cause).hours += hours;
    if (this.#isHardDown) this.#yearHardHours += hours;
    else this.waitHours[wait()] += hours;
  }

  /** After `advance`: what it is from now on. `cause`: the event that changed. */
  change(isDown: boolean, isHardDown: boolean, cause: number): void {
    this.#isHardDown = isHardDown;
    if (isDown === this.#isDown) return;
    this.#isDown = isDown;
    if (isDown) {
      this.#beganAt = this.#since;
      this.#cause = cause;
      this.#tally(cause).outages += 1;
    } else {
      this.lengths.push(this.#since - this.#beganAt);
    }
  }

  /** After `advance` to the end of a year. */
  closeYear(): void {
    this.hoursByYear.push(this.#yearHours);
    this.hardHoursByYear.push(this.#yearHardHours);
    this.#yearHours = 0;
    this.#yearHardHours = 0;
  }

  /** Forgets what has been recorded; the state stays. */
  forget(): void {
    this.hoursByYear.length = 0;
    this.hardHoursByYear.length = 0;
    this.lengths.length = 0;
    this.causes.clear();
    for (const kind of ["recovery", "room", "controlPlane", "switch"] as const) this.waitHours[kind] = 0;
    this.#yearHours = 0;
    this.#yearHardHours = 0;
    this.#beganAt = this.#since;
    if (this.#isDown) this.#tally(this.#cause).outages += 1;
  }

  #tally(cause: number): CauseTally {
    const known = this.causes.get(cause);
    if (known !== undefined) return known;
    const tally = { outages: 0, hours: 0 };
    this.causes.set(cause, tally);
    return tally;
  }
}
