import { fillNodesInTurn } from "./fill-nodes-in-turn.ts";
import { firstFitDecreasing } from "./first-fit-decreasing.ts";
import type { FillRule, NodeFiller } from "./node-filler.ts";
import { type Solution, solutionOf } from "./solution.ts";

const rules: readonly FillRule[] = ["dotProduct", "distance"];

/**
 * Plans in milliseconds: node by node with each rule, by the weight of the resources in demand and with all resources alike;
 * and pod by pod, the largest first, each onto the open node with the least room to spare.
 */
export function greedyPlans(filler: NodeFiller): readonly [Solution, ...Solution[]] {
  const { instance } = filler;
  const alike = filler.weights.map((weight) => (weight > 0 ? 1 : 0));
  const candidates = Array.from({ length: instance.shapes }, (_, shape) => shape);
  const nodeByNode = [filler.weights, alike].flatMap((weights) =>
    rules.map((rule) => {
      const nodes = fillNodesInTurn(filler, instance.demand.slice(), candidates, instance.limits.slice(), {
        rule,
        weights,
      });
      return solutionOf(instance, nodes ?? []);
    }),
  );
  return [solutionOf(instance, firstFitDecreasing(filler)), ...nodeByNode];
}
