/**
 * What happens first when several things fall on the same second: demand changes, then metrics are published, replica
 * autoscalers decide, pods are made, the scheduler places them, node autoscalers look at what is pending, nodes come and
 * go, and pods become ready.
 */
export const rank = {
  demand: 0,
  metric: 1,
  replicaAutoscaler: 2,
  nodeAutoscaler: 3,
  infrastructure: 4,
  readiness: 5,
} as const;

export type Rank = (typeof rank)[keyof typeof rank];

interface ClockEvent {
  readonly seconds: number;
  readonly rank: Rank;
  readonly sequence: number;
  readonly action: () => void;
}

/** How a run of the clock ended. */
export interface ClockRun {
  readonly events: number;
  /** Where it ended: the end asked for, or where the bound on events was met. */
  readonly endSeconds: number;
  readonly isComplete: boolean;
}

export interface ClockRunOptions {
  readonly endSeconds: number;
  readonly mostEvents: number;
  /** Called for every stretch of time in which nothing changes, before what ends it. */
  readonly onElapsed: (fromSeconds: number, toSeconds: number) => void;
  /** Checked now and then; aborting throws the signal's reason. */
  readonly signal?: AbortSignal;
}

const checkEvery = 4096;

/** Simulated time: events in the order of time, rank and arrival. Nothing reads wall time. */
export class EventClock {
  private readonly heap: ClockEvent[] = [];
  private sequence = 0;
  private current = 0;

  /** Seconds since the simulation began. */
  get now(): number {
    return this.current;
  }

  /** Lets something happen at a time; what lies in the past happens now. */
  at(seconds: number, eventRank: Rank, action: () => void): void {
    this.sequence += 1;
    this.push({ seconds: Math.max(this.current, seconds), rank: eventRank, sequence: this.sequence, action });
  }

  /** Something that looks around every `periodSeconds`, `phaseSeconds` after the beginning, for as long as it asks to. */
  ticker(periodSeconds: number, phaseSeconds: number, eventRank: Rank, tick: () => boolean): Ticker {
    return new Ticker(this, { periodSeconds, phaseSeconds, rank: eventRank }, tick);
  }

  run({ endSeconds, mostEvents, onElapsed, signal }: ClockRunOptions): ClockRun {
    let events = 0;
    for (let next = this.heap[0]; next !== undefined && next.seconds < endSeconds; next = this.heap[0]) {
      if (events >= mostEvents) return { events, endSeconds: this.current, isComplete: false };
      if (events % checkEvery === 0) signal?.throwIfAborted();
      this.pop();
      if (next.seconds > this.current) {
        onElapsed(this.current, next.seconds);
        this.current = next.seconds;
      }
      next.action();
      events += 1;
    }
    if (endSeconds > this.current) onElapsed(this.current, endSeconds);
    this.current = Math.max(this.current, endSeconds);
    return { events, endSeconds: this.current, isComplete: true };
  }

  private push(event: ClockEvent): void {
    const { heap } = this;
    let index = heap.length;
    heap.push(event);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || comesBefore(above, event)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = event;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      const leftEvent = heap[left];
      if (leftEvent === undefined) break;
      const rightEvent = heap[right];
      const useRight = rightEvent !== undefined && comesBefore(rightEvent, leftEvent);
      const child = useRight ? rightEvent : leftEvent;
      if (comesBefore(last, child)) break;
      heap[index] = child;
      index = useRight ? right : left;
    }
    heap[index] = last;
  }
}

/** A controller's loop. It sleeps when its tick says that nothing is to be done, and keeps its phase when woken. */
export class Ticker {
  private readonly clock: EventClock;
  private readonly timing: { readonly periodSeconds: number; readonly phaseSeconds: number; readonly rank: Rank };
  private readonly tick: () => boolean;
  private isAwake = false;

  constructor(clock: EventClock, timing: Ticker["timing"], tick: () => boolean) {
    this.clock = clock;
    this.timing = timing;
    this.tick = tick;
  }

  /** Ticks at the next multiple of the period, this very second included. */
  wake(): void {
    if (this.isAwake) return;
    this.isAwake = true;
    const { periodSeconds, phaseSeconds } = this.timing;
    const periods = Math.max(0, Math.ceil((this.clock.now - phaseSeconds) / periodSeconds));
    this.schedule(phaseSeconds + periods * periodSeconds);
  }

  private schedule(seconds: number): void {
    this.clock.at(seconds, this.timing.rank, () => {
      this.isAwake = false;
      if (!this.tick() || this.isAwake) return;
      this.isAwake = true;
      this.schedule(seconds + this.timing.periodSeconds);
    });
  }
}

function comesBefore(left: ClockEvent, right: ClockEvent): boolean {
  if (left.seconds !== right.seconds) return left.seconds < right.seconds;
  return left.rank !== right.rank ? left.rank < right.rank : left.sequence < right.sequence;
}
