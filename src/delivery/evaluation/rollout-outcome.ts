import { type Ending, endings } from "./rollout-machine.ts";

/** What a policy does to one version. */
export interface RolloutOutcome {
  /** `exact`: Markov chain, no approximation; `simulated`: windows of measurements overlap, or the chain is too large. */
  readonly method: "exact" | "simulated";
  readonly promoted: number;
  readonly rolledBack: number;
  readonly paused: number;
  readonly unfinished: number;
  /** Means over all rollouts. */
  readonly minutes: number;
  readonly exposedRequests: number;
  readonly failedRequests: number;
  /** Mean percentage of the users that the new version answers when it is decided over: with sticky routing, those it reached. */
  readonly weightAtEnd: number;
  /** Means over those that are rolled back; absent where none is. */
  readonly minutesUntilRollback?: number;
  readonly exposedUntilRollback?: number;
  /** Mean over those that are promoted; absent where none is. */
  readonly minutesUntilPromoted?: number;
  /** Chance to have ended by then, by kind of ending, in the order of time. */
  readonly minutesDistribution: readonly EndingShare[];
  /** Runs of the simulation; absent when exact. */
  readonly runs?: number;
}

interface EndingShare {
  readonly ending: Ending;
  readonly minutes: number;
  readonly probability: number;
}

interface Sum {
  probability: number;
  seconds: number;
  requests: number;
  weight: number;
}

/** How a rollout was when it ended. */
interface RolloutEnd {
  readonly seconds: number;
  /** Mean requests of users to the new version until then. */
  readonly requests: number;
  /** Percentage of the users that it answered last. */
  readonly weight: number;
}

/** Adds up endings of rollouts, each with its weight. */
export class OutcomeSum {
  readonly #sums = new Map<Ending, Sum>();
  readonly #ends = new Map<string, { ending: Ending; seconds: number; probability: number }>();

  add(ending: Ending, probability: number, { seconds, requests, weight }: RolloutEnd): void {
    const sum = this.#sums.get(ending) ?? { probability: 0, seconds: 0, requests: 0, weight: 0 };
    sum.probability += probability;
    sum.seconds += probability * seconds;
    sum.requests += probability * requests;
    sum.weight += probability * weight;
    this.#sums.set(ending, sum);
    const key = `${ending} ${seconds}`;
    const end = this.#ends.get(key) ?? { ending, seconds, probability: 0 };
    end.probability += probability;
    this.#ends.set(key, end);
  }

  /** @param errorRate chance that an exposed request fails */
  outcome(method: RolloutOutcome["method"], errorRate: number, runs?: number): RolloutOutcome {
    const rolledBack = this.#sums.get("rolledBack");
    const promoted = this.#sums.get("promoted");
    const total = [...this.#sums.values()];
    const requests = total.reduce((sum, each) => sum + each.requests, 0);
    return {
      method,
      promoted: shareOf(promoted),
      rolledBack: shareOf(rolledBack),
      paused: shareOf(this.#sums.get("paused")),
      unfinished: shareOf(this.#sums.get("unfinished")),
      minutes: total.reduce((sum, each) => sum + each.seconds, 0) / 60,
      exposedRequests: requests,
      failedRequests: requests * errorRate,
      weightAtEnd: total.reduce((sum, each) => sum + each.weight, 0),
      ...(rolledBack === undefined || rolledBack.probability === 0
        ? {}
        : {
            minutesUntilRollback: rolledBack.seconds / rolledBack.probability / 60,
            exposedUntilRollback: rolledBack.requests / rolledBack.probability,
          }),
      ...(promoted === undefined || promoted.probability === 0
        ? {}
        : { minutesUntilPromoted: promoted.seconds / promoted.probability / 60 }),
      minutesDistribution: [...this.#ends.values()]
        .sort(
          (left, right) => left.seconds - right.seconds || endings.indexOf(left.ending) - endings.indexOf(right.ending),
        )
        .map(({ ending, seconds, probability }) => ({
          ending,
          minutes: seconds / 60,
          probability: Math.min(1, probability),
        })),
      ...(runs === undefined ? {} : { runs }),
    };
  }
}

/** Sums of doubles may pass 1 by their last digit. */
function shareOf(sum: Sum | undefined): number {
  return Math.min(1, sum?.probability ?? 0);
}
