import type { SeededRandom } from "./random.ts";

/**
 * The log of one writing region for one physical partition, and when each region's replicas apply its entries.
 *
 * A region keeps four replicas. A write is acknowledged by three of them (Consistency level choices, 2025-08-28: local
 * majority, three in a four replica set), so replicas 0 to 2 stand for the majority and replica 3 for the one that
 * trails. Replicas apply a log in its order.
 */
export const replicasPerRegion = 4;
const trailingReplica = 3;

export interface LogEntry {
  readonly lsn: number;
  /** True time, milliseconds; clocks of regions may be skewed, replication delays are not. */
  readonly committedAt: number;
  readonly touched: readonly ItemKey[];
}

export interface ItemKey {
  readonly partitionKey: string;
  readonly id: string;
}

export interface ReplicationDelays {
  /** From region to region, milliseconds. */
  readonly between: (from: number, to: number, random: SeededRandom) => number;
  /** From a region's majority to its trailing replica, milliseconds. */
  readonly trailing: (random: SeededRandom) => number;
}

/** Times at which the entries of a log reach one kind of replica, and how many have. */
class Arrivals {
  readonly #times: number[] = [];
  #applied = 0;

  /** In order: never before the entry that precedes it. */
  add(time: number): number {
    const arrival = Math.max(time, this.#times.at(-1) ?? 0);
    this.#times.push(arrival);
    return arrival;
  }

  applied(now: number): number {
    while ((this.#times[this.#applied] ?? Number.POSITIVE_INFINITY) <= now) this.#applied += 1;
    return this.#applied;
  }

  at(index: number): number {
    return this.#times[index] ?? Number.POSITIVE_INFINITY;
  }

  /** Entries under way wait for the link to come back. */
  hold(now: number): void {
    this.#times.fill(Number.POSITIVE_INFINITY, this.applied(now));
  }

  /** Entries that waited arrive from `time` on. */
  release(time: number): void {
    const firstHeld = this.#times.indexOf(Number.POSITIVE_INFINITY);
    if (firstHeld >= 0) this.#times.fill(Math.max(time, this.#times[firstHeld - 1] ?? 0), firstHeld);
  }

  cut(length: number): void {
    this.#times.length = Math.min(this.#times.length, length);
    this.#applied = Math.min(this.#applied, length);
  }
}

export class OriginLog {
  /** Index of the region that writes this log. */
  home: number;
  readonly entries: LogEntry[] = [];
  readonly #delays: ReplicationDelays;
  readonly #random: SeededRandom;
  readonly #majority: readonly Arrivals[];
  readonly #trailing: readonly Arrivals[];

  constructor(home: number, regions: number, delays: ReplicationDelays, random: SeededRandom) {
    this.home = home;
    this.#delays = delays;
    this.#random = random;
    this.#majority = Array.from({ length: regions }, () => new Arrivals());
    this.#trailing = Array.from({ length: regions }, () => new Arrivals());
  }

  get head(): number {
    return this.entries.length;
  }

  applied(region: number, replica: number, now: number): number {
    const kind = replica === trailingReplica ? this.#trailing : this.#majority;
    return kind[region]?.applied(now) ?? 0;
  }

  arrival(region: number, lsn: number): number {
    return this.#majority[region]?.at(lsn - 1) ?? Number.POSITIVE_INFINITY;
  }

  /** `reach` tells for each region whether it gets the entry at once, after the replication delay, or only later. */
  append(touched: readonly ItemKey[], now: number, reach: (region: number) => Reach): number {
    const reaches = this.#majority.map((_, region) => reach(region));
    this.entries.push({ lsn: this.head + 1, committedAt: now, touched });
    for (const [region, majority] of this.#majority.entries()) {
      // Drawn for every region, so that a change of reach does not shift later draws.
      const delay = this.#delays.between(this.home, region, this.#random);
      const trailingDelay = this.#delays.trailing(this.#random);
      const time = { atOnce: now, delayed: now + delay, held: Number.POSITIVE_INFINITY }[reaches[region] ?? "held"];
      const arrival = majority.add(time);
      this.#trailing[region]?.add(arrival + trailingDelay);
    }
    return this.head;
  }

  hold(region: number, now: number): void {
    this.#majority[region]?.hold(now);
    this.#trailing[region]?.hold(now);
  }

  release(region: number, now: number): void {
    const time = now + this.#delays.between(this.home, region, this.#random);
    this.#majority[region]?.release(time);
    this.#trailing[region]?.release(time + this.#delays.trailing(this.#random));
  }

  /** A failover to a region that had applied `length` entries loses the rest everywhere. */
  cut(length: number): void {
    this.entries.length = length;
    for (const arrivals of [...this.#majority, ...this.#trailing]) arrivals.cut(length);
  }
}

export type Reach = "atOnce" | "delayed" | "held";
