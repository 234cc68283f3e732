import { applicationEnvironments } from "../assumptions/estate-rules.ts";
import { applicationWithoutCluster, clusterServesNot } from "../diagnostics/binding-diagnostics.ts";
import type { ValidDocument } from "../kinds/validate-document.ts";
import type { Cluster } from "../model/cluster.ts";
import type { Environment } from "../model/estate.ts";
import type { FieldPath } from "../sources/yaml-document.ts";
import type { BindingLog } from "./binding-log.ts";
import type { DocumentSet } from "./document-set.ts";
import { MissingNeeds, neededFields } from "./missing-needs.ts";

/** An Application with the places where it runs. */
export interface BoundApplication {
  readonly name: string;
  readonly document: ValidDocument<"Application">;
  /** Undefined when it names none, or one that does not exist. */
  readonly tenant: string | undefined;
  readonly namespace: string | undefined;
  /** In order of promotion. */
  readonly environments: readonly string[];
  /** Environment to clusters; without an entry where none serves it. */
  readonly clusters: ReadonlyMap<string, readonly string[]>;
  /** Names that stand for nothing and were reported; later steps add to it. */
  readonly broken: Set<string>;
  /** What its journeys need and cannot have; later steps add to it. */
  readonly needs: MissingNeeds;
}

interface ApplicationSurroundings {
  readonly environments: readonly Environment[];
  readonly clusters: readonly Cluster[];
}

/** Binds every Application to tenant, environments and clusters; what does not exist is reported and left out. */
export function bindApplications(
  documents: DocumentSet,
  surroundings: ApplicationSurroundings,
  log: BindingLog,
): readonly BoundApplication[] {
  const tenants = documents.tenants.map(({ name }) => name);
  return documents.applications.map((document) => {
    const broken = new Set(document.broken);
    const needs = new MissingNeeds();
    for (const field of neededFields(document.broken)) needs.add(`a usable ${field} of ${document.id}`);
    const context = { document, broken, needs, log };
    const environments = bindOwnEnvironments(context, surroundings);
    return {
      name: document.name,
      document,
      tenant: bindTenant(context, tenants),
      namespace: document.value.spec?.namespace,
      environments,
      clusters: bindOwnClusters(context, environments, surroundings.clusters),
      broken,
      needs,
    };
  });
}

/** Reports a name in an Application that stands for nothing, and marks the Application. */
export function reportBroken(
  application: Pick<BoundApplication, "document" | "broken">,
  path: FieldPath,
  dangling: { readonly what: string; readonly target: string; readonly candidates: Iterable<string> },
  log: BindingLog,
): void {
  const { document, broken } = application;
  const { what, target, candidates } = dangling;
  broken.add(target);
  const parameters = { field: document.id, what, target, candidates: [...candidates] };
  log.dangling(parameters, { place: document.locate(path), affects: [document.id] });
}

interface ApplicationContext {
  readonly document: ValidDocument<"Application">;
  readonly broken: Set<string>;
  readonly needs: MissingNeeds;
  readonly log: BindingLog;
}

function bindTenant(context: ApplicationContext, tenants: readonly string[]): string | undefined {
  const tenant = context.document.value.spec?.tenant;
  if (tenant === undefined || tenants.includes(tenant)) return tenant;
  reportBroken(context, ["spec", "tenant"], { what: "tenant", target: tenant, candidates: tenants }, context.log);
  return undefined;
}

function bindOwnEnvironments(
  context: ApplicationContext,
  { environments }: ApplicationSurroundings,
): readonly string[] {
  const { document, log } = context;
  const names = environments.map(({ name }) => name);
  const declared = document.value.spec?.environments;
  if (declared === undefined) {
    const byManifests = environmentsOfManifests(document, names);
    if (byManifests.length > 0) return byManifests;
    if (names.length > 1) {
      log.assume(applicationEnvironments, document.id, { environments: names }, document.locate(["spec"]));
    }
    return names;
  }
  declared.forEach((name, index) => {
    if (names.includes(name)) return;
    const path = ["spec", "environments", index];
    reportBroken(context, path, { what: "environment", target: name, candidates: names }, log);
  });
  return names.filter((name) => declared.includes(name));
}

/** Manifests given by environment and none by default say where the Application runs. */
function environmentsOfManifests(document: ValidDocument<"Application">, names: readonly string[]): readonly string[] {
  const manifests = document.value.spec?.manifests;
  if (typeof manifests !== "object" || Array.isArray(manifests) || "chart" in manifests || "default" in manifests)
    return [];
  return names.filter((name) => Object.hasOwn(manifests, name));
}

function bindOwnClusters(
  context: ApplicationContext,
  environments: readonly string[],
  clusters: readonly Cluster[],
): ReadonlyMap<string, readonly string[]> {
  const { document, broken, log } = context;
  const declared = document.value.spec?.clusters ?? {};
  for (const environment of Object.keys(declared)) {
    if (environments.includes(environment)) continue;
    const path = ["spec", "clusters", environment];
    reportBroken(context, path, { what: "environment", target: environment, candidates: environments }, log);
  }
  const bound = new Map<string, readonly string[]>();
  for (const environment of environments) {
    const named = declared[environment];
    const names =
      named === undefined
        ? clusters.filter((cluster) => cluster.environments.includes(environment)).map(({ name }) => name)
        : namedClusters(context, environment, named, clusters);
    if (names.length > 0) {
      bound.set(environment, names);
      continue;
    }
    broken.add(`environment ${environment}`);
    // Clusters that were named and do not exist are reported already.
    if (named !== undefined && named.length > 0) continue;
    const place = document.locate(["spec", "environments"]);
    log.report(
      applicationWithoutCluster,
      { application: document.name, environment },
      { place, affects: [document.id] },
    );
  }
  return bound;
}

function namedClusters(
  context: ApplicationContext,
  environment: string,
  names: readonly string[],
  clusters: readonly Cluster[],
): readonly string[] {
  const { document, log } = context;
  const bound = new Set<string>();
  names.forEach((name, index) => {
    const path = ["spec", "clusters", environment, index];
    const cluster = clusters.find((candidate) => candidate.name === name);
    if (cluster === undefined) {
      const candidates = clusters.map((candidate) => candidate.name);
      reportBroken(context, path, { what: "cluster", target: name, candidates }, log);
      context.needs.add(`Cluster/${name}, which is not declared`, environment);
      return;
    }
    bound.add(name);
    if (cluster.environments.includes(environment)) return;
    log.report(clusterServesNot, { cluster: name, environment }, { place: document.locate(path) });
  });
  return [...bound];
}
