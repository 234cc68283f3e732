import { asText } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";

const usesIdentity = "azure.workload.identity/use";

/**
 * ServiceAccounts that pods of a place name, other than `default`: where the manifests do not define them, no pod would
 * start. Those of pods that use a workload identity carry its client id, once it is known.
 */
export function derivedServiceAccounts(
  workloads: readonly Workload[],
  clientId: string | undefined,
): readonly JsonObject[] {
  const named = Map.groupBy(
    workloads.filter(({ podSpec }) => accountOf(podSpec) !== undefined),
    ({ namespace, podSpec }) => `${namespace}/${accountOf(podSpec)}`,
  );
  return [...named].map(([key, users]) => {
    const [namespace = "", name = ""] = key.split("/");
    const hasIdentity = clientId !== undefined && users.some(asksWithIdentity);
    return {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: {
        name,
        namespace,
        ...(hasIdentity ? { annotations: { "azure.workload.identity/client-id": clientId } } : {}),
      },
      automountServiceAccountToken: false,
    };
  });
}

/** Its pods say that they use a workload identity, by a service account that they name. */
export function asksWithIdentity({ podLabels, podSpec }: Workload): boolean {
  return podLabels[usesIdentity] === "true" && accountOf(podSpec) !== undefined;
}

function accountOf(podSpec: JsonObject): string | undefined {
  const name = asText(podSpec.serviceAccountName) ?? asText(podSpec.serviceAccount);
  return name === "default" ? undefined : name;
}
