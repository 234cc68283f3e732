import { asList, asObject, asStringMap, asText } from "../../estate/kubernetes/json-value.ts";
import type { NamespaceScope } from "../../estate/kubernetes/object-index.ts";
import { indexPods, type PodIndex } from "../../estate/kubernetes/pod-index.ts";
import { readLabelSelector } from "../../estate/kubernetes/selector.ts";
import type { ServiceEndpoint, Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import { lookupOf } from "../estate-lookup/estate-lookup.ts";
import { declaresPort } from "./target-ports.ts";

export interface MonitorProblem {
  readonly field: FieldPath;
  readonly message: string;
  /** Both ends are in the input, so nothing else can make it right. */
  readonly isSeen: boolean;
}

/** A Service under the labels of its own metadata, as a ServiceMonitor selects it. */
interface LabelledService {
  readonly service: ServiceEndpoint;
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly environment: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly podLabels: { readonly [key: string]: string };
}

/** Why a ServiceMonitor or PodMonitor scrapes nothing at one of its endpoints; undefined when it does. */
export function monitorProblem(estate: Estate, placed: PlacedObject): MonitorProblem | undefined {
  const { kind, name } = placed.object;
  const spec = asObject(placed.object.value.spec);
  const selector = readLabelSelector(spec.selector ?? {});
  if (selector === undefined) return undefined;
  const ofServices = kind === "ServiceMonitor";
  const scopes = scopesOf(estate, placed);
  const services = ofServices ? scopes.flatMap((scope) => labelledServices(estate).select(scope, selector)) : [];
  const workloads = ofServices ? [] : scopes.flatMap((scope) => lookupOf(estate).pods.select(scope, selector));
  if (services.length + workloads.length === 0) {
    const what = ofServices ? "Service" : "pod";
    const message = `${kind} ${name} selects no ${what} in ${scopes.length === 1 ? `namespace ${scopes[0]?.namespace ?? ""}` : "its namespaces"}: nothing is measured.`;
    return { field: ["spec", "selector"], message, isSeen: false };
  }
  const list = ofServices ? "endpoints" : "podMetricsEndpoints";
  for (const [position, endpoint] of asList(spec[list]).entries()) {
    const port = asText(asObject(endpoint).port);
    if (port === undefined || offersPort(services, workloads, port)) continue;
    const message = `${kind} ${name} measures port "${port}", which nothing that it selects has.`;
    return { field: ["spec", list, position, "port"], message, isSeen: true };
  }
  return undefined;
}

function offersPort(services: readonly LabelledService[], workloads: readonly Workload[], port: string): boolean {
  return (
    services.some(({ service }) => service.ports.some(({ name }) => name === port)) ||
    workloads.some((workload) => workload.opaque || declaresPort(workload, port))
  );
}

/** Namespaces that it looks into: its own, those that it names, or all of its cluster. */
function scopesOf(estate: Estate, placed: PlacedObject): readonly NamespaceScope[] {
  const { any, matchNames } = asObject(asObject(placed.object.value.spec).namespaceSelector);
  const { environment, cluster } = placed;
  const names = any === true ? [...(namespacesOf(estate).get(`${environment}/${cluster}`) ?? [])] : asList(matchNames);
  const namespaces = names.filter((name) => typeof name === "string");
  const own = any === true || namespaces.length > 0 ? namespaces : [placed.namespace ?? ""];
  return own.map((namespace) => ({ environment, cluster, namespace }));
}

const namespaces = new WeakMap<Estate, ReadonlyMap<string, ReadonlySet<string>>>();

function namespacesOf(estate: Estate): ReadonlyMap<string, ReadonlySet<string>> {
  const known = namespaces.get(estate);
  if (known !== undefined) return known;
  const groups = Map.groupBy(
    [...estate.workloads, ...estate.services],
    ({ environment, cluster }) => `${environment}/${cluster}`,
  );
  const found = new Map([...groups].map(([key, items]) => [key, new Set(items.map(({ namespace }) => namespace))]));
  namespaces.set(estate, found);
  return found;
}

const serviceIndexes = new WeakMap<Estate, PodIndex<LabelledService>>();

function labelledServices(estate: Estate): PodIndex<LabelledService> {
  const known = serviceIndexes.get(estate);
  if (known !== undefined) return known;
  const index = indexPods(
    estate.services.map((service): LabelledService => {
      const { id, name, environment, cluster, namespace, object } = service;
      const podLabels = asStringMap(asObject(object.value.metadata).labels);
      return { service, id, kind: "Service", name, environment, cluster, namespace, podLabels };
    }),
  );
  serviceIndexes.set(estate, index);
  return index;
}
