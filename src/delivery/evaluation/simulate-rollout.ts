import { type SeededRandom, seededRandom } from "../../scheduling/packing/heuristics/seeded-random.ts";
import type { MetricOutcome } from "../judging/judged-metric.ts";
import {
  chanceOf,
  groupMeasurements,
  type Measurement,
  outcomeAt,
  signalOf,
  type VersionBehaviour,
} from "../judging/measurement.ts";
import { type OutcomeRegion, outcomeRegions } from "../judging/outcome-regions.ts";
import { RequestHistory } from "./request-history.ts";
import type { Ending, RolloutMachine } from "./rollout-machine.ts";
import { OutcomeSum, type RolloutOutcome } from "./rollout-outcome.ts";
import { sampleBinomial } from "./sample-binomial.ts";

export interface SimulationOptions {
  readonly requestsPerSecond: number;
  readonly behaviour: VersionBehaviour;
  readonly seed: number;
  readonly runs: number;
  /** True: a window looks back over requests that were measured before, so each request is drawn at its time. */
  readonly windowsOverlap: boolean;
  readonly horizonSeconds?: number;
  readonly signal?: AbortSignal;
}

const weekSeconds = 604_800;
/** Stays of one run at most: a policy without end is left there. */
const mostStays = 100_000;
/** Stays of all runs at most, for each run that is asked for: longer policies get fewer runs. */
const staysPerRun = 1000;

type Judge = (measurement: Measurement, bad: number) => MetricOutcome;

/** Plays a rollout again and again, request counts drawn from a seed; it leaves early, with what was played, when aborted. */
export function simulateRollout<State extends object>(
  machine: RolloutMachine<State>,
  options: SimulationOptions,
): RolloutOutcome {
  const random = seededRandom(options.seed);
  const judge = createJudge();
  const sum = new OutcomeSum();
  const played: Played[] = [];
  let stays = 0;
  while (played.length < options.runs && stays < options.runs * staysPerRun && options.signal?.aborted !== true) {
    const once = playOnce(machine, options, random, judge);
    stays += once.stays;
    played.push(once);
  }
  for (const { ending, stays: _, ...end } of played) sum.add(ending, 1 / played.length, end);
  return sum.outcome("simulated", options.behaviour.errorRate, played.length);
}

interface Played {
  readonly ending: Ending;
  readonly seconds: number;
  readonly requests: number;
  readonly weight: number;
  readonly stays: number;
}

function playOnce<State extends object>(
  machine: RolloutMachine<State>,
  { requestsPerSecond, behaviour, windowsOverlap, horizonSeconds = weekSeconds }: SimulationOptions,
  random: SeededRandom,
  judge: Judge,
): Played {
  const history = windowsOverlap ? new RequestHistory(behaviour, random) : undefined;
  let state = machine.start;
  let seconds = 0;
  let requests = 0;
  let weight = 0;
  let stays = 0;
  for (; stays < mostStays; stays += 1) {
    const stay = machine.stay(state);
    if (seconds + stay.seconds > horizonSeconds) break;
    seconds += stay.seconds;
    weight = stay.weight;
    requests += (stay.seconds * requestsPerSecond * stay.weight) / 100;
    history?.pass(stay.seconds, stay.judgedPerSecond);
    const outcomes =
      history === undefined
        ? drawOutcomes(stay.measurements, behaviour, random, judge)
        : stay.measurements.map((measurement) => {
            const seen = history.last(measurement.metric.windowSeconds);
            const bad = signalOf(measurement.metric) === "errors" ? seen.errors : seen.slow;
            return judge({ metric: measurement.metric, requests: seen.requests }, bad);
          });
    const arrived = stay.arrive(outcomes);
    if (typeof arrived === "string") return { ending: arrived, seconds, requests, weight, stays: stays + 1 };
    state = arrived;
  }
  return { ending: "unfinished", seconds, requests, weight, stays };
}

function drawOutcomes(
  measurements: readonly Measurement[],
  behaviour: VersionBehaviour,
  random: SeededRandom,
  judge: Judge,
): readonly MetricOutcome[] {
  const outcomes: MetricOutcome[] = [];
  for (const { signal, requests, members } of groupMeasurements(measurements)) {
    const bad = sampleBinomial(requests, chanceOf(signal, behaviour), random);
    for (const member of members) {
      const measurement = measurements[member];
      if (measurement !== undefined) outcomes[member] = judge(measurement, bad);
    }
  }
  return outcomes;
}

function createJudge(): Judge {
  const known = new Map<string, readonly OutcomeRegion[]>();
  return ({ metric, requests }, bad) => {
    const key = `${metric.id} ${requests}`;
    let regions = known.get(key);
    if (regions === undefined) {
      regions = outcomeRegions(metric, requests);
      known.set(key, regions);
    }
    return outcomeAt(regions, bad);
  };
}
