import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { runsAllHours } from "../../estate/assumptions/cost-rules.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { weeklyHours } from "../../estate/model/weekly-window.ts";
import { hoursPerMonth } from "./charge.ts";

const hoursPerWeek = 168;

/** Hours of a month in which the environments of a cluster are needed, where that is less than always. */
export interface NeededHours {
  readonly hoursPerMonth: number;
  readonly assumption: Assumption;
}

/**
 * Undefined when some environment of the cluster is needed always, or its hours cannot be read. Of several environments
 * the longest hours count: when they overlap that is exact, otherwise it is too low.
 */
export function neededHours(estate: Estate, cluster: Cluster): NeededHours | undefined {
  const environments = estate.environments.filter(({ name }) => cluster.environments.includes(name));
  const weekly = environments.map(({ hours }) => weeklyHours(hours) ?? hoursPerWeek);
  const longest = Math.max(0, ...weekly);
  if (environments.length === 0 || longest >= hoursPerWeek) return undefined;
  const needed = (longest / hoursPerWeek) * hoursPerMonth;
  const hours = [...new Set(environments.map((each) => each.hours))].join(" and ");
  return {
    hoursPerMonth: needed,
    assumption: assume(runsAllHours, `Cluster/${cluster.name}`, { hours, hoursPerMonth: needed }),
  };
}
