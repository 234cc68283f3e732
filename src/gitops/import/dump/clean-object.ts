import { asObject, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject, KubernetesObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { deliveredObject } from "../../delivery/delivered-object.ts";

/** Kinds that controllers write, and that nobody declares. */
const written = new Set([
  "ComponentStatus",
  "ControllerRevision",
  "EndpointSlice",
  "Endpoints",
  "Event",
  "Lease",
  "Node",
  "NodeMetrics",
  "PersistentVolume",
  "PodMetrics",
  "VolumeAttachment",
  "CSINode",
  "APIService",
]);

/** True for what somebody declared: no controller wrote it, and no other object owns it. */
export function isDeclared(object: KubernetesObject, claims: ReadonlySet<string>): boolean {
  const { kind, name, value } = object;
  const { ownerReferences, labels } = asObject(value.metadata);
  if (written.has(kind) || (Array.isArray(ownerReferences) && ownerReferences.length > 0)) return false;
  if (asObject(labels)["addonmanager.kubernetes.io/mode"] !== undefined) return false;
  if (kind === "ConfigMap" && /^(?:kube-root-ca\.crt|istio-ca-root-cert)$/.test(name)) return false;
  if (kind === "ServiceAccount" && name === "default") return false;
  if (kind === "PersistentVolumeClaim") return !claims.has(`${object.namespace ?? ""}/${name.replace(/-\d+$/, "")}`);
  return kind !== "Secret" || !/^(?:helm\.sh\/release|kubernetes\.io\/service-account-token)/.test(String(value.type));
}

/** Claims that StatefulSets make by themselves, as `namespace/template-set`. */
export function madeClaims(objects: readonly KubernetesObject[]): ReadonlySet<string> {
  return new Set(
    objects.flatMap(({ kind, name, namespace, value }) => {
      const templates = kind === "StatefulSet" ? asObject(value.spec).volumeClaimTemplates : undefined;
      if (!Array.isArray(templates)) return [];
      return templates.map(
        (template) => `${namespace ?? ""}/${String(asObject(asObject(template).metadata).name)}-${name}`,
      );
    }),
  );
}

/** The object as somebody would declare it: without what the API server wrote into it, and without the values of Secrets. */
export function declaredForm(object: KubernetesObject): JsonObject {
  const { namespace } = object;
  const place = { environment: "", cluster: "", namespace, application: undefined, tenant: "", object };
  const delivered = deliveredObject(place);
  if (object.kind === "Secret") return withoutValues(delivered);
  if (object.kind !== "Service" || !isJsonObject(delivered.spec)) return delivered;
  const { clusterIP, clusterIPs: _, ...spec } = delivered.spec;
  return { ...delivered, spec: { ...spec, ...(clusterIP === "None" ? { clusterIP } : {}) } };
}

function withoutValues(secret: JsonObject): JsonObject {
  const { data, stringData, ...rest } = secret;
  const keys = [...Object.keys(asObject(data)), ...Object.keys(asObject(stringData))].toSorted();
  return keys.length === 0 ? rest : { ...rest, data: Object.fromEntries(keys.map((key) => [key, ""])) };
}
