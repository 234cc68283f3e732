import { expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { PoolChoices } from "./pool-choices.ts";
import type { PlannedPods, PoolProblem } from "./pool-problem.ts";

const [anySize] = defaultCatalog.vmSizes();
if (anySize === undefined) throw new RangeError("the catalog has sizes");
const size = anySize;

function problemOf(cpu: number, hourlyMicros = 10): PoolProblem {
  const pods: PlannedPods = {
    id: "web",
    tenant: "retail",
    size: [cpu, 1, 1, 0, 0, 0, 0, 0],
    quantity: 2,
    perNode: undefined,
    isServing: true,
    isZoneBound: false,
    needsEveryZone: false,
    spreadOver: 0,
  };
  return {
    pods: [pods],
    sizes: [
      {
        size,
        osDisk: { type: "Managed", sizeGiB: undefined },
        maxPods: 30,
        capacity: [4, 8, 30, 0, 0, 0, 0, 0],
        hourlyMicros,
      },
    ],
    zones: 1,
    headroom: false,
    minimumNodes: 1,
  };
}

test("a problem that is asked again has the solutions that it had, with the pods that they are of", () => {
  const choices = new PoolChoices();
  const first = choices.of(problemOf(3), undefined);
  expect(choices.of(problemOf(3), undefined)).toBe(first);
  expect(first.solutions.candidates[0]?.[0]?.pods[0]).toBe(first.problem.pods[0]);
  expect(first.solutions.candidates[0]?.[0]?.nodes).toBe(2);
});

test("other pods, prices or premises are another problem", () => {
  const choices = new PoolChoices();
  const first = choices.of(problemOf(3), undefined);
  const others = [problemOf(2), problemOf(3, 11), { ...problemOf(3), minimumNodes: 3 }, { ...problemOf(3), zones: 3 }];
  for (const other of others) expect(choices.of(other, undefined)).not.toBe(first);
  expect(choices.of(problemOf(2), undefined).solutions.candidates[0]?.[0]?.nodes).toBe(1);
});
