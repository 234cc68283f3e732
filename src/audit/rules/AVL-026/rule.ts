import {
  asInteger,
  asObject,
  asStringMap,
  asText,
  type StringMap,
  valueAt,
} from "../../../estate/kubernetes/json-value.ts";
import { controllerOf } from "../../../estate/kubernetes/owner.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import { type FieldEdit, workloadFix } from "../../fixes/manifest-fix.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { jobAdmission } from "./admission.ts";

/** What the fixes propose. */
const advisedKeepSeconds = 86_400;
const advisedDeadlineSeconds = 300;

/** AVL-026: pods have a controller, Jobs are cleared away, and CronJobs neither pile up nor lose their runs unseen. */
export const controlledPods: Rule = {
  id: "AVL-026",
  name: "controlled-pods",
  title:
    "Pods have a controller; finished Jobs are cleared away; CronJobs neither overlap nor start late without bound.",
  severity: { high: "medium", medium: "low", low: undefined },
  inputs: ["manifests"],
  admission: jobAdmission,
  peers: [
    { tool: "kubescape", check: "C-0073", part: "1" },
    { tool: "kube-linter", check: "job-ttl-seconds-after-finished", part: "2" },
    { tool: "kube-score", check: "cronjob-has-deadline", part: "3" },
  ],
  judges: "pods",
  *evaluate({ estate }) {
    for (const workload of estate.workloads) {
      if (workload.opaque || isHook(workload)) continue;
      const outcome = judge(workload);
      if (outcome !== undefined) yield outcome;
    }
  },
};

/** Charts and Argo CD run hooks once and clear them away by themselves. */
function isHook({ object }: Workload): boolean {
  const annotations: StringMap = asStringMap(asObject(object.value.metadata).annotations);
  return annotations["helm.sh/hook"] !== undefined || annotations["argocd.argoproj.io/hook"] !== undefined;
}

function judge(workload: Workload): RuleOutcome | undefined {
  const { kind, object } = workload;
  if (object.kind !== kind || controllerOf(object) !== undefined) return undefined;
  switch (kind) {
    case "Pod":
      return nakedPod(workload);
    case "Job":
      return keptJob(workload);
    case "CronJob":
      return looseCronJob(workload);
    default:
      return undefined;
  }
}

function nakedPod(workload: Workload): RuleOutcome {
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "1",
    message: `Pod ${workload.label} has no controller: when its node is drained, upgraded or lost, nothing makes it again.`,
    fix: { description: "Make it a Deployment, or a Job where it runs to its end." },
  });
}

function keptJob(workload: Workload): RuleOutcome {
  const field = ["spec", "ttlSecondsAfterFinished"];
  const value = valueAt(workload.object.value, field);
  if (asInteger(value) !== undefined) return passed(workload);
  if (value !== undefined && value !== null) return unreadable(workload, "2", field);
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "2",
    field,
    message: `Job ${workload.label} and its pods stay for ever once it has finished: they count against quotas, and a Job of the same name cannot run again.`,
    fix: workloadFix("Clear it away a day after it has finished.", workload, [
      { path: field, value: advisedKeepSeconds },
    ]),
  });
}

function looseCronJob(workload: Workload): RuleOutcome {
  const spec = asObject(workload.object.value.spec);
  const deadlineField = ["spec", "startingDeadlineSeconds"];
  const policyField = ["spec", "concurrencyPolicy"];
  const deadline = spec.startingDeadlineSeconds;
  if (deadline !== undefined && deadline !== null && asInteger(deadline) === undefined) {
    return unreadable(workload, "3", deadlineField);
  }
  const policy = asText(spec.concurrencyPolicy) ?? "Allow";
  const lacks: { readonly words: string; readonly edit: FieldEdit }[] = [];
  if (asInteger(deadline) === undefined) {
    lacks.push({
      words: "has no startingDeadlineSeconds (after 100 missed runs it never starts again)",
      edit: { path: deadlineField, value: advisedDeadlineSeconds },
    });
  }
  if (policy === "Allow") {
    lacks.push({
      words: "lets runs overlap (concurrencyPolicy Allow)",
      edit: { path: policyField, value: "Forbid" },
    });
  }
  const [first] = lacks;
  if (first === undefined) return passed(workload);
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "3",
    field: first.edit.path,
    message: `CronJob ${workload.label} ${lacks.map(({ words }) => words).join(" and ")}.`,
    fix: workloadFix(
      "Start a run within five minutes or skip it, and never two at a time.",
      workload,
      lacks.map(({ edit }) => edit),
    ),
  });
}

function unreadable(workload: Workload, part: string, field: readonly string[]): RuleOutcome {
  return workloadOutcome(workload, {
    verdict: "notEvaluable",
    part,
    field,
    missing: ["unresolved-variable"],
    message: `${field.join(".")} of ${workload.label} is no whole number.`,
  });
}
