import type { ReplayCluster } from "../replay-cluster.ts";
import { CapacityMeter } from "./capacity-left.ts";
import type { FailureOutcome, FailureScenario } from "./failure-outcome.ts";
import { type ReplayOptions, replayFailure } from "./replay-failure.ts";

const progressEvery = 100;
const kindOrder: readonly FailureScenario["kind"][] = ["set", "zone", "pool", "node"];

/**
 * Tries each scenario on the cluster as it stands, one at a time, and returns the outcomes, the worst first. Aborting the
 * signal throws its reason and leaves the cluster as it was.
 */
export function replayFailures(
  cluster: ReplayCluster,
  scenarios: readonly FailureScenario[],
  options: ReplayOptions = {},
): readonly FailureOutcome[] {
  const meter = new CapacityMeter(cluster);
  const outcomes = scenarios.map((scenario, index) => {
    options.signal?.throwIfAborted();
    if (index % progressEvery === 0) {
      options.onProgress?.(`${cluster.name}: ${index} of ${scenarios.length} failures replayed`);
    }
    return replayFailure(cluster, scenario, meter, options);
  });
  return outcomes.toSorted(worstFirst);
}

/** By workloads down, pods pending, workloads interrupted, pods displaced; then zones before pools before nodes, then the order given. */
function worstFirst(left: FailureOutcome, right: FailureOutcome): number {
  return (
    effects(right, "down") - effects(left, "down") ||
    right.pending - left.pending ||
    effects(right, "interrupted") - effects(left, "interrupted") ||
    right.displaced + right.gone - (left.displaced + left.gone) ||
    kindOrder.indexOf(left.kind) - kindOrder.indexOf(right.kind)
  );
}

function effects({ workloads }: FailureOutcome, kind: string): number {
  return workloads.reduce((count, { effect }) => count + (effect === kind ? 1 : 0), 0);
}
