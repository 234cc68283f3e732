import {
  applicationsNotGenerated,
  deliveredFromElsewhere,
  deliveredPathMissing,
  deliveryChangesContent,
  pathDeliveredTwice,
} from "../../../estate/diagnostics/import-diagnostics.ts";
import { asList, asObject, asText, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject, KubernetesObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { findKustomizations } from "../../../estate/kustomize/find-kustomizations.ts";
import type { Place } from "../../../estate/sources/place.ts";
import { expandApplicationSet } from "../../argocd/expand-application-set.ts";
import { isAgentObject, onlyNamespace } from "../delivery-content.ts";
import type { FoundCluster, FoundComponent, FoundDelivery, FoundTenant } from "../found-estate.ts";
import type { ImportLog } from "../import-log.ts";
import { documentName, isPlatformName } from "../place-names.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import { readSources } from "./application-sources.ts";

export interface ArgoReading {
  readonly clusters: readonly FoundCluster[];
  readonly deliveries: readonly FoundDelivery[];
  readonly components: readonly FoundComponent[];
  readonly tenants: readonly FoundTenant[];
}

/** Projects that stand for nobody who owns something. */
const ownerless = new Set(["default", "platform", "argocd", "bootstrap", "infrastructure", "cluster"]);
/** Where Argo CD itself runs, as an address and as a name. */
const ownAddress = /^https:\/\/kubernetes\.default\.svc/;
const ONLY_CLUSTER = "in-cluster";

/** What Argo CD delivers by the objects of a repository; undefined where there are none. */
export function readArgo(reader: RepositoryReader, log: ImportLog): ArgoReading | undefined {
  const walk = new ArgoWalk(reader, log);
  walk.follow(objectsOf(reader));
  return walk.isEmpty ? undefined : walk.result();
}

/** What no kustomization reads, and what those give that no other uses. */
function objectsOf(reader: RepositoryReader): readonly KubernetesObject[] {
  const mentions = (path: string): boolean => /argoproj\.io\//.test(reader.texts.get(path) ?? "");
  const files = reader.files.filter((path) => !reader.isInChart(path) && /\.(?:ya?ml|json)$/.test(path));
  const mentioned = files.filter(mentions);
  if (mentioned.length === 0) return [];
  const { leaves, files: owned } = findKustomizations(reader.texts);
  return [
    ...mentioned.filter((path) => !owned.has(path)).flatMap((path) => reader.file(path).objects),
    ...leaves.flatMap((folder) => reader.folder(folder).objects),
  ];
}

interface Application {
  readonly name: string;
  readonly value: JsonObject;
  /** Labels, and below them what a generator gave: both say where it goes. */
  readonly said: JsonObject;
  readonly place: Place;
}

class ArgoWalk {
  readonly #reader: RepositoryReader;
  readonly #log: ImportLog;
  readonly #applications = new Map<string, Application>();
  readonly #projects = new Map<string, KubernetesObject>();
  readonly #pending: Application[] = [];
  readonly #clusters = new Map<string, FoundCluster>();
  readonly #deliveries: FoundDelivery[] = [];
  readonly #components: FoundComponent[] = [];
  readonly #byPath = new Map<string, string>();
  #own: string | undefined;

  constructor(reader: RepositoryReader, log: ImportLog) {
    this.#reader = reader;
    this.#log = log;
  }

  get isEmpty(): boolean {
    return this.#applications.size === 0;
  }

  follow(objects: readonly KubernetesObject[]): void {
    this.#add(objects);
    this.#own = this.#ownAddress();
    for (let next = this.#pending.shift(); next !== undefined; next = this.#pending.shift()) this.#application(next);
  }

  /** A project that delivers nothing but objects of the agent owns nothing. */
  result(): ArgoReading {
    const owning = new Set(this.#deliveries.map(({ tenant }) => tenant));
    return {
      clusters: [...this.#clusters.values()].toSorted((left, right) => (left.name < right.name ? -1 : 1)),
      deliveries: this.#deliveries,
      components: this.#components,
      tenants: [...this.#projects.values()].filter(({ name }) => owning.has(name)).map(tenantOf),
    };
  }

  #add(objects: readonly KubernetesObject[]): void {
    for (const object of objects) {
      if (!isAgentObject(object) || !object.apiVersion.startsWith("argoproj.io/")) continue;
      if (object.kind === "AppProject") this.#projects.set(object.name, object);
      if (object.kind === "Application") this.#addApplication(object.value, {}, object.locate([]));
      if (object.kind === "ApplicationSet") this.#addSet(object);
    }
  }

  #addSet(object: KubernetesObject): void {
    const { applications, problems } = expandApplicationSet(asObject(object.value.spec), this.#reader.texts);
    for (const problem of problems) {
      const parameters = { problem: `ApplicationSet ${object.name} has ${problem}` };
      this.#log.report(applicationsNotGenerated, parameters, object.locate(["spec", "generators"]));
    }
    for (const { value, parameters } of applications) this.#addApplication(value, parameters, object.locate([]));
  }

  #addApplication(value: JsonObject, parameters: JsonObject, place: Place): void {
    const name = asText(asObject(value.metadata).name);
    if (name === undefined || this.#applications.has(name)) return;
    const said = { ...parameters, ...asObject(asObject(value.metadata).labels) };
    const application = { name, value, said, place };
    this.#applications.set(name, application);
    this.#pending.push(application);
  }

  /** The address that most Applications with a path name is that of the repository itself. */
  #ownAddress(): string | undefined {
    const counts = new Map<string, number>();
    for (const { value } of this.#applications.values()) {
      const spec = asObject(value.spec);
      for (const source of isJsonObject(spec.source) ? [spec.source] : asList(spec.sources)) {
        const { repoURL, path } = asObject(source);
        if (typeof repoURL !== "string" || typeof path !== "string") continue;
        const weight = this.#reader.folder(path).kind === "missing" ? 0 : 1;
        counts.set(repoURL, (counts.get(repoURL) ?? 0) + weight);
      }
    }
    const [most] = [...counts].toSorted((left, right) => right[1] - left[1]);
    return most?.[1] === 0 ? undefined : most?.[0];
  }

  #application(application: Application): void {
    const { name, value, place } = application;
    const delivery = `Application ${name}`;
    for (const source of readSources(name, asObject(value.spec), this.#own, this.#reader)) {
      if (source.kind === "missing") {
        this.#log.report(deliveredPathMissing, { delivery, path: source.path }, place);
      } else if (source.kind === "elsewhere") {
        const consequence = "its objects are not known";
        this.#log.report(deliveredFromElsewhere, { delivery, source: source.from, consequence }, place);
        this.#addComponent(application, source);
      } else {
        if (source.changes.length > 0)
          this.#log.report(deliveryChangesContent, { delivery, fields: source.changes }, place);
        this.#deliver(application, source.source);
      }
    }
  }

  #addComponent(
    application: Application,
    source: { readonly chart: string | undefined; readonly version: string | undefined },
  ) {
    if (source.chart === undefined) return;
    const { cluster, namespace } = this.#destination(application);
    const version = source.version !== undefined && /^v?\d/.test(source.version) ? source.version : undefined;
    this.#components.push({ cluster, name: documentName(source.chart) ?? application.name, version, namespace });
  }

  #deliver(application: Application, source: FoundDelivery["source"]): void {
    const content = this.#reader.folder(source.path);
    this.#log.take(content.diagnostics);
    if (source.kind === "folder") this.#add(content.objects);
    const objects = source.kind === "chart" ? [] : content.objects.filter((object) => !isAgentObject(object));
    if (source.kind === "folder" && objects.length === 0) return;
    const { cluster, namespace } = this.#destination(application);
    const path = source.kind === "chart" ? JSON.stringify(source) : source.path;
    const first = this.#byPath.get(`${cluster} ${path}`);
    if (first !== undefined) {
      const parameters = { path: source.path, cluster, deliveries: [first, application.name] };
      this.#log.report(pathDeliveredTwice, parameters, application.place);
      return;
    }
    this.#byPath.set(`${cluster} ${path}`, application.name);
    const project = asText(asObject(application.value.spec).project) ?? "default";
    this.#deliveries.push({
      name: application.name,
      cluster,
      environment: asText(application.said.environment) ?? asText(application.said.env),
      tree: project === "platform" || isPlatformName("", source.path) ? "platform" : "apps",
      source,
      namespace: onlyNamespace(objects) ?? namespace,
      tenant: ownerless.has(project) ? undefined : project,
      objects,
      place: application.place,
    });
  }

  #destination({ value, said }: Application): { readonly cluster: string; readonly namespace: string | undefined } {
    const destination = asObject(asObject(value.spec).destination);
    const server = asText(destination.server);
    const named = asText(destination.name) ?? (server === undefined || ownAddress.test(server) ? ONLY_CLUSTER : server);
    const host = /^https?:\/\/([^/:]+)/.exec(named)?.[1] ?? named;
    const cluster = documentName(host.split(".")[0] ?? "") ?? ONLY_CLUSTER;
    const ring = asText(said.ring);
    const region = asText(said.region);
    const known = this.#clusters.get(cluster);
    this.#clusters.set(cluster, {
      name: cluster,
      ...known,
      ...(ring === undefined || ring === "none" ? {} : { ring }),
      ...(region === undefined ? {} : { region }),
    });
    return { cluster, namespace: asText(destination.namespace) };
  }
}

function tenantOf({ name, value }: KubernetesObject): FoundTenant {
  const spec = asObject(value.spec);
  const owners = asList(spec.roles).flatMap((role) =>
    asList(asObject(role).groups).filter((group) => typeof group === "string"),
  );
  const namespaces = asList(spec.destinations).flatMap((destination) => asText(asObject(destination).namespace) ?? []);
  const written = namespaces.filter((namespace) => /^[a-z0-9-]+$/.test(namespace));
  return { name, owners: [...new Set(owners)].toSorted(), namespaces: [...new Set(written)].toSorted() };
}
