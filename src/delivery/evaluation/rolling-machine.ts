import type { RollingPolicy } from "../policies/rollout-policy.ts";
import type { RolloutMachine } from "./rollout-machine.ts";

/** A rolling update: batch after batch, and nothing that judges. */
export function rollingMachine(
  { batches }: RollingPolicy,
  requestsPerSecond: number,
): RolloutMachine<{ readonly batch: number }> {
  return {
    assumesFullWindows: false,
    start: { batch: 0 },
    keyOf: ({ batch }) => String(batch),
    stay: ({ batch }) => {
      const { weight, holdSeconds } = batches[batch] ?? { weight: 100, holdSeconds: 0 };
      return {
        seconds: holdSeconds,
        weight,
        judgedPerSecond: (requestsPerSecond * weight) / 100,
        measurements: [],
        arrive: () => (batch + 1 >= batches.length ? "promoted" : { batch: batch + 1 }),
      };
    },
  };
}
