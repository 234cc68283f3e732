import type { ResourceType } from "./resource-type.ts";

/**
 * Which lists of a type are merged item by item. `keys` tell items of mappings apart; no keys: a list of scalars. A field
 * that is not here holds no such list: its lists are replaced whole.
 */
export type MergeSchema =
  | { readonly kind: "map"; readonly fields: { readonly [name: string]: MergeSchema } }
  | { readonly kind: "list"; readonly keys: readonly string[]; readonly item: MergeSchema | undefined };

/*
 * The patch strategies of the types that Kustomize 5.7.1 knows (Kubernetes 1.21.2), but for those in `status`.
 * Source: x-kubernetes-patch-strategy, x-kubernetes-patch-merge-key and x-kubernetes-list-map-keys of
 * kubernetes-sigs/kustomize, kyaml/openapi/kubernetesapi/v1_21_2/swagger.pb, tag kustomize/v5.7.1.
 */

function map(fields: { readonly [name: string]: MergeSchema }): MergeSchema {
  return { kind: "map", fields };
}

function list(keys: readonly string[], item?: MergeSchema): MergeSchema {
  return { kind: "list", keys, item };
}

const metadata = map({ finalizers: list([]), ownerReferences: list(["uid"]) });
const container = map({
  volumeMounts: list(["mountPath"]),
  volumeDevices: list(["devicePath"]),
  env: list(["name"]),
  ports: list(["containerPort", "protocol"]),
});
const ephemeralContainer = map({
  volumeMounts: list(["mountPath"]),
  volumeDevices: list(["devicePath"]),
  env: list(["name"]),
});
const podSpec = map({
  containers: list(["name"], container),
  initContainers: list(["name"], container),
  ephemeralContainers: list(["name"], ephemeralContainer),
  volumes: list(["name"], map({ ephemeral: map({ volumeClaimTemplate: map({ metadata }) }) })),
  hostAliases: list(["ip"]),
  imagePullSecrets: list(["name"]),
  topologySpreadConstraints: list(["topologyKey", "whenUnsatisfiable"]),
});
const podTemplate = map({ metadata, spec: podSpec });
const podController = map({ metadata, spec: map({ template: podTemplate }) });
const jobSpec = map({ template: podTemplate });
const cronJob = map({ metadata, spec: map({ jobTemplate: map({ metadata, spec: jobSpec }) }) });
const webhookConfiguration = map({ metadata, webhooks: list(["name"]) });
const csiNode = map({ metadata, spec: map({ drivers: list(["name"]) }) });
const metadataOnly = map({ metadata });

const schemas: { readonly [type: string]: MergeSchema } = {
  "v1 Pod": map({ metadata, spec: podSpec }),
  "v1 PodTemplate": map({ metadata, template: podTemplate }),
  "v1 ReplicationController": podController,
  "apps/v1 DaemonSet": podController,
  "apps/v1 Deployment": podController,
  "apps/v1 ReplicaSet": podController,
  "apps/v1 StatefulSet": podController,
  "batch/v1 Job": podController,
  "batch/v1 CronJob": cronJob,
  "batch/v1beta1 CronJob": cronJob,
  "v1 Service": map({ metadata, spec: map({ ports: list(["port", "protocol"]) }) }),
  "v1 ServiceAccount": map({ metadata, secrets: list(["name"]) }),
  "v1 Node": map({ metadata, spec: map({ podCIDRs: list([]) }) }),
  "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration": webhookConfiguration,
  "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration": webhookConfiguration,
  "admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration": webhookConfiguration,
  "admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration": webhookConfiguration,
  "storage.k8s.io/v1 CSINode": csiNode,
  "storage.k8s.io/v1beta1 CSINode": csiNode,
};

