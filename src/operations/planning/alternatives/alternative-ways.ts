import { type AlternativeWay, wayTimes } from "../../../estate/assumptions/planning-rules.ts";
import type { RejectedAlternative } from "../plan-report.ts";

type Told = Pick<RejectedAlternative, "what" | "difference" | "verdict" | "reason"> & {
  /** What keeps it running, in a few words; undefined where nobody states it. */
  readonly availability: string | undefined;
  /** Clusters that it takes, where its work is counted by cluster. */
  readonly clusters?: number;
};

/** What lies between a tenant on it and the others. */
const isolationOf: { readonly [way in AlternativeWay]: string } = {
  shared: "namespace",
  sandbox: "virtual machine of each pod",
  pool: "nodes",
  cluster: "control plane and nodes",
  rawCluster: "control plane and nodes",
  secondRegion: "as in the first region",
  containerApps: "environment of its own, run by Azure",
  functions: "instances of its own, run by Azure",
  staticHosting: "nothing runs: files only",
};

/** An alternative with the work and the lead time of its kind. */
export function alternativeWay(way: AlternativeWay, { clusters = 1, ...told }: Told): RejectedAlternative {
  const { hours, days } = wayTimes.ways[way];
  return { ...told, operatorHours: hours * clusters, leadTimeDays: days, isolation: isolationOf[way] };
}
