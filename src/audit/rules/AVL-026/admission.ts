import type { AdmissionCheck } from "../../admission-policies/admission-check.ts";

export const jobAdmission: readonly AdmissionCheck[] = [
  {
    part: "2",
    on: "jobs",
    // What a CronJob starts is cleared away by its history limits.
    expression:
      "has(object.spec.ttlSecondsAfterFinished) || object.metadata.?ownerReferences.orValue([]).exists(o, o.kind == 'CronJob')",
    message: "Jobs must say when they are cleared away (ttlSecondsAfterFinished).",
  },
  {
    part: "3",
    on: "cronJobs",
    expression:
      "has(object.spec.startingDeadlineSeconds) && object.spec.?concurrencyPolicy.orValue('Allow') != 'Allow'",
    message: "CronJobs must have a starting deadline and say what happens when runs overlap.",
  },
];
