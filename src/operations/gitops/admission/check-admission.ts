import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import {
  callCutOff,
  podsRefused,
  podsRefusedByManifests,
  quotaBelowPeak,
} from "../../../estate/diagnostics/gitops-diagnostics.ts";
import { entryOf } from "../../../estate/kubernetes/map-entry.ts";
import { scopeKey } from "../../../estate/kubernetes/object-index.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import type { DeliveryUnit } from "../../../gitops/delivery/delivery-unit.ts";
import { scaledWorkloads } from "../../../gitops/delivery/derived/scaled-workloads.ts";
import { cutCalls } from "./cut-calls.ts";
import { ANY_ENVIRONMENT, deliveredObjects, indexByCluster } from "./delivered-objects.ts";
import { readNamespaceBounds } from "./namespace-bounds.ts";
import { quotaShortfalls } from "./quota-shortfalls.ts";
import { type Refusal, refusalsOf } from "./refused-pods.ts";

/**
 * Whether what is to be delivered would run: pods that the API server takes, quotas that hold them all, policies that let
 * their calls through. The platform writes namespaces, quotas and policies, teams write pods: only together do they tell.
 */
export function checkAdmission(estate: Estate, units: readonly DeliveryUnit[]): readonly Diagnostic[] {
  const objects = deliveredObjects(estate, units);
  const index = indexByCluster(objects);
  const boundsOf = readNamespaceBounds(index);
  const clusters = new Map(estate.clusters.map((cluster) => [cluster.name, cluster]));
  const declared = new Set(
    estate.objects.flatMap(({ cluster, object }) => (object.kind === "Namespace" ? [`${cluster}/${object.name}`] : [])),
  );
  const found = new Findings();
  for (const [scope, workloads] of workloadsByNamespace(estate, objects)) {
    const [first] = workloads;
    const cluster = clusters.get(first?.cluster ?? "");
    if (first === undefined || cluster === undefined) continue;
    const bounds = boundsOf(scope);
    const inCluster = { environment: ANY_ENVIRONMENT, cluster: cluster.name, namespace: undefined };
    const namespace = index.find(inCluster, "Namespace", first.namespace);
    const isDeclared = declared.has(`${cluster.name}/${first.namespace}`);
    for (const workload of workloads) {
      for (const refusal of refusalsOf(workload, { cluster, namespace, isDeclared, bounds })) {
        found.add(nameOf(workload) + refusal.reason, cluster.name, (names) => refused(workload, refusal, names));
      }
    }
    for (const { place, ...shortfall } of quotaShortfalls(workloads, bounds)) {
      found.add([first.namespace, ...Object.values(shortfall)].join(" "), cluster.name, (names) =>
        diagnose(quotaBelowPeak, { ...shortfall, namespace: first.namespace, clusters: names }, { place }),
      );
    }
  }
  for (const { from, to, ports, reason } of cutCalls(estate, objects)) {
    const call = { from: nameOf(from), to: nameOf(to), ports };
    found.add(Object.values(call).join(" "), from.cluster, (names) =>
      diagnose(callCutOff, { ...call, reason, clusters: names }, { place: from.place }),
    );
  }
  return found.diagnostics();
}

/** With as many replicas as what is delivered beside them may give them. */
function workloadsByNamespace(
  { workloads }: Estate,
  objects: readonly PlacedObject[],
): ReadonlyMap<string, readonly Workload[]> {
  const onCluster = Map.groupBy(objects, ({ cluster }) => cluster);
  const scaled = [...Map.groupBy(workloads, ({ cluster }) => cluster)].flatMap(([cluster, own]) =>
    scaledWorkloads(
      own,
      (onCluster.get(cluster) ?? []).map(({ object }) => object.value),
    ),
  );
  return Map.groupBy(scaled, (workload) => scopeKey({ ...workload, environment: ANY_ENVIRONMENT }));
}

function refused(
  workload: Workload,
  { byManifests, reason, remedy }: Refusal,
  clusters: readonly string[],
): Diagnostic {
  const rule = byManifests ? podsRefusedByManifests : podsRefused;
  return diagnose(rule, { workload: nameOf(workload), clusters, reason, remedy }, { place: workload.place });
}

/** Each problem once, with all clusters that have it. */
class Findings {
  readonly #found = new Map<
    string,
    { readonly clusters: Set<string>; readonly tell: (clusters: readonly string[]) => Diagnostic }
  >();

  add(key: string, cluster: string, tell: (clusters: readonly string[]) => Diagnostic): void {
    entryOf(this.#found, key, () => ({ clusters: new Set<string>(), tell })).clusters.add(cluster);
  }

  diagnostics(): readonly Diagnostic[] {
    return [...this.#found.values()].map(({ clusters, tell }) => tell([...clusters].sort()));
  }
}

function nameOf({ namespace, kind, name }: Workload): string {
  return `${namespace}/${kind}/${name}`;
}
