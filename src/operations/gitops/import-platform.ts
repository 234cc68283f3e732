import { chartRequest } from "../../estate/binding/resolve-manifests.ts";
import { equalValues } from "../../estate/kubernetes/equal-values.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { readObjects } from "../../estate/kubernetes/read-objects.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import { CLUSTER_PLACEHOLDER } from "../../estate/sources/referenced-paths.ts";
import { deliveryUnits } from "../../gitops/delivery/delivery-units.ts";
import { objectKeyOf, objectKeyText } from "../../gitops/delivery/object-key.ts";
import type { FoundDelivery } from "../../gitops/import/found-estate.ts";
import type { ManifestPath } from "../../gitops/import/gather-applications.ts";
import { yamlDocuments } from "../../gitops/repository/yaml-text.ts";
import type { ChartRenderer } from "../ports.ts";
import { generatedPolicies, objectiveRules } from "./delivery-additions.ts";
import { fromRoot, type ImportPlaces } from "./import-paths.ts";
import { readFacts } from "./read-facts.ts";

/** Objects that the platform delivers and that a render of the documents would not: they need a home of their own. */
export interface PlatformRemainder {
  readonly files: ReadonlyMap<string, string>;
  /** Further manifests of applications, by name. */
  readonly manifests: ReadonlyMap<string, readonly ManifestPath[]>;
}

interface Remaining {
  readonly cluster: string;
  /** Undefined where no application has anything to do with it. */
  readonly application: string | undefined;
  readonly object: JsonObject;
}

/**
 * Compares what platform deliveries bring with what a render of the estate would bring by itself. What is not derived was
 * declared somewhere: it is written beside the documents, for the application that it belongs to.
 *
 * @param charted Applications whose manifests are a chart: a folder cannot stand beside one.
 */
export async function platformRemainder(
  estate: Estate,
  deliveries: readonly FoundDelivery[],
  context: {
    readonly places: ImportPlaces;
    readonly texts: ReadonlyMap<string, string>;
    readonly charts: ChartRenderer;
    readonly charted: ReadonlySet<string>;
    readonly signal?: AbortSignal;
  },
): Promise<PlatformRemainder> {
  const derived = derivedObjects(estate, context.texts);
  const remaining: Remaining[] = [];
  for (const delivery of deliveries) {
    const objects = await objectsOf(delivery, context);
    const there = derived.get(delivery.cluster);
    const differs = (object: JsonObject): boolean => {
      const known = there?.get(objectKeyText(objectKeyOf(object)));
      return known === undefined || !equalValues(known, object);
    };
    const groups = Map.groupBy(objects, groupOf);
    for (const group of groups.values()) {
      if (!group.some(differs)) continue;
      for (const object of isAlone(group[0]) ? group.filter(differs) : group)
        remaining.push({ cluster: delivery.cluster, application: applicationOf(object, delivery, estate), object });
    }
  }
  return written(remaining, estate, context.charted);
}

/** A declared policy or quota takes the place of all that would be derived in its namespace: those stay together. */
function groupOf(object: JsonObject): string {
  const { kind, namespace, name } = objectKeyOf(object);
  return isAlone(object) ? `${kind} ${namespace ?? ""} ${name}` : `${kind} ${namespace ?? ""}`;
}

function isAlone(object: JsonObject | undefined): boolean {
  return !["NetworkPolicy", "ResourceQuota", "LimitRange"].includes(String(object?.kind));
}

function derivedObjects(estate: Estate, texts: ReadonlyMap<string, string>) {
  const clusters = estate.clusters.map(({ name }) => name);
  const { units } = deliveryUnits(estate, {
    networkPolicies: generatedPolicies(estate),
    objectiveRules: objectiveRules(estate),
    facts: readFacts(texts, clusters).facts,
  });
  const byCluster = new Map<string, Map<string, JsonObject>>();
  for (const { cluster, objects } of units.flatMap(({ leaves }) => leaves)) {
    const known = byCluster.get(cluster) ?? new Map<string, JsonObject>();
    byCluster.set(cluster, known);
    for (const object of objects) known.set(objectKeyText(objectKeyOf(object)), object);
  }
  return byCluster;
}

async function objectsOf(
  { source, objects, namespace }: FoundDelivery,
  {
    places,
    charts,
    signal,
  }: { readonly places: ImportPlaces; readonly charts: ChartRenderer; readonly signal?: AbortSignal },
): Promise<readonly JsonObject[]> {
  if (source.kind !== "chart") return objects.map(({ value }) => value);
  const request = chartRequest({
    chart: fromRoot(places, source.path),
    release: source.release,
    namespace,
    values: source.values.map((file) => fromRoot(places, file)),
    kubernetesVersion: undefined,
  });
  const { text } = await charts.render(request, signal);
  return readObjects(readYaml(text, request.chart).documents).objects.map(({ value }) => value);
}

/** The application whose namespace it is, or which names it, or the first of the tenant that it is delivered for. */
function applicationOf(object: JsonObject, delivery: FoundDelivery, estate: Estate): string | undefined {
  const { kind, namespace, name } = objectKeyOf(object);
  const here = estate.applications.filter(({ clusters }) =>
    [...clusters.values()].some((names) => names.includes(delivery.cluster)),
  );
  const space = kind === "Namespace" ? name : namespace;
  if (space !== undefined) return here.find((application) => application.namespace === space)?.name;
  const naming = estate.objects.find(
    (placed) =>
      placed.cluster === delivery.cluster &&
      placed.application !== undefined &&
      JSON.stringify(placed.object.value).includes(JSON.stringify(name)),
  );
  const tenant = delivery.name.replace(/^platform-/, "");
  return naming?.application ?? here.find((application) => application.tenant === tenant)?.name;
}

function written(remaining: readonly Remaining[], estate: Estate, charted: ReadonlySet<string>): PlatformRemainder {
  const files = new Map<string, string>();
  const manifests = new Map<string, ManifestPath[]>();
  const ownerOf = ({ application }: Remaining): string =>
    application === undefined || charted.has(application) ? "" : application;
  for (const [application, list] of Map.groupBy(remaining, ownerOf)) {
    const file = (cluster: string): string =>
      `manifests/${cluster}/${application === "" ? "platform" : application}.yaml`;
    const clusters = application === "" ? [] : clustersOf(estate, application);
    for (const cluster of clusters) files.set(file(cluster), "# Nothing more on this cluster.\n");
    for (const [cluster, there] of Map.groupBy(list, (each) => each.cluster)) {
      const byKey = new Map(there.map(({ object }) => [objectKeyText(objectKeyOf(object)), object]));
      const sorted = [...byKey].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, object]) => object);
      files.set(file(cluster), yamlDocuments(sorted));
    }
    if (application !== "") manifests.set(application, [{ of: "estate", path: file(CLUSTER_PLACEHOLDER) }]);
  }
  return { files, manifests };
}

function clustersOf({ applications }: Estate, name: string): readonly string[] {
  const application = applications.find((each) => each.name === name);
  return [...new Set([...(application?.clusters.values() ?? [])].flat())].toSorted();
}
