import { deliveryCycle } from "../../../estate/diagnostics/import-diagnostics.ts";
import { apiGroup } from "../../../estate/kubernetes/group-kind.ts";
import { asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { KubernetesObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { entryOf } from "../../../estate/kubernetes/map-entry.ts";
import { isUnder } from "../../../estate/sources/source-path.ts";
import { holdsVariables, isAgentObject, onlyNamespace } from "../delivery-content.ts";
import type { FoundComponent, FoundDelivery } from "../found-estate.ts";
import type { ImportLog } from "../import-log.ts";
import { noteOlderVersions } from "../older-versions.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import { type FluxDelivery, walkCluster } from "./cluster-walk.ts";
import { readFluxConfigurations } from "./flux-configurations.ts";

export interface FluxReading {
  readonly clusters: readonly string[];
  readonly deliveries: readonly FoundDelivery[];
  readonly components: readonly FoundComponent[];
}

/** Name of the cluster of a repository that has no folder for any. */
const ONLY_CLUSTER = "cluster";

/**
 * What Flux delivers by the objects of a repository: for each folder below `clusters/`, and for each cluster that a Flux
 * configuration of AKS names. Undefined where there is nothing of Flux.
 */
export function readFlux(reader: RepositoryReader, log: ImportLog): FluxReading | undefined {
  const entries = entriesByCluster(reader);
  if (entries.size === 0) return undefined;
  const readings = [...entries]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([cluster, { objects, folder }]) => {
      const walked = walkCluster(cluster, objects, reader, log);
      reportCycles(walked, log);
      const direct = folder === undefined ? undefined : directDelivery(cluster, folder, walked, reader);
      return { ...walked, deliveries: [...walked.deliveries, ...(direct === undefined ? [] : [direct])] };
    });
  noteOlderVersions(
    readings.flatMap(({ agentObjects }) => agentObjects),
    log,
  );
  return {
    clusters: [...entries.keys()].toSorted(),
    deliveries: readings.flatMap(({ deliveries }) => deliveries),
    components: readings.flatMap(({ components }) => components),
  };
}

interface Entries {
  readonly objects: KubernetesObject[];
  readonly folder: string | undefined;
}

function entriesByCluster(reader: RepositoryReader): ReadonlyMap<string, Entries> {
  const entries = new Map<string, Entries>();
  for (const [cluster, folder] of clusterFolders(reader)) {
    const objects = reader.folder(folder).objects.filter(isFlux);
    if (objects.length > 0) entries.set(cluster, { objects: [...objects], folder });
  }
  for (const { cluster, objects } of readFluxConfigurations(reader)) {
    const fromPath = objects.flatMap(({ value }) => clusterOfFolder(pathOf(value)) ?? [])[0];
    const name = fromPath ?? (cluster === "" ? ONLY_CLUSTER : cluster);
    entryOf(entries, name, (): Entries => ({ objects: [], folder: undefined })).objects.push(...objects);
  }
  if (entries.size > 0) return entries;
  const elsewhere = reader.files
    .filter((file) => !reader.isInChart(file) && /kustomize\.toolkit\.fluxcd\.io/.test(reader.texts.get(file) ?? ""))
    .flatMap((file) => reader.file(file).objects.filter(isEntry));
  return elsewhere.length === 0 ? entries : new Map([[ONLY_CLUSTER, { objects: elsewhere, folder: undefined }]]);
}

function pathOf(value: { readonly [key: string]: unknown }): string {
  return (asText(asObject(value.spec).path) ?? "").replace(/^\.\//, "");
}

function isFlux(object: KubernetesObject): boolean {
  return isAgentObject(object) && apiGroup(object.apiVersion).endsWith("fluxcd.io");
}

/** A patch names neither a source nor a path. */
function isEntry(object: KubernetesObject): boolean {
  return isFlux(object) && object.kind === "Kustomization" && pathOf(object.value) !== "";
}

/** Folders below one that is called `clusters`, by name. */
export function clusterFolders(reader: RepositoryReader): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  for (const file of reader.files) {
    const match = /^((?:[^/]+\/)*?clusters\/([^/]+))\/[^/]/.exec(file);
    const [, folder = "", name = ""] = match ?? [];
    if (match !== null && !reader.isInChart(file) && !folders.has(name)) folders.set(name, folder);
  }
  return folders;
}

/** The cluster that a folder below `clusters/` is of. */
function clusterOfFolder(path: string): string | undefined {
  return /(?:^|\/)clusters\/([^/]+)/.exec(path)?.[1];
}

/** Whoever installs Flux gives it the folder of the cluster itself, unless something in there is delivered by name. */
function directDelivery(
  cluster: string,
  folder: string,
  { deliveries, agentObjects }: FluxDelivery,
  reader: RepositoryReader,
): FoundDelivery | undefined {
  const paths = agentObjects.filter(({ kind }) => kind === "Kustomization").map(({ value }) => pathOf(value));
  if (paths.some((path) => isUnder(path, folder) || (path !== "" && isUnder(folder, path)))) return undefined;
  const objects = reader.folder(folder).objects.filter((object) => !isAgentObject(object));
  if (objects.length === 0 || deliveries.some(({ source }) => source.path === folder)) return undefined;
  const namespace = onlyNamespace(objects);
  return {
    name: cluster,
    cluster,
    environment: undefined,
    tree: holdsVariables(objects) || namespace === undefined ? "platform" : "apps",
    source: { kind: "folder", path: folder },
    namespace,
    tenant: undefined,
    objects,
    place: undefined,
  };
}

/** Each circle once, from its first member by name. */
function reportCycles({ dependsOn }: FluxDelivery, log: ImportLog): void {
  const done = new Set<string>();
  for (const start of [...dependsOn.keys()].toSorted()) {
    const path: string[] = [];
    for (let name: string | undefined = start; name !== undefined && !done.has(name); ) {
      const at = path.indexOf(name);
      if (at !== -1) {
        const deliveries = path.slice(at).map((each) => `Kustomization ${each}`);
        log.report(deliveryCycle, { deliveries }, dependsOn.get(name)?.object.locate(["spec", "dependsOn"]));
        break;
      }
      path.push(name);
      name = dependsOn.get(name)?.names.find((needed) => leadsBack(needed, path, dependsOn));
    }
    for (const name of path) done.add(name);
  }
}

/** True when something on the path is reached from here: only such a step can close a circle. */
function leadsBack(from: string, path: readonly string[], dependsOn: FluxDelivery["dependsOn"]): boolean {
  const pending = [from];
  const reached = new Set<string>();
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (path.includes(name)) return true;
    if (reached.has(name)) continue;
    reached.add(name);
    pending.push(...(dependsOn.get(name)?.names ?? []));
  }
  return false;
}
