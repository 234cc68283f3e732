import {
  deliveredFromElsewhere,
  deliveredPathMissing,
  deliveryChangesContent,
  pathDeliveredTwice,
} from "../../../estate/diagnostics/import-diagnostics.ts";
import { apiGroup } from "../../../estate/kubernetes/group-kind.ts";
import { asList, asObject, asText, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { KubernetesObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { normalizeSourcePath } from "../../../estate/sources/source-path.ts";
import { holdsVariables, isAgentObject, onlyNamespace } from "../delivery-content.ts";
import type { FoundComponent, FoundDelivery } from "../found-estate.ts";
import type { ImportLog } from "../import-log.ts";
import { isPlatformName } from "../place-names.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import { pathOfArtifact } from "./artifact-paths.ts";
import { readHelmRelease } from "./helm-release.ts";

/** What Flux brings to one cluster. */
export interface FluxDelivery {
  readonly deliveries: readonly FoundDelivery[];
  readonly components: readonly FoundComponent[];
  /** Names that Kustomizations wait for, by their own. */
  readonly dependsOn: ReadonlyMap<string, { readonly names: readonly string[]; readonly object: KubernetesObject }>;
  /** All objects of the agent that were met. */
  readonly agentObjects: readonly KubernetesObject[];
}

/** Fields of a Kustomization that change what its folder gives. */
const changingFields = ["patches", "components", "images", "namePrefix", "nameSuffix", "commonMetadata"];

/**
 * Follows the objects of Flux on one cluster: each Kustomization to its folder, what that holds of Flux again, and each
 * release to its chart. An object is followed once, so circles end.
 */
export function walkCluster(
  cluster: string,
  entries: readonly KubernetesObject[],
  reader: RepositoryReader,
  log: ImportLog,
): FluxDelivery {
  const walk = new ClusterWalk(cluster, reader, log);
  walk.follow(entries);
  return walk.result();
}

class ClusterWalk {
  readonly #cluster: string;
  readonly #reader: RepositoryReader;
  readonly #log: ImportLog;
  readonly #pending: KubernetesObject[] = [];
  readonly #met = new Map<string, KubernetesObject>();
  readonly #deliveries: FoundDelivery[] = [];
  readonly #components: FoundComponent[] = [];
  readonly #dependsOn = new Map<string, { readonly names: readonly string[]; readonly object: KubernetesObject }>();
  readonly #byPath = new Map<string, KubernetesObject>();

  constructor(cluster: string, reader: RepositoryReader, log: ImportLog) {
    this.#cluster = cluster;
    this.#reader = reader;
    this.#log = log;
  }

  follow(entries: readonly KubernetesObject[]): void {
    this.#add(entries);
    for (let object = this.#pending.shift(); object !== undefined; object = this.#pending.shift()) {
      const group = apiGroup(object.apiVersion);
      if (group === "kustomize.toolkit.fluxcd.io" && object.kind === "Kustomization") this.#kustomization(object);
      if (group === "helm.toolkit.fluxcd.io" && object.kind === "HelmRelease") this.#release(object);
    }
  }

  result(): FluxDelivery {
    const accounts = new Set(
      [...this.#met.values()].flatMap(({ value }) => asText(asObject(value.spec).serviceAccountName) ?? []),
    );
    return {
      deliveries: this.#deliveries.filter(({ objects }) => !isReconciler(objects, accounts)),
      components: this.#components,
      dependsOn: this.#dependsOn,
      agentObjects: [...this.#met.values()],
    };
  }

  #add(objects: readonly KubernetesObject[]): void {
    for (const object of objects) {
      if (!isAgentObject(object)) continue;
      const key = `${apiGroup(object.apiVersion)}/${object.kind}/${object.namespace ?? ""}/${object.name}`;
      if (this.#met.has(key)) continue;
      this.#met.set(key, object);
      this.#pending.push(object);
    }
  }

  #kustomization(object: KubernetesObject): void {
    const spec = asObject(object.value.spec);
    const delivery = `Kustomization ${object.name} of ${this.#cluster}`;
    const dependsOn = asList(spec.dependsOn).flatMap((entry) => asText(asObject(entry).name) ?? []);
    this.#dependsOn.set(object.name, { names: dependsOn, object });
    const sourceKind = asText(asObject(spec.sourceRef).kind) ?? "GitRepository";
    const written = normalizeSourcePath(asText(spec.path) ?? ".");
    const composed =
      sourceKind === "ExternalArtifact"
        ? pathOfArtifact(asText(asObject(spec.sourceRef).name) ?? "", written, this.#met.values())
        : undefined;
    const path = composed ?? written;
    const content = this.#reader.folder(path);
    if (
      (sourceKind !== "GitRepository" && composed === undefined) ||
      (content.kind === "missing" && this.#isForeign(spec))
    ) {
      const source = `${sourceKind} ${asText(asObject(spec.sourceRef).name) ?? "without a name"}`;
      const parameters = { delivery, source, consequence: "its objects are not known" };
      this.#log.report(deliveredFromElsewhere, parameters, object.locate(["spec", "sourceRef"]));
      return;
    }
    if (content.kind === "missing") {
      this.#log.report(deliveredPathMissing, { delivery, path }, object.locate(["spec", "path"]));
      return;
    }
    const first = this.#byPath.get(path);
    if (first !== undefined) {
      const parameters = { path, cluster: this.#cluster, deliveries: [first.name, object.name] };
      this.#log.report(pathDeliveredTwice, parameters, object.locate(["spec", "path"]));
      return;
    }
    this.#byPath.set(path, object);
    this.#log.take(content.diagnostics);
    this.#add(content.objects);
    const payload = content.objects.filter((each) => !isAgentObject(each));
    if (payload.length > 0) this.#deliver(object, path, payload);
  }

  #deliver(object: KubernetesObject, path: string, objects: readonly KubernetesObject[]): void {
    const spec = asObject(object.value.spec);
    const target = asText(spec.targetNamespace);
    const fields = changingFields.filter((field) => spec[field] !== undefined);
    if (isJsonObject(spec.postBuild) && holdsVariables(objects)) fields.push("postBuild");
    if (target !== undefined && objects.some(({ namespace = target }) => namespace !== target))
      fields.push("targetNamespace");
    if (fields.length > 0) {
      const parameters = { delivery: `Kustomization ${object.name} of ${this.#cluster}`, fields };
      this.#log.report(deliveryChangesContent, parameters, object.locate(["spec", fields[0] ?? ""]));
    }
    this.#deliveries.push({
      name: object.name,
      cluster: this.#cluster,
      environment: undefined,
      tree: isPlatformName(object.name, path) ? "platform" : "apps",
      source: { kind: "folder", path },
      namespace: target ?? onlyNamespace(objects),
      tenant: tenantOfAccount(asText(spec.serviceAccountName)),
      objects,
      place: object.locate([]),
    });
  }

  #release(object: KubernetesObject): void {
    const release = readHelmRelease(object, this.#cluster, this.#reader, this.#log);
    if (release.kind === "component") {
      this.#components.push(release.component);
      return;
    }
    const { source, namespace } = release;
    this.#deliveries.push({
      name: object.name,
      cluster: this.#cluster,
      environment: undefined,
      tree: isPlatformName(object.name, source.path) ? "platform" : "apps",
      source,
      namespace,
      tenant: tenantOfAccount(asText(asObject(object.value.spec).serviceAccountName)),
      objects: [],
      place: object.locate([]),
    });
  }

  /** A source of another address than the one that most of the cluster comes from. */
  #isForeign(spec: { readonly [key: string]: unknown }): boolean {
    const name = asText(asObject(spec.sourceRef).name);
    const sources = [...this.#met.values()].filter(({ kind }) => kind === "GitRepository");
    const main = [...this.#byPath.values()].map(({ value }) => asText(asObject(asObject(value.spec).sourceRef).name));
    return name !== undefined && sources.length > 1 && main.length > 0 && !main.includes(name);
  }
}

/** What an account that deliveries act as may do: it belongs to the agent and is written with it. */
function isReconciler(objects: readonly KubernetesObject[], accounts: ReadonlySet<string>): boolean {
  const kinds = new Set(objects.map(({ kind }) => kind));
  const rights = ["ServiceAccount", "Role", "RoleBinding"];
  return (
    kinds.size > 0 &&
    [...kinds].every((kind) => rights.includes(kind)) &&
    objects.some(({ kind, name }) => kind === "ServiceAccount" && accounts.has(name))
  );
}

/** `reconciler-retail` and `retail-reconciler` act for retail. */
function tenantOfAccount(account: string | undefined): string | undefined {
  return account?.replace(/^(?:reconciler|applier|flux)-|-(?:reconciler|applier|flux)$/, "");
}
