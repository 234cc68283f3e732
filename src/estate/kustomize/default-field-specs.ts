import type { FieldSpec } from "./field-spec.ts";
import type { TypeSelector } from "./resource-type.ts";

/*
 * The fields that each built-in transformer of Kustomize 5.7.1 changes.
 * Source: kubernetes-sigs/kustomize, api/internal/konfig/builtinpluginconsts, tag kustomize/v5.7.1.
 */

const podController = "spec/template";
const cronJob = "spec/jobTemplate/spec/template";
const podAffinityTerm = "podAffinityTerm/labelSelector/matchLabels";
const requiredTerm = "labelSelector/matchLabels";
const preferred = "preferredDuringSchedulingIgnoredDuringExecution";
const required = "requiredDuringSchedulingIgnoredDuringExecution";

function created(path: string, type: TypeSelector = {}): FieldSpec {
  return { ...type, path, create: true };
}

function existing(path: string, type: TypeSelector = {}): FieldSpec {
  return { ...type, path, create: false };
}

/** Labels of the objects and of the templates inside them. */
export const templateLabelSpecs: readonly FieldSpec[] = [
  created("metadata/labels"),
  created(`${podController}/metadata/labels`, { version: "v1", kind: "ReplicationController" }),
  created(`${podController}/metadata/labels`, { kind: "Deployment" }),
  created(`${podController}/metadata/labels`, { kind: "ReplicaSet" }),
  created(`${podController}/metadata/labels`, { kind: "DaemonSet" }),
  created(`${podController}/metadata/labels`, { group: "apps", kind: "StatefulSet" }),
  created("spec/volumeClaimTemplates[]/metadata/labels", { group: "apps", kind: "StatefulSet" }),
  created(`${podController}/metadata/labels`, { group: "batch", kind: "Job" }),
  created("spec/jobTemplate/metadata/labels", { group: "batch", kind: "CronJob" }),
  created(`${cronJob}/metadata/labels`, { group: "batch", kind: "CronJob" }),
];

/** Terms of affinity and spreading that select the pods themselves. */
function podSelectorSpecs(kind: string): readonly FieldSpec[] {
  const affinity = `${podController}/spec/affinity`;
  return [
    `${affinity}/podAffinity/${preferred}/${podAffinityTerm}`,
    `${affinity}/podAffinity/${required}/${requiredTerm}`,
    `${affinity}/podAntiAffinity/${preferred}/${podAffinityTerm}`,
    `${affinity}/podAntiAffinity/${required}/${requiredTerm}`,
    `${podController}/spec/topologySpreadConstraints/${requiredTerm}`,
  ].map((path) => existing(path, { group: "apps", kind }));
}

/** Labels of objects and templates, and the selectors that must agree with them. */
export const commonLabelSpecs: readonly FieldSpec[] = [
  created("spec/selector", { version: "v1", kind: "Service" }),
  created("spec/selector", { version: "v1", kind: "ReplicationController" }),
  created("spec/selector/matchLabels", { kind: "Deployment" }),
  ...podSelectorSpecs("Deployment"),
  created("spec/selector/matchLabels", { kind: "ReplicaSet" }),
  created("spec/selector/matchLabels", { kind: "DaemonSet" }),
  created("spec/selector/matchLabels", { group: "apps", kind: "StatefulSet" }),
  ...podSelectorSpecs("StatefulSet"),
  existing("spec/selector/matchLabels", { group: "batch", kind: "Job" }),
  existing("spec/jobTemplate/spec/selector/matchLabels", { group: "batch", kind: "CronJob" }),
  existing("spec/selector/matchLabels", { group: "policy", kind: "PodDisruptionBudget" }),
  existing("spec/podSelector/matchLabels", { group: "networking.k8s.io", kind: "NetworkPolicy" }),
  existing("spec/ingress/from/podSelector/matchLabels", { group: "networking.k8s.io", kind: "NetworkPolicy" }),
  existing("spec/egress/to/podSelector/matchLabels", { group: "networking.k8s.io", kind: "NetworkPolicy" }),
  ...templateLabelSpecs,
];

export const commonAnnotationSpecs: readonly FieldSpec[] = [
  created("metadata/annotations"),
  created(`${podController}/metadata/annotations`, { version: "v1", kind: "ReplicationController" }),
  ...["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"].map((kind) =>
    created(`${podController}/metadata/annotations`, { kind }),
  ),
  created(`${podController}/metadata/annotations`, { group: "batch", kind: "Job" }),
  created("spec/jobTemplate/metadata/annotations", { group: "batch", kind: "CronJob" }),
  created(`${cronJob}/metadata/annotations`, { group: "batch", kind: "CronJob" }),
];

/** Besides `metadata.namespace` and the subjects of role bindings, which follow rules of their own. */
export const namespaceSpecs: readonly FieldSpec[] = [
  created("metadata/name", { kind: "Namespace" }),
  created("spec/service/namespace", { group: "apiregistration.k8s.io", kind: "APIService" }),
  existing("spec/conversion/webhook/clientConfig/service/namespace", {
    group: "apiextensions.k8s.io",
    kind: "CustomResourceDefinition",
  }),
];

export const nameSpecs: readonly FieldSpec[] = [existing("metadata/name")];

export const imageSpecs: readonly FieldSpec[] = ["spec", `${podController}/spec`].flatMap((pod) => [
  created(`${pod}/containers[]/image`),
  created(`${pod}/initContainers[]/image`),
  created(`${pod}/volumes[]/image/reference`),
]);

export const replicaSpecs: readonly FieldSpec[] = [
  "Deployment",
  "ReplicationController",
  "ReplicaSet",
  "StatefulSet",
].map((kind) => created("spec/replicas", { kind }));

const containerFields = ["args", "command", "env/value", "volumeMounts/mountPath"];

function podVariableSpecs(pod: string, kind: string, nfs = `${pod}/volumes/nfs/server`): readonly FieldSpec[] {
  const containers = ["containers", "initContainers"].flatMap((list) =>
    containerFields.map((field) => existing(`${pod}/${list}/${field}`, { kind })),
  );
  return [...containers, existing(nfs, { kind })];
}

/** Fields in which `$(NAME)` stands for a variable. */
export const variableSpecs: readonly FieldSpec[] = [
  ...podVariableSpecs(`${cronJob}/spec`, "CronJob", `${cronJob}/volumes/nfs/server`),
  ...["DaemonSet", "Deployment", "Job", "ReplicaSet"].flatMap((kind) =>
    podVariableSpecs(`${podController}/spec`, kind),
  ),
  existing(`${podController}/metadata/annotations`, { kind: "Deployment" }),
  ...["spec/rules/host", "spec/tls/hosts", "spec/tls/secretName"].map((path) => existing(path, { kind: "Ingress" })),
  ...podVariableSpecs("spec", "Pod"),
  ...["spec/ports/port", "spec/ports/targetPort"].map((path) => existing(path, { kind: "Service" })),
  ...podVariableSpecs(`${podController}/spec`, "StatefulSet", "spec/volumeClaimTemplates/spec/nfs/server"),
  existing("spec/nfs/server", { kind: "PersistentVolume" }),
  existing("metadata/labels"),
  existing("metadata/annotations"),
];
