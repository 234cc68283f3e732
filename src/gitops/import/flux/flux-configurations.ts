import { asList, asObject, asText, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject, KubernetesObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { Place } from "../../../estate/sources/place.ts";
import { readYaml } from "../../../estate/sources/read-yaml.ts";
import type { RepositoryReader } from "../repository-reader.ts";

/** Kustomizations that AKS makes of a Flux configuration, by the cluster that it is of. */
export interface ConfiguredKustomizations {
  readonly cluster: string;
  readonly objects: readonly KubernetesObject[];
}

const ARM_TYPE = "microsoft.kubernetesconfiguration/fluxconfigurations";

/**
 * Reads Flux configurations of AKS: resources of ARM templates in JSON, and objects of the Azure Service Operator. Each
 * entry becomes the Kustomization that AKS makes of it, `<configuration>-<entry>`.
 */
export function readFluxConfigurations(reader: RepositoryReader): readonly ConfiguredKustomizations[] {
  return reader.files.flatMap((path) => {
    const text = reader.texts.get(path) ?? "";
    if (!/fluxconfiguration/i.test(text) || reader.isInChart(path)) return [];
    return readYaml(text, path).documents.flatMap((document) => {
      const place = document.locate([]);
      return [...armResources(document.value), ...operatorObjects(document.value)].map(
        ({ cluster, name, properties }) => ({
          cluster,
          objects: kustomizations(name, properties, place),
        }),
      );
    });
  });
}

interface Configuration {
  readonly cluster: string;
  readonly name: string;
  readonly properties: JsonObject;
}

function armResources(template: unknown): readonly Configuration[] {
  if (!isJsonObject(template)) return [];
  const { resources } = template;
  const list = Array.isArray(resources) ? resources : Object.values(asObject(resources));
  return list.filter(isJsonObject).flatMap((resource) => {
    const nested = armResources({ resources: resource.resources });
    if (asText(resource.type)?.toLowerCase() !== ARM_TYPE) return nested;
    const name = lastName(asText(resource.name) ?? "");
    const cluster = lastName(asText(resource.scope) ?? "");
    return [...nested, { cluster, name, properties: asObject(resource.properties) }];
  });
}

function operatorObjects(value: unknown): readonly Configuration[] {
  if (!isJsonObject(value) || value.kind !== "FluxConfiguration") return [];
  if (asText(value.apiVersion)?.startsWith("kubernetesconfiguration.azure.com/") !== true) return [];
  const spec = asObject(value.spec);
  const name = asText(spec.azureName) ?? asText(asObject(value.metadata).name) ?? "";
  return [{ cluster: asText(asObject(spec.owner).name) ?? "", name, properties: spec }];
}

/** The name at the end of an id, a path, or the last text of an expression. */
function lastName(text: string): string {
  const quoted = text.startsWith("[")
    ? text
        .match(/'([^']*)'/g)
        ?.at(-1)
        ?.slice(1, -1)
    : text;
  return quoted?.split("/").at(-1) ?? "";
}

function kustomizations(configuration: string, properties: JsonObject, place: Place): readonly KubernetesObject[] {
  const entries = Object.entries(asObject(properties.kustomizations));
  return entries
    .filter((entry): entry is [string, JsonObject] => isJsonObject(entry[1]))
    .map(([key, entry]) => {
      const name = `${configuration}-${key}`;
      const spec = {
        ...entry,
        path: asText(entry.path) ?? ".",
        sourceRef: { kind: asText(properties.sourceKind) ?? "GitRepository", name: configuration },
        dependsOn: asList(entry.dependsOn).map((needed) => ({ name: `${configuration}-${String(needed)}` })),
      };
      const namespace = asText(properties.namespace);
      return {
        apiVersion: "kustomize.toolkit.fluxcd.io/v1",
        kind: "Kustomization",
        name,
        namespace,
        value: { apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization", metadata: { name }, spec },
        locate: () => place,
      };
    });
}
