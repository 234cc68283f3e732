import type { Cluster } from "../../../estate/model/cluster.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { Demand } from "../demand/demand.ts";
import { closedStretches } from "../opening-hours.ts";
import type { CronWindow } from "../replica-scaling/cron-windows.ts";

/** When nobody needs them, in seconds from the beginning of the demand; empty when they are needed always. */
export interface OpeningHours {
  readonly environmentClosed: readonly CronWindow[];
  /** When no environment of the cluster is needed. */
  readonly clusterClosed: readonly CronWindow[];
}

/** The off-hours of an environment and of a cluster over a demand, and the hour before in which the simulation settles. */
export function openingHours(
  { environments }: Estate,
  environmentName: string,
  cluster: Cluster,
  { startSeconds, durationSeconds }: Demand,
): OpeningHours {
  const period = { fromSeconds: startSeconds - 3600, untilSeconds: startSeconds + durationSeconds };
  const closed = (names: readonly string[]) => {
    const found = names.flatMap((name) => environments.find((each) => each.name === name) ?? []);
    // An environment that is not declared has no hours: it is needed always.
    if (found.length < names.length) return [];
    return closedStretches(found, period).map(({ fromSeconds, untilSeconds }) => ({
      fromSeconds: fromSeconds - startSeconds,
      untilSeconds: untilSeconds - startSeconds,
    }));
  };
  return { environmentClosed: closed([environmentName]), clusterClosed: closed(cluster.environments) };
}
