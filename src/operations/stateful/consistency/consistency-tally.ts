import { findViolations, type ViolationKind } from "../../../stateful/simulation/checking/violations.ts";
import { TraceHash } from "../../../stateful/simulation/kernel/trace-hash.ts";
import type { StoreState } from "../../../stateful/simulation/replication/store-state.ts";
import type { RunPlan } from "../../../stateful/simulation/scenario/run-plan.ts";

/** What is counted over all runs. */
export class ConsistencyTally {
  runs = 0;
  events = 0;
  readonly hash = new TraceHash();
  readonly reads: number[] = [];
  readonly changes: number[] = [];
  readonly broken = new Map<ViolationKind, number[]>();
  readonly firstBroken = new Map<ViolationKind, RunPlan>();
  readonly readLatencies: number[] = [];
  readonly writeLatencies: number[] = [];
  readonly staleAges: number[] = [];
  readonly outcomes = { done: 0, unknown: 0, refused: 0, declined: 0 };

  add(state: StoreState, plan: RunPlan): void {
    const run = this.runs++;
    this.events += state.hash.events;
    const digest = state.hash.digest();
    this.hash.add(run, Number.parseInt(digest.slice(0, 8), 16) | 0, Number.parseInt(digest.slice(8), 16) | 0, 0, 0, 0);
    this.#addRequests(state);
    for (const how of state.outcome) {
      if (how === 1) this.outcomes.done++;
      else if (how === 2) this.outcomes.unknown++;
      else if (how === 3) this.outcomes.refused++;
      else if (how === 4) this.outcomes.declined++;
    }
    for (const { kind, amount, request } of findViolations(state)) {
      const counts = this.broken.get(kind) ?? [];
      counts[run] = (counts[run] ?? 0) + amount;
      this.broken.set(kind, counts);
      if (!this.firstBroken.has(kind)) this.firstBroken.set(kind, plan);
      const { call, floorAt } = state.requests;
      if (kind === "staleRead") this.staleAges.push(((call[request] as number) - (floorAt[request] as number)) / 1000);
    }
  }

  #addRequests({ requests }: StoreState): void {
    let reads = 0;
    let changes = 0;
    for (let request = 0; request < requests.length; request++) {
      if (requests.status[request] !== 1) continue;
      const milliseconds = ((requests.end[request] as number) - (requests.call[request] as number)) / 1000;
      if (requests.isWrite[request] === 1) changes++;
      else reads++;
      (requests.isWrite[request] === 1 ? this.writeLatencies : this.readLatencies).push(milliseconds);
    }
    this.reads.push(reads);
    this.changes.push(changes);
  }
}
