import type { FlaggerPolicy } from "../policies/rollout-policy.ts";
import type { RolloutMachine } from "./rollout-machine.ts";

interface FlaggerState {
  readonly step: number;
  readonly failed: number;
}

/**
 * Flagger's controller, tick by tick (fluxcd/flagger pkg/controller/scheduler.go): a failed check holds the weight and adds to
 * a count that is never reset; the tick after the last one permitted rolls back, so the last failure is followed by one more interval of
 * exposure; the last weight is promoted when a check there passes. Time runs from the first interval with traffic to the
 * decision.
 */
export function flaggerMachine(policy: FlaggerPolicy, requestsPerSecond: number): RolloutMachine<FlaggerState> {
  const { steps, threshold, intervalSeconds, metrics, loadTestPerSecond } = policy;
  return {
    assumesFullWindows: true,
    start: { step: 0, failed: 0 },
    keyOf: ({ step, failed }) => `${step} ${failed}`,
    stay: ({ step, failed }) => {
      const { weight, judgedWeight } = steps[step] ?? { weight: 0, judgedWeight: 0 };
      const judgedPerSecond = (requestsPerSecond * judgedWeight) / 100 + loadTestPerSecond;
      const spent = failed >= threshold;
      return {
        seconds: intervalSeconds,
        weight,
        judgedPerSecond,
        measurements: spent
          ? []
          : metrics.map((metric) => ({ metric, requests: Math.round(judgedPerSecond * metric.windowSeconds) })),
        arrive: (outcomes) => {
          if (spent) return "rolledBack";
          if (outcomes.some((outcome) => outcome !== "success")) return { step, failed: failed + 1 };
          return step + 1 >= steps.length ? "promoted" : { step: step + 1, failed };
        },
      };
    },
  };
}
