import type { MetricOutcome } from "../judging/judged-metric.ts";
import { signalOf, type VersionBehaviour } from "../judging/measurement.ts";
import type { RolloutPolicy } from "../policies/rollout-policy.ts";
import { argoMachine } from "./argo-machine.ts";
import { evaluateExactly } from "./evaluate-exactly.ts";
import { flaggerMachine } from "./flagger-machine.ts";
import { rollingMachine } from "./rolling-machine.ts";
import type { RolloutMachine } from "./rollout-machine.ts";
import type { RolloutOutcome } from "./rollout-outcome.ts";
import { simulateRollout } from "./simulate-rollout.ts";

export interface EvaluationOptions {
  readonly requestsPerSecond: number;
  readonly behaviour: VersionBehaviour;
  readonly seed: number;
  /** Runs of a simulation, where the chain does not give the answer. */
  readonly runs: number;
  readonly signal?: AbortSignal;
}

/** What a policy does to a version: exactly, or by simulation where windows overlap or the chain is too large. */
export function evaluatePolicy(policy: RolloutPolicy, options: EvaluationOptions): RolloutOutcome {
  const machine = machineOf(policy, options.requestsPerSecond);
  const overlap = windowsOverlap(machine);
  const exact = overlap ? undefined : evaluateExactly(machine, options);
  return exact ?? simulateRollout(machine, { ...options, windowsOverlap: overlap });
}

/** The same by simulation alone. */
export function simulatePolicy(policy: RolloutPolicy, options: EvaluationOptions): RolloutOutcome {
  const machine = machineOf(policy, options.requestsPerSecond);
  return simulateRollout(machine, { ...options, windowsOverlap: windowsOverlap(machine) });
}

function machineOf(policy: RolloutPolicy, requestsPerSecond: number): RolloutMachine<object> {
  switch (policy.tool) {
    case "flagger":
      return widen(flaggerMachine(policy, requestsPerSecond));
    case "argo-rollouts":
      return widen(argoMachine(policy, requestsPerSecond));
    case "kubernetes":
      return widen(rollingMachine(policy, requestsPerSecond));
  }
}

/** Evaluations hand states back as they got them, so their type need not be known. */
function widen<State extends object>(machine: RolloutMachine<State>): RolloutMachine<object> {
  return machine as unknown as RolloutMachine<object>;
}

const mostStays = 10_000;

/**
 * True when a measurement looks at requests that one before it has seen, or at a time before the rollout, or when two at one
 * instant see different parts of the same requests: outcomes are then not independent. Judged along the ways on which every measurement
 * succeeds, and on which every one fails.
 */
function windowsOverlap(machine: RolloutMachine<object>): boolean {
  return overlapAlong(machine, "success") || overlapAlong(machine, "failed");
}

function overlapAlong(machine: RolloutMachine<object>, outcome: MetricOutcome): boolean {
  const lastSeen = new Map<string, number>();
  const begin = machine.assumesFullWindows ? 0 : Number.NEGATIVE_INFINITY;
  let state = machine.start;
  let seconds = 0;
  for (let stays = 0; stays < mostStays; stays += 1) {
    const { seconds: passed, measurements, arrive } = machine.stay(state);
    seconds += passed;
    const here = new Map<string, number>();
    for (const { metric, requests } of measurements) {
      const signal = signalOf(metric);
      if (signal === "none" || requests === 0) continue;
      if (seconds - metric.windowSeconds < (lastSeen.get(signal) ?? begin) - 1e-6) return true;
      if ((here.get(signal) ?? requests) !== requests) return true;
      here.set(signal, requests);
    }
    for (const signal of here.keys()) lastSeen.set(signal, seconds);
    const arrived = arrive(measurements.map(() => outcome));
    if (typeof arrived === "string") return false;
    state = arrived;
  }
  return false;
}
