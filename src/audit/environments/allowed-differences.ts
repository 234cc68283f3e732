/** Kinds that say how much of something there is, and for whom: environments have them or not, in any size. */
const sizingKinds = new Set([
  "HorizontalPodAutoscaler",
  "VerticalPodAutoscaler",
  "ScaledObject",
  "PodDisruptionBudget",
  "ResourceQuota",
  "LimitRange",
  "Namespace",
  "ServiceMonitor",
  "PodMonitor",
  "PrometheusRule",
  "Canary",
]);

export function isSizingKind(kind: string): boolean {
  return sizingKinds.has(kind);
}

/** Where environments may differ: number, size, place, address, version and configuration values. */
const allowed: readonly RegExp[] = [
  /^metadata\./,
  /^status\b/,
  /(?:^|\.)template\.metadata\./,
  /(?:^|\.)(?:replicas|minReadySeconds|revisionHistoryLimit|parallelism|schedule|suspend)$/,
  /(?:^|\.)resources\.(?:requests|limits)\b/,
  /(?:^|\.)storageClassName$/,
  /\.image$/,
  /(?:^|\.)(?:host|hosts|hostname|hostnames|dnsNames|externalName|loadBalancerIP|commonName)(?:\[|$|\.)/,
  /^spec\.(?:tls|rules|parentRefs)\b/,
  /\.env\[[^\]]*\]\.value$/,
  /^(?:data|stringData|binaryData|parameters)\b/,
  /\.(?:nodeSelector|tolerations|affinity|topologySpreadConstraints|priorityClassName|runtimeClassName)\b/,
  /^spec\.(?:values|chart|ref|url|path|interval|targetRevision)\b/,
  /(?:clientId|tenantId|subscriptionId|vaultUrl|keyvaultName|objects)$/i,
  // Generated names carry a hash of what they hold.
  /\.(?:configMapRef|secretRef|configMapKeyRef|secretKeyRef|configMap|secret)\.(?:name|secretName)$/,
];

/** True for a field in which environments may differ; `more` are prefixes of paths that the estate allows beside. */
export function mayDiffer(path: string, more: readonly string[]): boolean {
  return allowed.some((pattern) => pattern.test(path)) || more.some((prefix) => path.startsWith(prefix));
}
