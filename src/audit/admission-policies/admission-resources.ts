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
    pods,
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

const podSpec =
  "object.kind == 'Pod' ? object.spec : object.kind == 'CronJob' ? object.spec.jobTemplate.spec.template.spec : object.spec.template.spec";

/** Variables that checks of a subject see, in the order in which they build on one another. */
export function admissionVariables(
  subject: AdmissionSubject,
): readonly { readonly name: string; readonly expression: string }[] {
  if (subject !== "pods" && subject !== "podTemplates") return [];
  return [
    { name: "podSpec", expression: podSpec },
    { name: "containers", expression: "variables.podSpec.containers + variables.podSpec.?initContainers.orValue([])" },
  ];
}

/** Namespaces whose objects the platform brings. */
export const platformNamespaces = ["gatekeeper-system", "kube-node-lease", "kube-public", "kube-system"];
