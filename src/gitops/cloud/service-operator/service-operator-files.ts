import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { RepositoryFile } from "../../repository/repository-file.ts";
import { yamlText } from "../../repository/yaml-text.ts";
import type { ResourceGraph } from "../graph/resource-graph.ts";
import { type OperatorObject, PARAMETERS, RECONCILE_POLICY, SUBSCRIPTION } from "./operator-object.ts";
import { operatorObjects } from "./operator-objects.ts";
import { placeholder } from "./operator-spec.ts";

const FOLDER = "infra/service-operator";

/**
 * Files of the operator: for each subscription a kustomization with an object a file, and a ConfigMap with the parameters
 * that the user fills in once; replacements put them where they belong.
 */
export function serviceOperatorFiles(graph: ResourceGraph): readonly RepositoryFile[] {
  const byNamespace = Map.groupBy(operatorObjects(graph).objects, ({ namespace }) => namespace);
  return [...byNamespace]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([namespace, objects]) => subscriptionFiles(namespace, objects));
}

function subscriptionFiles(namespace: string, objects: readonly OperatorObject[]): readonly RepositoryFile[] {
  const folder = `${FOLDER}/${namespace}`;
  const tells = `Subscription/${namespace}`;
  const parameters = [
    ...new Set(objects.flatMap((object) => object.parameters.map(({ parameter }) => parameter))),
  ].sort();
  const file = (path: string, object: JsonObject, of = tells) => ({
    path: `${folder}/${path}`,
    text: yamlText(object),
    tells: of,
  });
  const paths = objects.map(({ kind, name, part }) => `${part}/${kind.kind.toLowerCase()}-${name}.yaml`);
  return [
    file("kustomization.yaml", kustomization(namespace, paths, objects, parameters.length > 0)),
    file("namespace.yaml", {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: namespace, annotations: { [SUBSCRIPTION]: objects[0]?.subscription ?? namespace } },
    }),
    ...(parameters.length === 0 ? [] : [file("parameters.yaml", parameterMap(parameters))]),
    ...objects.map((object, index) => file(paths[index] ?? "", customResource(object), object.tells)),
  ];
}

/** Agents prune what is no longer in the repository: a store that is renamed there must not be emptied in Azure. */
function customResource({ kind, name, namespace, spec, staysBehind }: OperatorObject): JsonObject {
  const annotations = staysBehind ? { annotations: { [RECONCILE_POLICY]: "detach-on-delete" } } : {};
  return {
    apiVersion: `${kind.group}/${kind.version}`,
    kind: kind.kind,
    metadata: { name, namespace, ...annotations },
    spec,
  };
}

function kustomization(
  namespace: string,
  paths: readonly string[],
  objects: readonly OperatorObject[],
  hasParameters: boolean,
): JsonObject {
  return {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: ["namespace.yaml", ...(hasParameters ? ["parameters.yaml"] : []), ...paths.toSorted()],
    ...(hasParameters ? { replacements: replacements(namespace, objects) } : {}),
  };
}

function replacements(namespace: string, objects: readonly OperatorObject[]): readonly JsonObject[] {
  const uses = objects.flatMap((object) => object.parameters.map((use) => ({ ...use, object })));
  return [...Map.groupBy(uses, ({ parameter }) => parameter)]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([parameter, targets]) => ({
      source: { kind: "ConfigMap", name: PARAMETERS, fieldPath: `data.${parameter}` },
      targets: targets.map(({ object: { kind, name }, fieldPath }) => ({
        select: { group: kind.group, version: kind.version, kind: kind.kind, name, namespace },
        fieldPaths: [fieldPath],
      })),
    }));
}

/** Only the replacements read it: it is not delivered. */
function parameterMap(parameters: readonly string[]): JsonObject {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: PARAMETERS, annotations: { "config.kubernetes.io/local-config": "true" } },
    data: Object.fromEntries(parameters.map((parameter) => [parameter, placeholder(parameter)])),
  };
}
