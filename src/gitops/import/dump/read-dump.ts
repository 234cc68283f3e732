import { nodesOfOneMoment } from "../../../estate/assumptions/import-rules.ts";
import { secretsLeftOut } from "../../../estate/diagnostics/import-diagnostics.ts";
import { apiGroup } from "../../../estate/kubernetes/group-kind.ts";
import { asList, asObject, asStringMap, asText } from "../../../estate/kubernetes/json-value.ts";
import { readKindScopes } from "../../../estate/kubernetes/kind-scope.ts";
import type { KubernetesObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { sourceName } from "../../../estate/sources/source-path.ts";
import { yamlDocuments } from "../../repository/yaml-text.ts";
import type { FoundCluster, FoundComponent, FoundDelivery, FoundTenant } from "../found-estate.ts";
import type { ImportLog } from "../import-log.ts";
import { documentName, environmentIn } from "../place-names.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import { declaredForm, isDeclared, madeClaims } from "./clean-object.ts";
import { clusterOfNodes } from "./node-pools.ts";

export interface DumpReading {
  readonly clusters: readonly FoundCluster[];
  readonly deliveries: readonly FoundDelivery[];
  readonly components: readonly FoundComponent[];
  readonly tenants: readonly FoundTenant[];
  readonly files: ReadonlyMap<string, string>;
}

/** Namespaces that AKS and Kubernetes bring themselves. */
const systemNamespaces =
  /^(?:kube-.*|gatekeeper-system|aks-.*|calico-system|tigera-operator|app-routing-system|dapr-system)$/;
/** Namespaces that widespread platform components are installed in by default. */
const componentNamespaces =
  /^(?:argocd|cert-manager|external-dns|external-secrets|flagger-system|flux-system|ingress-nginx|istio-.*|keda|kyverno|linkerd.*|monitoring|prometheus|traefik|velero)$/;

/**
 * Reads what `kubectl get -o yaml` wrote, one file for each cluster, named like it. What controllers made is left out;
 * the rest is written by namespace, because a file of all namespaces can be named by no application. Undefined for
 * files that no API server wrote.
 */
export function readDump(reader: RepositoryReader, log: ImportLog): DumpReading | undefined {
  const dumps = reader.files
    .filter((file) => !reader.isInChart(file) && reader.file(file).objects.length > 0)
    .map((file) => ({ file, objects: reader.file(file).objects }));
  if (dumps.length === 0 || !dumps.every(({ objects }) => isDumped(objects))) return undefined;
  const readings = dumps.map(({ file, objects }) => {
    log.take(reader.file(file).diagnostics);
    return readCluster(documentName(sourceName(file).replace(/\.[^.]+$/, "")) ?? "cluster", objects, log);
  });
  reportSecrets(dumps, readings, log);
  return {
    clusters: readings.map(({ cluster }) => cluster),
    deliveries: readings.flatMap(({ deliveries }) => deliveries),
    components: readings.flatMap(({ components }) => components),
    tenants: tenantsOf(dumps.flatMap(({ objects }) => objects)),
    files: new Map(readings.flatMap(({ files }) => [...files])),
  };
}

/** Only a server gives objects an id. */
function isDumped(objects: readonly KubernetesObject[]): boolean {
  return objects.some(({ kind, value }) => kind === "Node" || asObject(value.metadata).uid !== undefined);
}

function readCluster(name: string, objects: readonly KubernetesObject[], log: ImportLog) {
  const cluster = clusterOfNodes(name, objects);
  for (const { name: pool, count } of cluster.nodePools ?? [])
    log.assume(nodesOfOneMoment, `Cluster/${name}`, { pool, count });
  const scopes = readKindScopes(objects);
  const claims = madeClaims(objects);
  const declared = objects.filter((object) => isDeclared(object, claims));
  const namespaceOf = (object: KubernetesObject): string | undefined =>
    object.kind === "Namespace"
      ? object.name
      : scopes.scopeOf(object) === "Cluster"
        ? undefined
        : (object.namespace ?? "default");
  const byNamespace = Map.groupBy(declared, namespaceOf);
  const deliveries: FoundDelivery[] = [];
  const components: FoundComponent[] = [];
  const files = new Map<string, string>();
  for (const [namespace, members] of [...byNamespace].toSorted(([left = ""], [right = ""]) =>
    left < right ? -1 : 1,
  )) {
    if (namespace === undefined || systemNamespaces.test(namespace)) continue;
    if (componentNamespaces.test(namespace)) {
      components.push({ cluster: name, name: namespace, namespace, version: versionOf(members) });
      continue;
    }
    if (!members.some(({ kind }) => kind !== "Namespace" && kind !== "RoleBinding")) continue;
    const path = `manifests/${name}/${namespace}.yaml`;
    files.set(path, yamlDocuments(members.map(declaredForm)));
    deliveries.push(delivery(name, namespace, path, members));
  }
  return { cluster, deliveries, components, files };
}

function delivery(
  cluster: string,
  namespace: string,
  path: string,
  objects: readonly KubernetesObject[],
): FoundDelivery {
  return {
    name: namespace,
    cluster,
    environment: environmentIn(cluster),
    tree: "apps",
    source: { kind: "written", path },
    namespace,
    tenant: objects.flatMap((object) => (object.kind === "Namespace" ? (tenantLabel(object) ?? []) : []))[0],
    objects,
    place: objects[0]?.locate([]),
  };
}

function versionOf(objects: readonly KubernetesObject[]): string | undefined {
  const labels = objects.map(({ value }) => asStringMap(asObject(value.metadata).labels));
  return labels.flatMap((each) => each["app.kubernetes.io/version"] ?? [])[0];
}

/** Labels by which people say whose a namespace is. */
const tenantLabels = ["tenant", "toolkit.fluxcd.io/tenant", "capsule.clastix.io/tenant", "team", "owner"];

function tenantLabel({ value }: KubernetesObject): string | undefined {
  const labels = asStringMap(asObject(value.metadata).labels);
  const written = tenantLabels.flatMap((label) => labels[label] ?? [])[0];
  return written === undefined ? undefined : documentName(written);
}

/** Tenants by the labels of namespaces, and their owners by the groups that have rights there. */
function tenantsOf(objects: readonly KubernetesObject[]): readonly FoundTenant[] {
  const byTenant = Map.groupBy(
    objects.filter(({ kind, apiVersion }) => kind === "Namespace" && apiVersion === "v1"),
    tenantLabel,
  );
  return [...byTenant].flatMap(([name, namespaces]) => {
    if (name === undefined) return [];
    const names = [...new Set(namespaces.map((namespace) => namespace.name))].toSorted();
    return [{ name, namespaces: names, owners: ownersOf(names, objects) }];
  });
}

function ownersOf(namespaces: readonly string[], objects: readonly KubernetesObject[]): readonly string[] {
  const bindings = objects.filter(
    ({ kind, apiVersion, namespace }) =>
      kind === "RoleBinding" &&
      apiGroup(apiVersion) === "rbac.authorization.k8s.io" &&
      namespaces.includes(namespace ?? ""),
  );
  const groups = bindings.flatMap(({ value }) =>
    asList(value.subjects)
      .map(asObject)
      .flatMap((subject) => (subject.kind === "Group" ? (asText(subject.name) ?? []) : [])),
  );
  return [...new Set(groups)].filter((group) => !group.startsWith("system:")).toSorted();
}

function reportSecrets(
  dumps: readonly { readonly objects: readonly KubernetesObject[] }[],
  readings: readonly { readonly cluster: FoundCluster; readonly deliveries: readonly FoundDelivery[] }[],
  log: ImportLog,
): void {
  const holding = readings.filter(({ deliveries }) => deliveries.some(({ objects }) => objects.some(isSecret)));
  const secrets = readings.flatMap(({ deliveries }) => deliveries.flatMap(({ objects }) => objects.filter(isSecret)));
  if (dumps.length === 0 || secrets.length === 0) return;
  log.report(secretsLeftOut, { secrets: secrets.length, clusters: holding.map(({ cluster }) => cluster.name) });
}

function isSecret({ kind, apiVersion }: KubernetesObject): boolean {
  return kind === "Secret" && apiVersion === "v1";
}
