import type { FieldSpec } from "./field-spec.ts";
import type { TypeSelector } from "./resource-type.ts";

/** Who refers by name to the resources of a type: when one of these is renamed, the fields follow. */
export interface NameReferenceSpec extends TypeSelector {
  readonly referrers: readonly FieldSpec[];
}

/*
 * The references that Kustomize 5.7.1 knows.
 * Source: kubernetes-sigs/kustomize, api/internal/konfig/builtinpluginconsts/namereference.go, tag kustomize/v5.7.1.
 */

function referrer(path: string, type: TypeSelector): FieldSpec {
  return { ...type, path, create: false };
}

const cronJobPod = "spec/jobTemplate/spec/template/spec";
const templatedKinds = ["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job"];

/** Every kind that holds a pod where ConfigMaps and Secrets are looked for, with the path of the pod's spec. */
const podHolders: readonly { readonly type: TypeSelector; readonly pod: string }[] = [
  { type: { version: "v1", kind: "Pod" }, pod: "spec" },
  { type: { kind: "PodTemplate" }, pod: "template/spec" },
  ...templatedKinds.map((kind) => ({ type: { kind }, pod: "spec/template/spec" })),
  { type: { kind: "CronJob" }, pod: cronJobPod },
];

/** Kinds that hold a pod where ServiceAccounts, claims and PriorityClasses are looked for; ReplicaSet is not among them. */
const workloadHolders: readonly { readonly type: TypeSelector; readonly pod: string }[] = [
  { type: { kind: "Pod" }, pod: "spec" },
  ...["StatefulSet", "Deployment", "ReplicationController"].map((kind) => ({
    type: { kind },
    pod: "spec/template/spec",
  })),
  { type: { kind: "CronJob" }, pod: cronJobPod },
  { type: { kind: "Job" }, pod: "spec/template/spec" },
  { type: { kind: "DaemonSet" }, pod: "spec/template/spec" },
];

function inPods(fields: readonly string[]): readonly FieldSpec[] {
  return podHolders.flatMap(({ type, pod }) => fields.map((field) => referrer(`${pod}/${field}`, type)));
}

function inWorkloads(field: string): readonly FieldSpec[] {
  return workloadHolders.map(({ type, pod }) => referrer(`${pod}/${field}`, type));
}

const scaleTargets: readonly NameReferenceSpec[] = [
  "Deployment",
  "ReplicationController",
  "ReplicaSet",
  "StatefulSet",
].map((kind) => ({ kind, referrers: [referrer("spec/scaleTargetRef/name", { kind: "HorizontalPodAutoscaler" })] }));

const configMapReferrers: readonly FieldSpec[] = [
  ...inPods([
    "volumes/configMap/name",
    "containers/env/valueFrom/configMapKeyRef/name",
    "initContainers/env/valueFrom/configMapKeyRef/name",
    "containers/envFrom/configMapRef/name",
    "initContainers/envFrom/configMapRef/name",
    "volumes/projected/sources/configMap/name",
  ]),
  referrer("spec/configSource/configMap", { kind: "Node" }),
  referrer("rules/resourceNames", { kind: "Role" }),
  referrer("rules/resourceNames", { kind: "ClusterRole" }),
  referrer("metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap", { kind: "Ingress" }),
];

const secretReferrers: readonly FieldSpec[] = [
  ...inPods([
    "volumes/secret/secretName",
    "containers/env/valueFrom/secretKeyRef/name",
    "initContainers/env/valueFrom/secretKeyRef/name",
    "containers/envFrom/secretRef/name",
    "initContainers/envFrom/secretRef/name",
    "imagePullSecrets/name",
    "volumes/projected/sources/secret/name",
  ]),
  ...[
    "spec/tls/secretName",
    "metadata/annotations/ingress.kubernetes.io\\/auth-secret",
    "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret",
    "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret",
  ].map((path) => referrer(path, { kind: "Ingress" })),
  referrer("imagePullSecrets/name", { kind: "ServiceAccount" }),
  ...["secretName", "adminSecretName", "userSecretName", "secretRef"].map((parameter) =>
    referrer(`parameters/${parameter}`, { kind: "StorageClass" }),
  ),
  referrer("rules/resourceNames", { kind: "Role" }),
  referrer("rules/resourceNames", { kind: "ClusterRole" }),
  referrer("spec/template/spec/containers/env/valueFrom/secretKeyRef/name", {
    group: "serving.knative.dev",
    version: "v1",
    kind: "Service",
  }),
  referrer("spec/azureFile/secretName", { kind: "PersistentVolume" }),
];