/** Known types of which only the metadata has lists that merge. */
const typesWithMetadataOnly: ReadonlySet<string> = new Set([
  "apiextensions.k8s.io/v1 CustomResourceDefinition",
  "apiextensions.k8s.io/v1beta1 CustomResourceDefinition",
  "apiregistration.k8s.io/v1 APIService",
  "apiregistration.k8s.io/v1beta1 APIService",
  "apps/v1 ControllerRevision",
  "authentication.k8s.io/v1 TokenRequest",
  "authentication.k8s.io/v1 TokenReview",
  "authentication.k8s.io/v1beta1 TokenReview",
  "authorization.k8s.io/v1 LocalSubjectAccessReview",
  "authorization.k8s.io/v1 SelfSubjectAccessReview",
  "authorization.k8s.io/v1 SelfSubjectRulesReview",
  "authorization.k8s.io/v1 SubjectAccessReview",
  "authorization.k8s.io/v1beta1 LocalSubjectAccessReview",
  "authorization.k8s.io/v1beta1 SelfSubjectAccessReview",
  "authorization.k8s.io/v1beta1 SelfSubjectRulesReview",
  "authorization.k8s.io/v1beta1 SubjectAccessReview",
  "autoscaling/v1 HorizontalPodAutoscaler",
  "autoscaling/v1 Scale",
  "autoscaling/v2beta1 HorizontalPodAutoscaler",
  "autoscaling/v2beta2 HorizontalPodAutoscaler",
  "certificates.k8s.io/v1 CertificateSigningRequest",
  "certificates.k8s.io/v1beta1 CertificateSigningRequest",
  "coordination.k8s.io/v1 Lease",
  "coordination.k8s.io/v1beta1 Lease",
  "discovery.k8s.io/v1 EndpointSlice",
  "discovery.k8s.io/v1beta1 EndpointSlice",
  "events.k8s.io/v1 Event",
  "events.k8s.io/v1beta1 Event",
  "extensions/v1beta1 Ingress",
  "flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema",
  "flowcontrol.apiserver.k8s.io/v1beta1 PriorityLevelConfiguration",
  "networking.k8s.io/v1 Ingress",
  "networking.k8s.io/v1 IngressClass",
  "networking.k8s.io/v1 NetworkPolicy",
  "networking.k8s.io/v1beta1 Ingress",
  "networking.k8s.io/v1beta1 IngressClass",
  "node.k8s.io/v1 RuntimeClass",
  "node.k8s.io/v1beta1 RuntimeClass",
  "policy/v1 PodDisruptionBudget",
  "policy/v1beta1 Eviction",
  "policy/v1beta1 PodDisruptionBudget",
  "policy/v1beta1 PodSecurityPolicy",
  "rbac.authorization.k8s.io/v1 ClusterRole",
  "rbac.authorization.k8s.io/v1 ClusterRoleBinding",
  "rbac.authorization.k8s.io/v1 Role",
  "rbac.authorization.k8s.io/v1 RoleBinding",
  "rbac.authorization.k8s.io/v1beta1 ClusterRole",
  "rbac.authorization.k8s.io/v1beta1 ClusterRoleBinding",
  "rbac.authorization.k8s.io/v1beta1 Role",
  "rbac.authorization.k8s.io/v1beta1 RoleBinding",
  "scheduling.k8s.io/v1 PriorityClass",
  "scheduling.k8s.io/v1beta1 PriorityClass",
  "storage.k8s.io/v1 CSIDriver",
  "storage.k8s.io/v1 StorageClass",
  "storage.k8s.io/v1 VolumeAttachment",
  "storage.k8s.io/v1beta1 CSIDriver",
  "storage.k8s.io/v1beta1 CSIStorageCapacity",
  "storage.k8s.io/v1beta1 StorageClass",
  "storage.k8s.io/v1beta1 VolumeAttachment",
  "v1 Binding",
  "v1 ComponentStatus",
  "v1 ConfigMap",
  "v1 Endpoints",
  "v1 Event",
  "v1 LimitRange",
  "v1 Namespace",
  "v1 PersistentVolume",
  "v1 PersistentVolumeClaim",
  "v1 ResourceQuota",
  "v1 Secret",
]);

/** The schema of a type; undefined for custom resources and for versions that Kustomize does not know. */
export function mergeSchemaOf({ group, version, kind }: ResourceType): MergeSchema | undefined {
  const type = `${group === "" ? version : `${group}/${version}`} ${kind}`;
  if (Object.hasOwn(schemas, type)) return schemas[type];
  return typesWithMetadataOnly.has(type) ? metadataOnly : undefined;
}

export function fieldSchema(schema: MergeSchema | undefined, name: string): MergeSchema | undefined {
  return schema?.kind === "map" && Object.hasOwn(schema.fields, name) ? schema.fields[name] : undefined;
}
