import { findKustomizations } from "../../../estate/kustomize/find-kustomizations.ts";
import { sourceDirectory } from "../../../estate/sources/source-path.ts";
import { isAgentObject, onlyNamespace } from "../delivery-content.ts";
import { clusterFolders } from "../flux/read-flux.ts";
import type { FoundDelivery, FoundSource } from "../found-estate.ts";
import { environmentIn, isEnvironmentWord, isPlatformName, nameOfPath } from "../place-names.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import { valuesByEnvironment } from "./chart-values.ts";

export interface FolderReading {
  /** Undefined where no folder names any. */
  readonly clusters: readonly string[] | undefined;
  readonly deliveries: readonly FoundDelivery[];
}

/** Name of the cluster of an environment that no folder names one for. */
function clusterOf(environment: string | undefined): string {
  return environment === undefined ? "cluster" : `${environment}-cluster`;
}

/**
 * What folders deliver where no agent is told to: kustomizations that no other uses, charts with values for each
 * environment, and plain manifests. A folder below `clusters/` is for that cluster; an overlay is for its environment.
 */
export function readFolders(reader: RepositoryReader): FolderReading {
  const folders = clusterFolders(reader);
  const { leaves, files: owned } = findKustomizations(reader.texts);
  const used = leaves.filter((leaf) => !reader.isInChart(`${leaf}/kustomization.yaml`));
  const places = [...folders].map(([name, folder]) => ({ name, folder }));
  const deliveries = [
    ...used.flatMap((leaf) => kustomizationDelivery(leaf, places, reader)),
    ...reader.charts.flatMap((chart) => chartDeliveries(chart, reader)),
    ...plainDeliveries(owned, places, reader),
  ];
  const found = deliveries.length > 0 && folders.size > 0 ? [...folders.keys()].toSorted() : undefined;
  return { clusters: found, deliveries };
}

interface ClusterFolder {
  readonly name: string;
  readonly folder: string;
}

function placeOf(path: string, places: readonly ClusterFolder[]): { readonly cluster: string; readonly environment: string | undefined } {
  const within = places.find(({ folder }) => path === folder || path.startsWith(`${folder}/`));
  const environment = path.split("/").findLast(isEnvironmentWord);
  if (within !== undefined) return { cluster: within.name, environment };
  return { cluster: clusterOf(environment), environment };
}

function kustomizationDelivery(
  leaf: string,
  places: readonly ClusterFolder[],
  reader: RepositoryReader,
): readonly FoundDelivery[] {
  const { objects } = reader.folder(leaf);
  if (objects.every(isAgentObject)) return [];
  const place = placeOf(leaf, places);
  return [
    {
      ...place,
      name: nameOfPath(leaf, place.cluster) ?? (leaf === "." ? "manifests" : place.cluster),
      tree: isPlatformName("", leaf) ? "platform" : "apps",
      source: { kind: "folder", path: leaf },
      namespace: onlyNamespace(objects),
      tenant: undefined,
      objects,
      place: objects[0]?.locate([]),
    },
  ];
}

function chartDeliveries(chart: string, reader: RepositoryReader): readonly FoundDelivery[] {
  const name = nameOfPath(chart, "") ?? "chart";
  const source = (values: readonly string[]): FoundSource => ({
    kind: "chart",
    path: chart,
    values,
    inlineValues: {},
    release: name,
  });
  const delivery = (environment: string | undefined, values: readonly string[]): FoundDelivery => ({
    name,
    cluster: clusterOf(environment),
    environment,
    tree: isPlatformName(name, chart) ? "platform" : "apps",
    source: source(values),
    namespace: undefined,
    tenant: undefined,
    objects: [],
    place: { precision: "file", source: `${chart}/Chart.yaml` },
  });
  const values = valuesByEnvironment(chart, name, reader);
  if (values.size === 0) return [delivery(undefined, [])];
  return [...values].map(([environment, files]) => delivery(environment, files));
}

/** One delivery for each file that holds objects and lies in no kustomization and no chart, or for their folder. */
function plainDeliveries(
  owned: ReadonlySet<string>,
  places: readonly ClusterFolder[],
  reader: RepositoryReader,
): readonly FoundDelivery[] {
  const files = reader.files.filter(
    (file) =>
      !owned.has(file) &&
      !reader.isInChart(file) &&
      /\.(?:ya?ml|json)$/i.test(file) &&
      reader.file(file).objects.some((object) => !isAgentObject(object)),
  );
  const byFolder = Map.groupBy(files, sourceDirectory);
  return [...byFolder].flatMap(([folder, inFolder]) =>
    inFolder.map((file): FoundDelivery => {
      const objects = reader.file(file).objects.filter((object) => !isAgentObject(object));
      const inName = environmentIn(file.slice(file.lastIndexOf("/") + 1).replace(/\.\w+$/, ""));
      const place = placeOf(folder, places);
      const environment = place.environment ?? (places.length === 0 ? inName : undefined);
      const cluster = place.environment === undefined && places.length === 0 ? clusterOf(environment) : place.cluster;
      return {
        cluster,
        environment,
        name: nameOfPath(folder, cluster) ?? "manifests",
        tree: isPlatformName("", folder) ? "platform" : "apps",
        source: { kind: "folder", path: file },
        namespace: onlyNamespace(objects),
        tenant: undefined,
        objects,
        place: { precision: "file", source: file },
      };
    }),
  );
}
