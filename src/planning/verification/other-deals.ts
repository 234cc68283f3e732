import { seededRandom } from "../../scheduling/packing/heuristics/seeded-random.ts";
import { weighedMicros } from "../pools/choose-pools.ts";
import { solutionOf, withSolution } from "../pools/class-pools.ts";
import { cheapestCompositions } from "../pools/pool-compositions.ts";
import { randomDeal } from "../pools/random-deal.ts";
import type { PlannedCluster } from "../structure-plan.ts";

/** Of more workloads, chance finds nothing in so few trials. */
const mostWorkloads = 40;
const dealsOfEach = 25;
/** What is nearer to the bound is not worth the search. */
const worthSearching = 1.01;

/**
 * The class with its workloads dealt by chance to cheaper numbers of nodes, the cheapest first: which of them share a pool
 * decides whether the pods of a zone that is gone find room among those that stay, and no sum tells. The first that `holds`.
 */
export function withOtherDeal(
  planned: PlannedCluster,
  classIndex: number,
  holds: (changed: PlannedCluster) => boolean,
): PlannedCluster | undefined {
  const own = planned.classes[classIndex];
  const now = weighedMicros(solutionOf(planned, classIndex));
  if (own === undefined || own.problem.pods.length > mostWorkloads) return undefined;
  // Without a bound it is an alternative that is planned, for which there is no time.
  const isFar = own.lowerBoundMicros > 0 && now > own.lowerBoundMicros * worthSearching;
  if (own.problem.pods.length < 3 || !isFar) return undefined;
  const random = seededRandom(classIndex + 1);
  for (const { pools } of cheapestCompositions(own.problem, now)) {
    for (let deal = 0; deal < dealsOfEach; deal += 1) {
      const dealt = randomDeal(pools, own.problem, random);
      if (dealt === undefined || weighedMicros(dealt) >= now) continue;
      const changed = withSolution(planned, classIndex, dealt);
      if (holds(changed)) return changed;
    }
  }
  return undefined;
}
