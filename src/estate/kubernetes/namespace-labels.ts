import { asObject, asStringMap, type StringMap } from "./json-value.ts";
import type { NamespaceScope, ObjectIndex } from "./object-index.ts";

/** Labels of a namespace on its cluster; Kubernetes adds its name as `kubernetes.io/metadata.name` to each. */
export function namespaceLabels(index: ObjectIndex, scope: NamespaceScope): StringMap {
  const name = scope.namespace ?? "";
  const clusterScope = { environment: scope.environment, cluster: scope.cluster, namespace: undefined };
  const declared = index.find(clusterScope, "Namespace", name);
  const labels = asStringMap(asObject(declared?.object.value.metadata).labels);
  return { ...labels, "kubernetes.io/metadata.name": name };
}
