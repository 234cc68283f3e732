/** What became of demand in a stretch of time, in units of demand (requests, messages). */
export interface Service {
  readonly arrived: number;
  readonly served: number;
  /** Part of `served` that had to wait first. */
  readonly servedLate: number;
  /** Given up: it waited longer than it can. */
  readonly lost: number;
}

interface Cohort {
  readonly deadlineSeconds: number;
  amount: number;
}

/**
 * Demand in front of replicas, first come first served, as a fluid: what exceeds capacity waits, and is lost when it has
 * waited for `patienceSeconds`. Arrived = served + lost + waiting, whatever happens.
 */
export class WaitingLine {
  private readonly patienceSeconds: number;
  private readonly cohorts: Cohort[] = [];
  private first = 0;
  private total = 0;

  constructor(patienceSeconds: number) {
    this.patienceSeconds = patienceSeconds;
  }

  /** Units of demand that wait. */
  get waiting(): number {
    return this.total;
  }

  /** Lets time pass with constant arrival and capacity, both in units a second. */
  advance(fromSeconds: number, toSeconds: number, arrivalRate: number, capacityRate: number): Service {
    const duration = toSeconds - fromSeconds;
    const arrived = arrivalRate * duration;
    if (this.total === 0 && arrivalRate <= capacityRate) return { arrived, served: arrived, servedLate: 0, lost: 0 };
    const old = this.serveWaiting(fromSeconds, toSeconds, capacityRate);
    const room = Math.max(0, capacityRate * duration - old.served);
    const atOnce = Math.min(arrived, room);
    const excess = arrived - atOnce;
    const lostAtOnce = excess > 0 ? this.queue(excess, arrivalRate, toSeconds) : 0;
    return { arrived, served: old.served + atOnce, servedLate: old.served, lost: old.lost + lostAtOnce };
  }

  /** Serves those who wait, the longest waiting first; nobody is served after his deadline. */
  private serveWaiting(fromSeconds: number, toSeconds: number, capacityRate: number) {
    let served = 0;
    let lost = 0;
    const budget = capacityRate * (toSeconds - fromSeconds);
    while (this.first < this.cohorts.length) {
      const cohort = this.cohorts[this.first];
      if (cohort === undefined) break;
      const until = Math.min(cohort.deadlineSeconds, toSeconds);
      const part = Math.min(
        cohort.amount,
        Math.max(0, Math.min(budget, capacityRate * (until - fromSeconds)) - served),
      );
      served += part;
      cohort.amount -= part;
      if (cohort.amount > 0) {
        if (cohort.deadlineSeconds > toSeconds) break;
        lost += cohort.amount;
      }
      this.first += 1;
    }
    this.total = Math.max(0, this.total - served - lost);
    this.compact();
    return { served, lost };
  }

  /** The last to arrive are those left over; who came longer ago than patience allows is lost already. */
  private queue(excess: number, arrivalRate: number, nowSeconds: number): number {
    const span = excess / arrivalRate;
    const lost = arrivalRate * Math.max(0, span - this.patienceSeconds);
    const amount = excess - lost;
    if (amount > 0) {
      const waitedSeconds = Math.min(span, this.patienceSeconds) / 2;
      this.cohorts.push({ deadlineSeconds: nowSeconds - waitedSeconds + this.patienceSeconds, amount });
      this.total += amount;
    }
    return lost;
  }

  private compact(): void {
    if (this.first === this.cohorts.length) {
      this.cohorts.length = 0;
      this.first = 0;
      this.total = 0;
    } else if (this.first > 1024) {
      this.cohorts.splice(0, this.first);
      this.first = 0;
    }
  }
}
