import { lastingClaims } from "../../../estate/kubernetes/pod-volumes.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import { hasRoomForOneMore } from "../../admission/room-for-surge.ts";
import { type Rollout, rolloutOf } from "../../drain/rollout.ts";
import { clusterWithDeclaredPools } from "../../estate-lookup/cluster-facts.ts";
import { workloadFix } from "../../fixes/manifest-fix.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { notReadable, unreadableOf } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { replicatedWorkloads } from "../../workload-selection.ts";

type Rolling = Extract<Rollout, { readonly kind: "rolling" }>;

/** AVL-015: a rollout leaves pods that serve, and the nodes have room for those that it adds. */
export const rolloutBounds: Rule = {
  id: "AVL-015",
  name: "rollout-bounds",
  title: "A rollout keeps some pods serving, and the pods that it adds find room.",
  severity: { high: "medium", medium: "medium", low: undefined },
  inputs: ["manifests", "nodePools"],
  peers: [{ tool: "kube-linter", check: "no-rolling-update-strategy", part: "3" }],
  judges: "replicas",
  *evaluate(context) {
    for (const workload of replicatedWorkloads(context)) {
      const replicas = workload.replicas.minimum;
      const rollout = rolloutOf(workload, replicas);
      if (rollout === undefined) continue;
      const unread = unreadableOf(workload, "replicas");
      if (unread !== undefined) yield notReadable(workload, unread);
      else if (replicas > 0) yield* judge(context, workload, rollout, replicas);
    }
  },
};

function* judge(context: AuditContext, workload: Workload, rollout: Rollout, replicas: number): Iterable<RuleOutcome> {
  switch (rollout.kind) {
    case "unreadable":
      yield workloadOutcome(workload, {
        verdict: "notEvaluable",
        field: rollout.path,
        missing: ["unresolved-variable"],
        message: `A bound of the rollout of ${workload.label} is neither a number nor a percentage.`,
      });
      return;
    case "recreate":
      yield replicas > 1 ? stopsAll(workload, rollout.path, replicas) : passed(workload);
      return;
    case "rolling": {
      const outcomes = [allAtOnce(workload, rollout, replicas), withoutRoom(context, workload, rollout)].filter(
        (outcome) => outcome !== undefined,
      );
      if (outcomes.length === 0) yield passed(workload);
      else yield* outcomes;
    }
  }
}

function stopsAll(workload: Workload, field: readonly (string | number)[], replicas: number): RuleOutcome {
  const disks = lastingClaims(workload);
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "3",
    field,
    message: `${workload.label} stops all its ${replicas} replicas before a new one starts (Recreate): every rollout is an outage.`,
    fix:
      disks.length > 0
        ? { description: "Give each replica a disk of its own (StatefulSet), or run one replica." }
        : workloadFix("Replace the pods one after the other.", workload, [
            { path: ["spec", "strategy"], value: { type: "RollingUpdate" } },
          ]),
  });
}

function allAtOnce(
  workload: Workload,
  { surge, unavailable, ...paths }: Rolling,
  replicas: number,
): RuleOutcome | undefined {
  if (unavailable < replicas) return undefined;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "1",
    field: paths.unavailablePath,
    message: `A rollout of ${workload.label} may take ${unavailable} of its ${replicas} ${replicas === 1 ? "replica" : "replicas"} away at once: none has to serve.`,
    fix: workloadFix("Bring up a new pod before an old one goes.", workload, [
      { path: paths.unavailablePath, value: 0 },
      ...(surge === 0 ? [{ path: paths.surgePath, value: 1 }] : []),
    ]),
  });
}

/** A rollout that may miss no pod cannot go on without room; one that may misses capacity while it goes on. */
function withoutRoom(context: AuditContext, workload: Workload, { surge, unavailable, surgePath }: Rolling) {
  if (surge === 0) return undefined;
  const unread = unreadableOf(workload, "resources", "scheduling");
  if (unread !== undefined) return notReadable(workload, unread);
  if (clusterWithDeclaredPools(context.estate, workload.cluster) === undefined) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      part: "2",
      field: surgePath,
      missing: ["needs-P"],
      message: `Whether a pod that a rollout of ${workload.label} adds finds room depends on the node pools of ${workload.cluster}; none is declared.`,
    });
  }
  const room = hasRoomForOneMore(context, workload);
  if (room.fits) return undefined;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "2",
    ...(unavailable > 0 ? { severity: "low" as const } : {}),
    field: surgePath,
    message: `A rollout of ${workload.label} adds ${surge} ${surge === 1 ? "pod" : "pods"}, but ${room.because}: ${unavailable > 0 ? `it goes on with ${unavailable} of its pods missing` : "it waits for ever"}.`,
    fix: { description: "Raise the pool's maximum, or let the rollout miss a pod (maxSurge 0, maxUnavailable 1)." },
  });
}
