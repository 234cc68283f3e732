import { asList, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { PlacedObject } from "../../../estate/model/estate.ts";

const scalers = new Set(["ScaledObject", "ScaledJob"]);

/**
 * TriggerAuthentications that the triggers of KEDA on services of Azure name: where the manifests do not define them, no
 * trigger would be read. KEDA asks with the workload identity of the application, once its client id is known.
 */
export function derivedTriggerAuthentications(
  objects: readonly PlacedObject[],
  clientId: string | undefined,
): readonly JsonObject[] {
  const named = new Map<string, JsonObject>();
  for (const { object, namespace } of objects) {
    if (!object.apiVersion.startsWith("keda.sh/") || !scalers.has(object.kind)) continue;
    for (const trigger of asList(asObject(object.value.spec).triggers).map(asObject)) {
      const { name: reference, kind } = asObject(trigger.authenticationRef);
      const name = asText(reference);
      const isOfAzure = asText(trigger.type)?.startsWith("azure-") === true;
      if (name === undefined || !isOfAzure || (kind !== undefined && kind !== "TriggerAuthentication")) continue;
      named.set(`${namespace}/${name}`, {
        apiVersion: "keda.sh/v1alpha1",
        kind: "TriggerAuthentication",
        metadata: { name, namespace },
        spec: {
          podIdentity: { provider: "azure-workload", ...(clientId === undefined ? {} : { identityId: clientId }) },
        },
      });
    }
  }
  return [...named.values()];
}
