import type { RuleAdmission } from "../../admission-policies/admission-check.ts";

/** Hooks are cleared away by what runs them, and what has a controller is judged by it. */
const isSpared = [
  "'helm.sh/hook' in object.metadata.?annotations.orValue({})",
  "'argocd.argoproj.io/hook' in object.metadata.?annotations.orValue({})",
  "object.metadata.?ownerReferences.orValue([]).exists(o, o.?controller.orValue(false))",
].join(" || ");

export const jobAdmission: RuleAdmission = {
  checks: [
    {
      part: "1",
      on: "pods",
      expression: isSpared,
      message: "Pods must have a controller that makes them again.",
    },
    {
      part: "2",
      on: "jobs",
      expression: `${isSpared} || has(object.spec.ttlSecondsAfterFinished)`,
      message: "Jobs must say when they are cleared away (ttlSecondsAfterFinished).",
    },
    {
      part: "3",
      on: "cronJobs",
      expression: `${isSpared} || has(object.spec.startingDeadlineSeconds) && object.spec.?concurrencyPolicy.orValue('Allow') != 'Allow'`,
      message: "CronJobs must have a starting deadline and say what happens when runs overlap.",
    },
  ],
};
