import { asList, asObject, asStringMap, asText } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { matchesLabels, readLabelSelector } from "../../estate/kubernetes/selector.ts";
import type { ServiceEndpoint } from "../../estate/kubernetes/workload.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { EstateLookup } from "../estate-lookup/estate-lookup.ts";

/** Kinds (`Kind.group`) of webhook configurations. */
export const webhookKinds: readonly string[] = [
  "ValidatingWebhookConfiguration.admissionregistration.k8s.io",
  "MutatingWebhookConfiguration.admissionregistration.k8s.io",
];

/** One webhook of a configuration. */
export interface AdmissionWebhook {
  readonly name: string;
  readonly field: FieldPath;
  /** Its backend, where that is a Service of the input. */
  readonly service: ServiceEndpoint | undefined;
  /** The API server refuses what it asks about when no answer comes (`failurePolicy: Fail`, the default). */
  readonly blocks: boolean;
  /** Of the backend's own namespace and kube-system, those whose new pods it is asked about. */
  readonly blockedNamespaces: readonly string[];
}

const systemNamespace = "kube-system";
const enforcerSwitch = "admissions.enforcer/disabled";

/** The webhooks of a configuration. AKS leaves kube-system out of each, unless the configuration switches that off. */
export function readWebhooks(placed: PlacedObject, lookup: EstateLookup): readonly AdmissionWebhook[] {
  const { labels, annotations } = asObject(placed.object.value.metadata);
  const isUnprotected =
    asStringMap(labels)[enforcerSwitch] === "true" || asStringMap(annotations)[enforcerSwitch] === "true";
  return asList(placed.object.value.webhooks).map((value, position) => {
    const webhook = asObject(value);
    const { name, namespace } = asObject(asObject(webhook.clientConfig).service);
    const ownNamespace = asText(namespace);
    const scope = { environment: placed.environment, cluster: placed.cluster, namespace: ownNamespace };
    const candidates = [
      ...(isUnprotected ? [systemNamespace] : []),
      ...(ownNamespace === undefined || ownNamespace === systemNamespace ? [] : [ownNamespace]),
    ];
    const asksAboutPods = asList(webhook.rules).some((rule) => coversNewPods(asObject(rule)));
    return {
      name: asText(webhook.name) ?? placed.object.name,
      field: ["webhooks", position],
      service: ownNamespace === undefined ? undefined : lookup.serviceNames.find(scope, asText(name) ?? ""),
      blocks: webhook.failurePolicy !== "Ignore",
      blockedNamespaces:
        asksAboutPods && !asksForObjectLabels(webhook)
          ? candidates.filter((candidate) => selectsNamespace(webhook, candidate, placed, lookup))
          : [],
    };
  });
}

function coversNewPods({ apiGroups, resources, operations, scope }: JsonObject): boolean {
  const groups = asList(apiGroups);
  const kinds = asList(resources);
  const verbs = asList(operations);
  return (
    scope !== "Cluster" &&
    (groups.includes("") || groups.includes("*")) &&
    (kinds.includes("pods") || kinds.includes("*") || kinds.includes("*/*")) &&
    (verbs.includes("CREATE") || verbs.includes("*"))
  );
}

/** Labels that pods must carry keep the platform's own pods out, as far as can be seen. */
function asksForObjectLabels({ objectSelector }: JsonObject): boolean {
  const selector = readLabelSelector(objectSelector);
  return selector?.requirements.some(({ operator }) => operator === "In" || operator === "Exists") === true;
}

function selectsNamespace(
  { namespaceSelector }: JsonObject,
  namespace: string,
  { environment, cluster }: PlacedObject,
  { objects }: EstateLookup,
): boolean {
  const selector = readLabelSelector(namespaceSelector ?? {});
  if (selector === undefined) return false;
  const declared = objects.find({ environment, cluster, namespace: undefined }, "Namespace", namespace);
  const labels = asStringMap(asObject(declared?.object.value.metadata).labels);
  return matchesLabels(selector, { ...labels, "kubernetes.io/metadata.name": namespace });
}
