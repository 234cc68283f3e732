import { type JointOutcome, jointOutcomes, type Measurement, type VersionBehaviour } from "../judging/measurement.ts";
import type { RolloutMachine } from "./rollout-machine.ts";
import { OutcomeSum, type RolloutOutcome } from "./rollout-outcome.ts";

export interface ExactOptions {
  readonly requestsPerSecond: number;
  readonly behaviour: VersionBehaviour;
  /** Seconds of a rollout after which it counts as unfinished. */
  readonly horizonSeconds?: number;
  /** States visited at most. */
  readonly mostStates?: number;
}

/** Probability of being in a state at a time, with what was exposed on the way there. */
interface Mass<State> {
  readonly state: State;
  probability: number;
  /** Probability times mean requests so far. */
  requests: number;
}

const weekSeconds = 604_800;

/**
 * Sweeps the Markov chain of a rollout in the order of time: from each state its probability flows on to the next ones.
 * Exact when measurements look at different requests. Undefined beyond the limit of states.
 */
export function evaluateExactly<State extends object>(
  machine: RolloutMachine<State>,
  { requestsPerSecond, behaviour, horizonSeconds = weekSeconds, mostStates = 50_000 }: ExactOptions,
): RolloutOutcome | undefined {
  const sum = new OutcomeSum();
  const joint = createJointCache(behaviour);
  const pending = new Agenda<State>();
  pending.add(0, machine.keyOf(machine.start), machine.start, 1, 0);
  for (let visited = 0; ; visited += 1) {
    const next = pending.next();
    if (next === undefined) break;
    if (visited >= mostStates) return undefined;
    const { milliseconds, mass } = next;
    const stay = machine.stay(mass.state);
    const until = milliseconds + Math.round(stay.seconds * 1000);
    const exposed = (mass.probability * (stay.seconds * requestsPerSecond * stay.weight)) / 100;
    const requests = mass.requests + exposed;
    if (until > horizonSeconds * 1000) {
      const before = mass.requests / mass.probability;
      sum.add("unfinished", mass.probability, { seconds: milliseconds / 1000, requests: before, weight: stay.weight });
      continue;
    }
    const end = { seconds: until / 1000, requests: requests / mass.probability, weight: stay.weight };
    for (const { outcomes, probability } of joint(stay.measurements)) {
      const share = mass.probability * probability;
      if (share === 0) continue;
      const arrived = stay.arrive(outcomes);
      if (typeof arrived === "string") sum.add(arrived, share, end);
      else pending.add(until, machine.keyOf(arrived), arrived, share, requests * probability);
    }
  }
  return sum.outcome("exact", behaviour.errorRate);
}

/** Joint outcomes are the same wherever the same metrics see as many requests. */
function createJointCache(
  behaviour: VersionBehaviour,
): (measurements: readonly Measurement[]) => readonly JointOutcome[] {
  const known = new Map<string, readonly JointOutcome[]>();
  return (measurements) => {
    const key = measurements.map(({ metric, requests }) => `${metric.id} ${requests}`).join(",");
    const before = known.get(key);
    if (before !== undefined) return before;
    const joint = jointOutcomes(measurements, behaviour);
    known.set(key, joint);
    return joint;
  };
}

/** Masses by time, then by state; the earliest first. */
class Agenda<State> {
  readonly #times: number[] = [];
  readonly #at = new Map<number, Map<string, Mass<State>>>();

  add(milliseconds: number, key: string, state: State, probability: number, requests: number): void {
    let masses = this.#at.get(milliseconds);
    if (masses === undefined) {
      masses = new Map();
      this.#at.set(milliseconds, masses);
      insertSorted(this.#times, milliseconds);
    }
    const mass = masses.get(key);
    if (mass === undefined) masses.set(key, { state, probability, requests });
    else {
      mass.probability += probability;
      mass.requests += requests;
    }
  }

  next(): { readonly milliseconds: number; readonly mass: Mass<State> } | undefined {
    const milliseconds = this.#times[0];
    const masses = milliseconds === undefined ? undefined : this.#at.get(milliseconds);
    const first = masses?.entries().next().value;
    if (milliseconds === undefined || masses === undefined || first === undefined) return undefined;
    masses.delete(first[0]);
    if (masses.size === 0) {
      this.#at.delete(milliseconds);
      this.#times.shift();
    }
    return { milliseconds, mass: first[1] };
  }
}

function insertSorted(list: number[], value: number): void {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  list.splice(low, 0, value);
}
