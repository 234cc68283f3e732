import { WaitingLine } from "./waiting-line.ts";

/** Sums over a time, in units of demand and in seconds. */
export interface ServingTotals {
  readonly demand: number;
  readonly served: number;
  /** Part of `served` that had to wait. */
  readonly servedLate: number;
  readonly unserved: number;
  /** Seconds in which replicas were ready, summed over them. */
  readonly readySeconds: number;
}

/** Demand in front of one workload's replicas, with its sums. */
export class ServingMeter {
  arrivalRate = 0;
  private readonly perReplica: number;
  private readonly patienceSeconds: number;
  private line: WaitingLine;
  private demand = 0;
  private served = 0;
  private servedLate = 0;
  private unserved = 0;
  private readySeconds = 0;

  /** `perReplica`: units a second that one ready replica serves. */
  constructor(perReplica: number, patienceSeconds: number) {
    this.perReplica = perReplica;
    this.patienceSeconds = patienceSeconds;
    this.line = new WaitingLine(patienceSeconds);
  }

  /** Lets nobody wait any more, before counting begins. */
  forgetWaiting(): void {
    this.line = new WaitingLine(this.patienceSeconds);
  }

  advance(fromSeconds: number, toSeconds: number, readyReplicas: number): void {
    const service = this.line.advance(fromSeconds, toSeconds, this.arrivalRate, readyReplicas * this.perReplica);
    this.demand += service.arrived;
    this.served += service.served;
    this.servedLate += service.servedLate;
    this.unserved += service.lost;
    this.readySeconds += readyReplicas * (toSeconds - fromSeconds);
  }

  get waiting(): number {
    return this.line.waiting;
  }

  get totals(): ServingTotals {
    const { demand, served, servedLate, unserved, readySeconds } = this;
    return { demand, served, servedLate, unserved, readySeconds };
  }
}

/** What came to the sums between two moments. */
export function difference(later: ServingTotals, earlier: ServingTotals): ServingTotals {
  return {
    demand: later.demand - earlier.demand,
    served: later.served - earlier.served,
    servedLate: later.servedLate - earlier.servedLate,
    unserved: later.unserved - earlier.unserved,
    readySeconds: later.readySeconds - earlier.readySeconds,
  };
}
