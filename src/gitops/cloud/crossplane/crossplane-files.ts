import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { RepositoryFile } from "../../repository/repository-file.ts";
import { yamlText } from "../../repository/yaml-text.ts";
import type { ResourceGraph } from "../graph/resource-graph.ts";
import { subscriptionParameter } from "../graph/subscriptions.ts";
import { landingComposition, landingDefinition } from "./aks-landing.ts";
import {
  EXTERNAL_NAME,
  FACTS,
  type FieldReplacement,
  type ManagedResource,
  PARAMETERS,
  PROVIDER_CONFIG,
  SUBSCRIPTION,
} from "./managed-resource.ts";
import { managedResources } from "./managed-resources.ts";

const FOLDER = "infra/crossplane";

/** Late initialization would write into the object what Git does not say. */
const MANAGEMENT = ["Create", "Delete", "Observe", "Update"];

/** An object that goes by mistake leaves behind what holds data. */
const KEEPING_MANAGEMENT = ["Create", "Observe", "Update"];

/**
 * Files of Crossplane: for each subscription a kustomization with an object a file, its ProviderConfig, and the ConfigMaps
 * from which replacements take what the user gives and what resources tell once they are there; besides, the platform's
 * own kind of a cluster.
 */
export function crossplaneFiles(graph: ResourceGraph): readonly RepositoryFile[] {
  const { objects } = managedResources(graph);
  const byNamespace = Map.groupBy(objects, ({ namespace }) => namespace);
  return [
    ...platformFiles(objects),
    ...[...byNamespace]
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .flatMap(([namespace, members]) => subscriptionFiles(namespace, members)),
  ];
}

function platformFiles(objects: readonly ManagedResource[]): readonly RepositoryFile[] {
  const composition = landingComposition(objects);
  if (composition === undefined) return [];
  const folder = `${FOLDER}/platform`;
  const file = (name: string, object: JsonObject) => ({
    path: `${folder}/${name}`,
    text: yamlText(object),
    tells: "Estate",
  });
  const resources = ["aks-landing-composition.yaml", "aks-landing-definition.yaml"];
  return [
    file("kustomization.yaml", { apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization", resources }),
    file("aks-landing-composition.yaml", composition),
    file("aks-landing-definition.yaml", landingDefinition()),
  ];
}

function subscriptionFiles(namespace: string, objects: readonly ManagedResource[]): readonly RepositoryFile[] {
  const folder = `${FOLDER}/${namespace}`;
  const subscription = objects[0]?.subscription ?? namespace;
  const configured = subscriptionParameter(subscription);
  const replacements = objects.flatMap((object) => object.replacements);
  const keysFrom = (from: FieldReplacement["from"]) =>
    [...new Set(replacements.filter((each) => each.from === from).map(({ key }) => key))].sort();
  const parameters = [...new Set([...keysFrom(PARAMETERS), configured, "crossplaneClientId", "tenantId"])].sort();
  const facts = keysFrom(FACTS);
  const file = (path: string, object: JsonObject, tells = `Subscription/${namespace}`) => ({
    path: `${folder}/${path}`,
    text: yamlText(object),
    tells,
  });
  const paths = objects.map(({ kind, name, part }) => `${part}/${kind.kind.toLowerCase()}-${name}.yaml`);
  const before = [
    "namespace.yaml",
    "parameters.yaml",
    ...(facts.length > 0 ? ["facts.yaml"] : []),
    "provider-config.yaml",
  ];
  return [
    file("kustomization.yaml", {
      apiVersion: "kustomize.config.k8s.io/v1beta1",
      kind: "Kustomization",
      resources: [...before, ...paths.toSorted()],
      replacements: [...providerReplacements(namespace, configured), ...objectReplacements(objects)],
    }),
    file("namespace.yaml", {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: namespace, annotations: { [SUBSCRIPTION]: subscription } },
    }),
    file("parameters.yaml", valueMap(PARAMETERS, parameters)),
    ...(facts.length > 0 ? [file("facts.yaml", valueMap(FACTS, facts))] : []),
    file("provider-config.yaml", providerConfig(namespace, configured)),
    ...objects.map((object, index) => file(paths[index] ?? "", customResource(object), object.tells)),
  ];
}

function customResource(object: ManagedResource): JsonObject {
  const { kind, name, namespace, externalName, forProvider, initProvider } = object;
  return {
    apiVersion: `${kind.group}/${kind.version}`,
    kind: kind.kind,
    metadata: {
      name,
      namespace,
      ...(externalName === undefined ? {} : { annotations: { [EXTERNAL_NAME]: externalName } }),
    },
    spec: {
      managementPolicies: kind.keepsData ? KEEPING_MANAGEMENT : MANAGEMENT,
      providerConfigRef: { kind: "ProviderConfig", name: PROVIDER_CONFIG },
      forProvider,
      ...(Object.keys(initProvider).length === 0 ? {} : { initProvider }),
    },
  };
}

/** The provider signs in as a workload identity: no file holds what it signs in with. */
function providerConfig(namespace: string, subscription: string): JsonObject {
  return {
    apiVersion: PROVIDER_CONFIG_VERSION,
    kind: "ProviderConfig",
    metadata: { name: PROVIDER_CONFIG, namespace },
    spec: {
      clientID: "crossplaneClientId",
      subscriptionID: subscription,
      tenantID: "tenantId",
      storageUseAzureAD: true,
      credentials: { source: "OIDCTokenFile" },
    },
  };
}

const PROVIDER_CONFIG_VERSION = "azure.m.upbound.io/v1beta1";

function providerReplacements(namespace: string, subscription: string): readonly JsonObject[] {
  const [group, version] = PROVIDER_CONFIG_VERSION.split("/");
  const select = { group, version, kind: "ProviderConfig", name: PROVIDER_CONFIG, namespace };
  const values = { clientID: "crossplaneClientId", subscriptionID: subscription, tenantID: "tenantId" };
  return Object.entries(values).map(([field, key]) => ({
    source: { kind: "ConfigMap", name: PARAMETERS, fieldPath: `data.${key}` },
    targets: [{ select, fieldPaths: [`spec.${field}`] }],
  }));
}

function objectReplacements(objects: readonly ManagedResource[]): readonly JsonObject[] {
  const uses = objects.flatMap((object) => object.replacements.map((use) => ({ ...use, object })));
  return [...Map.groupBy(uses, ({ from, key }) => `${from}/${key}`)]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([source, targets]) => {
      const [name, key = ""] = source.split("/");
      return {
        source: { kind: "ConfigMap", name, fieldPath: `data.${key}` },
        targets: targets.map(({ object: { kind, name: object, namespace }, fieldPath, segment }) => ({
          select: { group: kind.group, version: kind.version, kind: kind.kind, name: object, namespace },
          fieldPaths: [fieldPath],
          ...(segment === undefined ? {} : { options: { delimiter: "/", index: segment } }),
        })),
      };
    });
}

/** Only the replacements read it: it is not delivered. */
function valueMap(name: string, keys: readonly string[]): JsonObject {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, annotations: { "config.kubernetes.io/local-config": "true" } },
    data: Object.fromEntries(keys.map((key) => [key, key])),
  };
}
