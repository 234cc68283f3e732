import { expect, test } from "vitest";
import { allowedDisruptions } from "./disruption-arithmetic.ts";
import type { DisruptionBudget } from "./workload.ts";

function budget(limits: Partial<DisruptionBudget>): DisruptionBudget {
  return { name: "budget", place: { precision: "file", source: "pdb.yaml" }, ...limits };
}

test.each([
  [{ minAvailable: "50%" }, 3, 1],
  [{ maxUnavailable: "10%" }, 1, 1],
  [{ maxUnavailable: "30%" }, 3, 1],
  [{ minAvailable: 2 }, 2, 0],
  [{ minAvailable: 5 }, 2, 0],
  [{ minAvailable: "100%" }, 4, 0],
  [{ maxUnavailable: 0 }, 4, 0],
  [{ maxUnavailable: 9 }, 4, 4],
  [{ maxUnavailable: 1 }, 0, 0],
  [{}, 3, 0],
])("%o with %d replicas allows %d", (limits, replicas, allowed) => {
  expect(allowedDisruptions(budget(limits), replicas)).toBe(allowed);
});

// Flux substitutes variables after the build: the value is not known here.
test.each(["$" + "{MIN}", "50 %", "-1", "1.5", "3"])("%s is not evaluable", (value) => {
  expect(allowedDisruptions(budget({ minAvailable: value }), 3)).toBeUndefined();
});
