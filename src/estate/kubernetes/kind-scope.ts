import { apiGroup, groupKind } from "./group-kind.ts";
import { asObject, asText } from "./json-value.ts";
import type { KubernetesObject } from "./kubernetes-object.ts";

type KindScope = "Cluster" | "Namespaced";

/** Cluster-scoped kinds that Kubernetes itself and widespread APIs define; every other built-in kind is namespaced. */
const clusterScopedKinds: ReadonlySet<string> = new Set([
  "ComponentStatus",
  "Namespace",
  "Node",
  "PersistentVolume",
  "APIService.apiregistration.k8s.io",
  "CertificateSigningRequest.certificates.k8s.io",
  "ClusterTrustBundle.certificates.k8s.io",
  "ClusterRole.rbac.authorization.k8s.io",
  "ClusterRoleBinding.rbac.authorization.k8s.io",
  "CSIDriver.storage.k8s.io",
  "CSINode.storage.k8s.io",
  "CustomResourceDefinition.apiextensions.k8s.io",
  "DeviceClass.resource.k8s.io",
  "FlowSchema.flowcontrol.apiserver.k8s.io",
  "IngressClass.networking.k8s.io",
  "IPAddress.networking.k8s.io",
  "MutatingAdmissionPolicy.admissionregistration.k8s.io",
  "MutatingAdmissionPolicyBinding.admissionregistration.k8s.io",
  "MutatingWebhookConfiguration.admissionregistration.k8s.io",
  "PodSecurityPolicy.policy",
  "PriorityClass.scheduling.k8s.io",
  "PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io",
  "ResourceSlice.resource.k8s.io",
  "RuntimeClass.node.k8s.io",
  "SelfSubjectAccessReview.authorization.k8s.io",
  "SelfSubjectReview.authentication.k8s.io",
  "SelfSubjectRulesReview.authorization.k8s.io",
  "ServiceCIDR.networking.k8s.io",
  "StorageClass.storage.k8s.io",
  "StorageVersionMigration.storagemigration.k8s.io",
  "SubjectAccessReview.authorization.k8s.io",
  "TokenReview.authentication.k8s.io",
  "ValidatingAdmissionPolicy.admissionregistration.k8s.io",
  "ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io",
  "ValidatingWebhookConfiguration.admissionregistration.k8s.io",
  "VolumeAttachment.storage.k8s.io",
  "VolumeAttributesClass.storage.k8s.io",
  "VolumeSnapshotClass.snapshot.storage.k8s.io",
  "VolumeSnapshotContent.snapshot.storage.k8s.io",
  "GatewayClass.gateway.networking.k8s.io",
  "AdminNetworkPolicy.policy.networking.k8s.io",
  "BaselineAdminNetworkPolicy.policy.networking.k8s.io",
  "ClusterNetworkPolicy.policy.networking.k8s.io",
  "CiliumClusterwideNetworkPolicy.cilium.io",
  "CiliumNode.cilium.io",
  "CiliumLoadBalancerIPPool.cilium.io",
  "GlobalNetworkPolicy.projectcalico.org",
  "GlobalNetworkPolicy.crd.projectcalico.org",
  "ClusterIssuer.cert-manager.io",
  "ClusterSecretStore.external-secrets.io",
  "ClusterExternalSecret.external-secrets.io",
  "ClusterTriggerAuthentication.keda.sh",
  "ClusterPolicy.kyverno.io",
  "ClusterCleanupPolicy.kyverno.io",
  "Constraint.constraints.gatekeeper.sh",
  "ConstraintTemplate.templates.gatekeeper.sh",
  "NodePool.karpenter.sh",
  "NodeClaim.karpenter.sh",
  "AKSNodeClass.karpenter.azure.com",
  "Tenant.capsule.clastix.io",
  "NginxIngressController.approuting.kubernetes.azure.com",
]);

/** Scope of each kind of an input: the built-in table, overruled by the CustomResourceDefinitions in the input. */
export interface KindScopes {
  scopeOf(object: Pick<KubernetesObject, "apiVersion" | "kind">): KindScope;
}

/**
 * Reads the scopes that the input's CustomResourceDefinitions declare. A kind that neither they nor the built-in table
 * know counts as namespaced: that is what most custom resources are.
 */
export function readKindScopes(objects: Iterable<KubernetesObject>): KindScopes {
  const declared = new Map<string, KindScope>();
  for (const object of objects) {
    if (object.kind !== "CustomResourceDefinition" || apiGroup(object.apiVersion) !== "apiextensions.k8s.io") continue;
    const spec = asObject(object.value.spec);
    const kind = asText(asObject(spec.names).kind);
    const group = asText(spec.group);
    if (kind === undefined || group === undefined) continue;
    if (spec.scope === "Cluster" || spec.scope === "Namespaced") declared.set(`${kind}.${group}`, spec.scope);
  }
  return {
    scopeOf: (object) => {
      const key = groupKind(object);
      return declared.get(key) ?? (clusterScopedKinds.has(key) ? "Cluster" : "Namespaced");
    },
  };
}
