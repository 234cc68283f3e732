import type { AdmissionSubject } from "./admission-check.ts";

/** Kinds of one API group that a check is for. */
interface AdmissionResources {
  readonly apiGroup: string;
  readonly resources: readonly string[];
  readonly kinds: readonly string[];
}

const pods: AdmissionResources = { apiGroup: "", resources: ["pods"], kinds: ["Pod"] };

/** What each subject stands for. */
export const admissionResources: { readonly [subject in AdmissionSubject]: readonly AdmissionResources[] } = {
  pods: [pods],
  podTemplates: [
    { ...pods, resources: ["pods", "pods/ephemeralcontainers"] },
    {
      apiGroup: "apps",
      resources: ["deployments", "statefulsets", "daemonsets", "replicasets"],
      kinds: ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"],
    },
    { apiGroup: "batch", resources: ["jobs", "cronjobs"], kinds: ["Job", "CronJob"] },
  ],
  services: [{ apiGroup: "", resources: ["services"], kinds: ["Service"] }],
  secrets: [{ apiGroup: "", resources: ["secrets"], kinds: ["Secret"] }],
  cronJobs: [{ apiGroup: "batch", resources: ["cronjobs"], kinds: ["CronJob"] }],
  jobs: [{ apiGroup: "batch", resources: ["jobs"], kinds: ["Job"] }],
  disruptionBudgets: [{ apiGroup: "policy", resources: ["poddisruptionbudgets"], kinds: ["PodDisruptionBudget"] }],
};

/** True for subjects that bring a pod, as it is or as a template. */
export function bringsPods(subject: AdmissionSubject): boolean {
  return subject === "pods" || subject === "podTemplates";
}
