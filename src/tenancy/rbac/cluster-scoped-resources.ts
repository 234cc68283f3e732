/** A resource by API group and plural name, as roles write it. */
export type Resource = readonly [group: string, resource: string];

/**
 * What Kubernetes, and the policy APIs of networks, keep once for a cluster. The first ones are those whose change hurts
 * most: a verdict names the first that a tenant may touch.
 */
export const clusterScopedResources: readonly Resource[] = [
  ["", "namespaces"],
  ["", "nodes"],
  ["", "nodes/proxy"],
  ["", "persistentvolumes"],
  ...inGroup("rbac.authorization.k8s.io", "clusterroles", "clusterrolebindings"),
  ...inGroup("apiextensions.k8s.io", "customresourcedefinitions"),
  ...inGroup("apiregistration.k8s.io", "apiservices"),
  ...inGroup(
    "admissionregistration.k8s.io",
    "validatingwebhookconfigurations",
    "mutatingwebhookconfigurations",
    "validatingadmissionpolicies",
    "validatingadmissionpolicybindings",
    "mutatingadmissionpolicies",
    "mutatingadmissionpolicybindings",
  ),
  ...inGroup("certificates.k8s.io", "certificatesigningrequests", "clustertrustbundles"),
  ...inGroup("networking.k8s.io", "ingressclasses", "ipaddresses", "servicecidrs"),
  ...inGroup("node.k8s.io", "runtimeclasses"),
  ...inGroup("scheduling.k8s.io", "priorityclasses"),
  ...inGroup(
    "storage.k8s.io",
    "storageclasses",
    "csidrivers",
    "csinodes",
    "volumeattachments",
    "volumeattributesclasses",
  ),
  ...inGroup("resource.k8s.io", "deviceclasses", "resourceslices"),
  ...inGroup("flowcontrol.apiserver.k8s.io", "flowschemas", "prioritylevelconfigurations"),
  ...inGroup(
    "policy.networking.k8s.io",
    "adminnetworkpolicies",
    "baselineadminnetworkpolicies",
    "clusternetworkpolicies",
  ),
  ...inGroup("cilium.io", "ciliumclusterwidenetworkpolicies"),
  ...inGroup("gateway.networking.k8s.io", "gatewayclasses"),
  ...inGroup("authentication.k8s.io", "tokenreviews"),
  ...inGroup("authorization.k8s.io", "subjectaccessreviews"),
];

/** Questions of a subject about itself: every authenticated one may ask them, and they touch nothing. */
const aboutItself: readonly string[] = [
  "selfsubjectreviews.authentication.k8s.io",
  "selfsubjectaccessreviews.authorization.k8s.io",
  "selfsubjectrulesreviews.authorization.k8s.io",
];

const names: ReadonlySet<string> = new Set([
  ...clusterScopedResources.map(([group, resource]) => `${resource}.${group}`),
  ...aboutItself,
]);

/** Whether a resource of a rule is kept once for the cluster in all the groups of the rule; subresources go with it. */
export function isClusterScoped(resource: string, groups: readonly string[]): boolean {
  const plural = resource.split("/", 1)[0] ?? resource;
  return groups.length > 0 && groups.every((group) => names.has(`${plural}.${group}`));
}

function inGroup(group: string, ...resources: readonly string[]): readonly Resource[] {
  return resources.map((resource) => [group, resource]);
}
