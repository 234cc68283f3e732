import type { DisruptionBudget, SpreadRule, Workload } from "../../estate/kubernetes/workload.ts";
import type { CandidateChange, CandidateScope } from "./candidate.ts";
import { podDataOf } from "./pod-data.ts";
import { type SameWorkload, withWorkloads, workloadsInScope } from "./same-workload.ts";

const zoneKey = "topology.kubernetes.io/zone";

/** One more replica, replicas kept apart over zones, and a disruption budget. */
export function workloadChanges(scope: CandidateScope): readonly CandidateChange[] {
  const workloads = workloadsInScope(scope);
  const each = workloads.flatMap((same) => [
    ...oneMoreReplica(scope, same),
    ...spreadOverZones(scope, same),
    ...disruptionBudget(scope, same),
  ]);
  return [...noneAlone(scope, workloads), ...each];
}

/** A second replica for everything that runs alone and keeps nothing: by itself, each mends little where all are needed. */
function noneAlone({ estate }: CandidateScope, workloads: readonly SameWorkload[]): readonly CandidateChange[] {
  const alone = workloads.filter(
    (same) => same.first.replicas.minimum === 1 && podDataOf(estate, same).kind === "none",
  );
  if (alone.length < 2) return [];
  const members = alone.flatMap((same) => same.members);
  const labels = alone.map(({ first }) => first.name).toSorted();
  return [
    {
      id: "replicas/all",
      kind: "replicas",
      what: `run 2 replicas of each of the ${alone.length} workloads that run one and keep no data`,
      because: `alone are ${labels.slice(0, 4).join(", ")}${labels.length > 4 ? ` and ${labels.length - 4} more` : ""}`,
      estate: () => withWorkloads(estate, members, withOneMore),
      touches: members.map(({ id }) => id),
    },
  ];
}

function oneMoreReplica({ estate }: CandidateScope, same: SameWorkload): readonly CandidateChange[] {
  const { id, label, first, members } = same;
  // A second pod does not have the data of the first: whether it helps is a question of the software.
  const data = podDataOf(estate, same);
  if (data.kind === "keeps") return [];
  const before = first.replicas.minimum;
  return [
    {
      id: `replicas/${id}`,
      kind: "replicas",
      what: `run ${before + 1} instead of ${before} ${before + 1 === 1 ? "replica" : "replicas"} of ${label}`,
      because: before === 1 ? `the one replica of ${label} is alone` : `one more of ${label} may fail`,
      estate: () => withWorkloads(estate, members, withOneMore),
      touches: eventsOf(same),
      ...(data.kind === "mayKeep" ? { caveat: data.caveat } : {}),
      place: first.place,
    },
  ];
}

function withOneMore(workload: Workload): Workload {
  const { replicas } = workload;
  const minimum = replicas.minimum + 1;
  return {
    ...workload,
    replicas: {
      ...replicas,
      minimum,
      declared: Math.max(replicas.declared + (replicas.autoscaler === undefined ? 1 : 0), minimum),
      maximum: Math.max(replicas.maximum, minimum),
    },
  };
}

function spreadOverZones({ estate }: CandidateScope, same: SameWorkload): readonly CandidateChange[] {
  const { id, label, first, members } = same;
  const isApart = first.spread.some(({ topologyKey, strength }) => topologyKey === zoneKey && strength === "required");
  if (first.replicas.minimum < 2 || isApart) return [];
  const rule: SpreadRule = {
    topologyKey: zoneKey,
    strength: "required",
    maxSkew: 1,
    origin: "topologySpreadConstraint",
    place: first.place,
  };
  return [
    {
      id: `zoneSpread/${id}`,
      kind: "zoneSpread",
      what: `require that the replicas of ${label} spread over zones (maxSkew 1, DoNotSchedule)`,
      because: "nothing keeps the replicas out of one zone",
      estate: () => withWorkloads(estate, members, (each) => ({ ...each, spread: [...each.spread, rule] })),
      touches: eventsOf(same),
      place: first.place,
    },
  ];
}

/** The largest budget that lets a drain go on: one pod at a time. */
function disruptionBudget({ estate }: CandidateScope, same: SameWorkload): readonly CandidateChange[] {
  const { id, label, first, members } = same;
  if (first.replicas.minimum < 2 || first.disruptionBudgets.length > 0) return [];
  const budget: DisruptionBudget = { name: first.name, maxUnavailable: 1, place: first.place };
  return [
    {
      id: `disruptionBudget/${id}`,
      kind: "disruptionBudget",
      what: `add a PodDisruptionBudget with maxUnavailable 1 to ${label}`,
      because: "a drain may take all replicas at once",
      estate: () => withWorkloads(estate, members, (each) => ({ ...each, disruptionBudgets: [budget] })),
      touches: eventsOf(same),
      place: first.place,
    },
  ];
}

/** Its pods, disks and windows have its id in theirs; its nodes and zones are shared and have the windows beside them. */
function eventsOf({ members }: SameWorkload): readonly string[] {
  return members.map(({ id }) => id);
}