const serviceReferrers: readonly FieldSpec[] = [
  referrer("spec/serviceName", { group: "apps", kind: "StatefulSet" }),
  ...[
    "spec/rules/http/paths/backend/serviceName",
    "spec/backend/serviceName",
    "spec/rules/http/paths/backend/service/name",
    "spec/defaultBackend/service/name",
  ].map((path) => referrer(path, { kind: "Ingress" })),
  referrer("spec/service/name", { group: "apiregistration.k8s.io", kind: "APIService" }),
  ...["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"].map((kind) =>
    referrer("webhooks/clientConfig/service", { group: "admissionregistration.k8s.io", kind }),
  ),
];

const rbac = "rbac.authorization.k8s.io";

const storageReferences: readonly NameReferenceSpec[] = [
  { kind: "PersistentVolumeClaim", version: "v1", referrers: inWorkloads("volumes/persistentVolumeClaim/claimName") },
  {
    kind: "PersistentVolume",
    version: "v1",
    referrers: [
      referrer("spec/volumeName", { kind: "PersistentVolumeClaim" }),
      referrer("rules/resourceNames", { kind: "ClusterRole" }),
    ],
  },
  {
    kind: "StorageClass",
    group: "storage.k8s.io",
    version: "v1",
    referrers: [
      referrer("spec/storageClassName", { kind: "PersistentVolume" }),
      referrer("spec/storageClassName", { kind: "PersistentVolumeClaim" }),
      referrer("spec/volumeClaimTemplates/spec/storageClassName", { kind: "StatefulSet" }),
    ],
  },
];

const accessReferences: readonly NameReferenceSpec[] = [
  { kind: "Role", group: rbac, referrers: [referrer("roleRef/name", { kind: "RoleBinding", group: rbac })] },
  {
    kind: "ClusterRole",
    group: rbac,
    referrers: ["RoleBinding", "ClusterRoleBinding"].map((kind) => referrer("roleRef/name", { kind, group: rbac })),
  },
  {
    kind: "ServiceAccount",
    version: "v1",
    referrers: [
      ...["RoleBinding", "ClusterRoleBinding"].map((kind) => referrer("subjects", { kind, group: rbac })),
      ...inWorkloads("serviceAccountName"),
    ],
  },
];

export const nameReferenceSpecs: readonly NameReferenceSpec[] = [
  ...scaleTargets,
  { kind: "ConfigMap", version: "v1", referrers: configMapReferrers },
  { kind: "Secret", version: "v1", referrers: secretReferrers },
  { kind: "Service", version: "v1", referrers: serviceReferrers },
  ...accessReferences,
  ...storageReferences,
  {
    kind: "PriorityClass",
    group: "scheduling.k8s.io",
    version: "v1",
    referrers: inWorkloads("priorityClassName"),
  },
  {
    // The group really is written with the version there, so no IngressClass is ever selected.
    kind: "IngressClass",
    group: "networking.k8s.io/v1",
    version: "v1",
    referrers: [referrer("spec/ingressClassName", { kind: "Ingress" })],
  },
  {
    kind: "ValidatingAdmissionPolicy",
    group: "admissionregistration.k8s.io",
    referrers: [
      referrer("spec/policyName", { kind: "ValidatingAdmissionPolicyBinding", group: "admissionregistration.k8s.io" }),
    ],
  },
];
