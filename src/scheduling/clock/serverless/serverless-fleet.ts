import { type EventClock, rank } from "../event-clock.ts";
import { drawDuration, type VaryingDuration } from "../lognormal.ts";
import type { Fleet } from "../pod-fleet.ts";

/** Instances of a serverless platform: they need no node, only their start. */
export class ServerlessFleet implements Fleet {
  readonly pending = 0;
  started = 0;
  private readonly options: {
    readonly clock: EventClock;
    readonly start: VaryingDuration;
    readonly random: () => number;
  };
  /** Instances in the order in which they were made. */
  private readonly instances: { isReady: boolean }[] = [];
  private readyCount = 0;

  constructor(options: ServerlessFleet["options"]) {
    this.options = options;
  }

  get replicas(): number {
    return this.instances.length;
  }

  get ready(): number {
    return this.readyCount;
  }

  get starting(): number {
    return this.instances.length - this.readyCount;
  }

  scaleTo(replicas: number): void {
    while (this.instances.length < replicas) this.start();
    while (this.instances.length > replicas) {
      // Instances that are not ready go first, then the youngest.
      const starting = this.instances.findLastIndex(({ isReady }) => !isReady);
      const [gone] = this.instances.splice(starting < 0 ? this.instances.length - 1 : starting, 1);
      if (gone?.isReady === true) this.readyCount -= 1;
    }
  }

  private start(): void {
    const { clock, start, random } = this.options;
    const instance = { isReady: false };
    this.instances.push(instance);
    clock.at(clock.now + drawDuration(start, random), rank.readiness, () => {
      if (!this.instances.includes(instance)) return;
      instance.isReady = true;
      this.readyCount += 1;
      this.started += 1;
    });
  }
}
