import { entryOf } from "../../../estate/kubernetes/map-entry.ts";
import { findKustomizations } from "../../../estate/kustomize/find-kustomizations.ts";
import { sourceDirectory, sourceName } from "../../../estate/sources/source-path.ts";
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

/** What folders do not say themselves. */
export interface FolderTerms {
  /** Of what is called like nothing in particular. */
  readonly name: string;
  /** False where documents are to be written below the root: it can then be named by no document. */
  readonly rootIsWhole: boolean;
}

/** Name of the cluster of an environment that no folder names one for. */
function clusterOf(environment: string | undefined): string {
  return environment ?? "default";
}

/**
 * What folders deliver where no agent is told to: kustomizations that no other uses, charts with values for each
 * environment, and plain manifests. A folder below `clusters/` is for that cluster; an overlay is for its environment.
 */
export function readFolders(reader: RepositoryReader, { name, rootIsWhole }: FolderTerms): FolderReading {
  const folders = clusterFolders(reader);
  const { leaves, files: owned } = findKustomizations(reader.texts);
  const used = leaves.filter((leaf) => !reader.isInChart(`${leaf}/kustomization.yaml`));
  const places = [...folders].map(([cluster, folder]) => ({ name: cluster, folder }));
  const context = { reader, places, name, rootIsWhole };
  const deliveries = [
    ...used.flatMap((leaf) => kustomizationDelivery(leaf, context)),
    ...reader.charts.flatMap((chart) => chartDeliveries(chart, reader)),
    ...plainDeliveries(owned, context),
  ];
  const found = deliveries.length > 0 && folders.size > 0 ? [...folders.keys()].toSorted() : undefined;
  return { clusters: found, deliveries };
}

interface FolderContext extends FolderTerms {
  readonly reader: RepositoryReader;
  readonly places: readonly ClusterFolder[];
}

interface ClusterFolder {
  readonly name: string;
  readonly folder: string;
}

function placeOf(
  path: string,
  places: readonly ClusterFolder[],
): { readonly cluster: string; readonly environment: string | undefined } {
  const within = places.find(({ folder }) => path === folder || path.startsWith(`${folder}/`));
  const environment = path.split("/").findLast(isEnvironmentWord);
  if (within !== undefined) return { cluster: within.name, environment };
  return { cluster: clusterOf(environment), environment };
}

function kustomizationDelivery(leaf: string, { reader, places, name }: FolderContext): readonly FoundDelivery[] {
  const { objects } = reader.folder(leaf);
  if (objects.every(isAgentObject)) return [];
  const place = placeOf(leaf, places);
  return [
    {
      ...place,
      name: nameOfPath(leaf, place.cluster) ?? name,
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

/** One delivery for each folder that holds nothing but manifests of one place, and for each other file of objects. */
function plainDeliveries(owned: ReadonlySet<string>, context: FolderContext): readonly FoundDelivery[] {
  const { reader } = context;
  const plain = new Set(
    reader.files.filter(
      (file) =>
        !owned.has(file) &&
        !reader.isInChart(file) &&
        /\.(?:ya?ml|json)$/i.test(file) &&
        reader.file(file).objects.some((object) => !isAgentObject(object)),
    ),
  );
  const placesBelow = placesByFolder(plain, context);
  const whole = (folder: string): boolean =>
    (folder !== "." || context.rootIsWhole) &&
    placesBelow.get(folder)?.size === 1 &&
    reader.folder(folder).kind === "manifests" &&
    reader.filesBelow(folder).every((file) => plain.has(file) || !/\.(?:ya?ml|json)$/i.test(file));
  const sources = [...plain].map((file) => outermost(file, whole));
  return [...new Set(sources)].map((path) => plainDelivery(path, context));
}

/** The places of the manifests below each folder, as text. */
function placesByFolder(files: Iterable<string>, context: FolderContext): ReadonlyMap<string, ReadonlySet<string>> {
  const places = new Map<string, Set<string>>();
  for (const file of files) {
    const place = JSON.stringify(placeOfManifest(file, context));
    for (const folder of foldersAbove(file)) entryOf(places, folder, () => new Set<string>()).add(place);
  }
  return places;
}

/** The widest folder above a file that will do; the file itself where none does. */
function outermost(file: string, whole: (folder: string) => boolean): string {
  return foldersAbove(file).findLast(whole) ?? file;
}

/** From the nearest to the root. */
function foldersAbove(file: string): readonly string[] {
  const parts = file.split("/").slice(0, -1);
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join("/")), "."];
}

function placeOfManifest(file: string, { places }: FolderContext) {
  const place = placeOf(sourceDirectory(file), places);
  if (place.environment !== undefined || places.length > 0) return place;
  const environment = environmentIn(sourceName(file).replace(/\.\w+$/, ""));
  return environment === undefined ? place : { cluster: clusterOf(environment), environment };
}

function plainDelivery(path: string, context: FolderContext): FoundDelivery {
  const { reader, name } = context;
  const isFile = reader.texts.has(path);
  const place = placeOfManifest(isFile ? path : `${path}/any.yaml`, context);
  const objects = reader.folder(path).objects.filter((object) => !isAgentObject(object));
  return {
    ...place,
    name: nameOfPath(isFile ? sourceDirectory(path) : path, place.cluster) ?? name,
    tree: isPlatformName("", path) ? "platform" : "apps",
    source: { kind: "folder", path },
    namespace: onlyNamespace(objects),
    tenant: undefined,
    objects,
    place: objects[0]?.locate([]),
  };
}
