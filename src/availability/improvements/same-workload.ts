import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { CandidateScope } from "./candidate.ts";

/** One workload of an environment on all clusters that it runs on: a change of its manifest changes all of them. */
export interface SameWorkload {
  /** `environment/namespace/Kind/name`. */
  readonly id: string;
  /** Shortest label among them; the name where they are on several clusters. */
  readonly label: string;
  readonly first: Workload;
  readonly members: readonly Workload[];
}

/** The workloads that journeys lean on, those of one manifest together. */
export function workloadsInScope({ estate, environments, workloads }: CandidateScope): readonly SameWorkload[] {
  const candidates = estate.workloads.filter(
    ({ id, environment, run, opaque, unreadable }) =>
      workloads.has(id) && environments.has(environment) && run === "serving" && !opaque && unreadable.length === 0,
  );
  const groups = Map.groupBy(
    candidates,
    ({ environment, namespace, kind, name }) => `${environment}/${namespace}/${kind}/${name}`,
  );
  return [...groups]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([id, members]) => {
      const [first] = members;
      if (first === undefined) return [];
      const clusters = members.map(({ cluster }) => cluster).toSorted();
      const label = members.length === 1 ? first.label : `${first.name} on ${clusters.join(" and ")}`;
      return [{ id, label, first, members }];
    });
}

/** The estate with some of its workloads as `change` makes them. */
export function withWorkloads(
  estate: Estate,
  members: readonly Workload[],
  change: (workload: Workload) => Workload,
): Estate {
  const ids = new Set(members.map(({ id }) => id));
  return { ...estate, workloads: estate.workloads.map((each) => (ids.has(each.id) ? change(each) : each)) };
}
