import { asInteger, asObject, asText, valueAt } from "../../../estate/kubernetes/json-value.ts";
import { scopeKey } from "../../../estate/kubernetes/object-index.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { rolloutOf } from "../../drain/rollout.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { workloadFix } from "../../fixes/manifest-fix.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

/** What Kubernetes allows a Deployment to make no progress in, when nothing is said. */
const standardDeadlineSeconds = 600;

/** What the fix proposes: longer than a crash on the first requests takes to show. */
const advisedSeconds = 10;

const field = ["spec", "minReadySeconds"];

/** AVL-016: a rolling update waits until new pods have proven themselves for a moment. */
export const minimumReadyTime: Rule = {
  id: "AVL-016",
  name: "minimum-ready-time",
  title: "A rolling update waits until a new pod has been ready for some seconds before it goes on.",
  severity: { high: "low", medium: "low", low: undefined },
  inputs: ["manifests"],
  judges: "replicas",
  *evaluate({ estate }) {
    const steered = steeredByFlagger(estate);
    for (const workload of estate.workloads) {
      if (workload.opaque || !rolls(workload) || steered.has(workload.id)) continue;
      yield judge(workload);
    }
  },
};

/** Workloads whose rollouts Flagger steers by measured success; they need no waiting time. */
function steeredByFlagger(estate: Estate): ReadonlySet<string> {
  const canaries = lookupOf(estate).objects.ofKind("Canary.flagger.app");
  const steered = new Set(
    canaries.map((placed) => {
      const target = asObject(valueAt(placed.object.value, ["spec", "targetRef"]));
      return `${scopeKey(placed)}/${asText(target.kind) ?? "Deployment"}/${asText(target.name) ?? ""}`;
    }),
  );
  const flagged = new Set(
    estate.applications.filter(({ delivery }) => delivery.controller === "flagger").map(({ name }) => name),
  );
  for (const { id, application } of estate.workloads) {
    if (application !== undefined && flagged.has(application)) steered.add(id);
  }
  return steered;
}

function rolls(workload: Workload): boolean {
  if (workload.kind === "Deployment") return rolloutOf(workload, workload.replicas.maximum)?.kind === "rolling";
  const type = asText(valueAt(workload.object.value, ["spec", "updateStrategy", "type"])) ?? "RollingUpdate";
  return workload.kind === "StatefulSet" && workload.replicas.maximum >= 2 && type === "RollingUpdate";
}

function judge(workload: Workload): RuleOutcome {
  const spec = asObject(workload.object.value.spec);
  const stated = spec.minReadySeconds;
  const seconds = stated === undefined || stated === null ? 0 : asInteger(stated);
  if (seconds === undefined) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      field,
      missing: ["unresolved-variable"],
      message: `minReadySeconds of ${workload.label} is no whole number.`,
    });
  }
  if (seconds <= 0) {
    return workloadOutcome(workload, {
      verdict: "fail",
      field,
      message: `A new pod of ${workload.label} counts as available the moment it is ready (minReadySeconds 0): a version that crashes on its first requests replaces ${workload.replicas.maximum === 1 ? "its only pod" : `all ${workload.replicas.maximum} pods`}.`,
      fix: workloadFix(`Wait ${advisedSeconds} s before a new pod counts.`, workload, [
        { path: field, value: advisedSeconds },
      ]),
    });
  }
  const deadline = asInteger(spec.progressDeadlineSeconds) ?? standardDeadlineSeconds;
  if (workload.kind === "Deployment" && seconds >= deadline) {
    return workloadOutcome(workload, {
      verdict: "fail",
      field,
      message: `minReadySeconds ${seconds} of ${workload.label} is not below its progressDeadlineSeconds (${deadline}): every rollout is reported as failed.`,
      fix: { description: "Wait for less, or raise progressDeadlineSeconds." },
    });
  }
  return passed(workload);
}
