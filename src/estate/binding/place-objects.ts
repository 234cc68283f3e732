import { defaultNamespace } from "../assumptions/estate-rules.ts";
import { applicationEmpty, manifestsEmpty } from "../diagnostics/binding-diagnostics.ts";
import { readKindScopes } from "../kubernetes/kind-scope.ts";
import type { KubernetesObject } from "../kubernetes/kubernetes-object.ts";
import { entryOf } from "../kubernetes/map-entry.ts";
import type { PlacedObject } from "../model/estate.ts";
import type { BoundApplication } from "./bind-applications.ts";
import type { BindingLog } from "./binding-log.ts";
import type { NamespaceOwners } from "./namespace-owners.ts";
import { ObjectCollisions } from "./object-collisions.ts";
import type { ManifestAssignment, ManifestPlan } from "./plan-manifests.ts";
import type { UnitLoader } from "./unit-loader.ts";

/** Namespace of objects that nobody gives one. */
const DEFAULT_NAMESPACE = "default";

interface PlacingContext {
  readonly loader: UnitLoader;
  readonly owners: NamespaceOwners;
  readonly applications: readonly BoundApplication[];
  readonly log: BindingLog;
}

/**
 * Puts every object where it runs: one for each cluster of each environment, with namespace, application and tenant. Of
 * two objects with one identity in one place the later one counts, as when both are applied.
 */
export function placeObjects(
  plan: ManifestPlan,
  context: PlacingContext,
): { readonly objects: readonly PlacedObject[]; readonly overwritten: readonly PlacedObject[] } {
  const contents = loadAll(plan, context);
  const scopes = readKindScopes(allObjects(contents));
  const byNamespace = applicationsByNamespace(context.applications);
  const collisions = new ObjectCollisions();
  const withoutNamespace = new Set<KubernetesObject>();
  for (const { application, environment, clusters, units } of plan.assignments) {
    for (const unit of units) {
      for (const object of contents.get(unit.key) ?? []) {
        const clusterScoped = scopes.scopeOf(object) === "Cluster";
        const named = object.namespace ?? application?.namespace;
        if (!clusterScoped && named === undefined) withoutNamespace.add(object);
        const namespace = clusterScoped ? undefined : (named ?? DEFAULT_NAMESPACE);
        for (const cluster of clusters) {
          const owner = application ?? byNamespace(object, namespace, environment, cluster);
          const tenant = tenantOf(object, owner, namespace, context.owners);
          const placed = { environment, cluster, namespace, application: owner?.name, tenant, object };
          collisions.add(placed, unit);
        }
      }
    }
  }
  collisions.report(context.log);
  assumeDefaultNamespace(withoutNamespace, context.log);
  const objects = collisions.objects();
  reportEmptyApplications(objects, context);
  return { objects, overwritten: collisions.givenWay() };
}

function loadAll(plan: ManifestPlan, context: PlacingContext): ReadonlyMap<string, readonly KubernetesObject[]> {
  const contents = new Map<string, readonly KubernetesObject[]>();
  for (const assignment of plan.assignments) {
    let count = 0;
    let broken = false;
    for (const unit of assignment.units) {
      const content = context.loader.load(unit);
      contents.set(unit.key, content.objects);
      count += content.objects.length;
      if (content.broken) {
        assignment.application?.broken.add(unit.path);
        assignment.application?.needs.addUnread(unit.path, assignment.environment);
      }
      broken ||= content.broken;
    }
    if (count === 0 && !broken) reportEmptyManifests(assignment, context.log);
  }
  return contents;
}

function reportEmptyManifests({ application, environment, units }: ManifestAssignment, log: BindingLog): void {
  const [unit] = units;
  if (application === undefined || unit === undefined) return;
  application.needs.add(`a Kubernetes object in ${unit.path}`, environment);
  if (application.broken.has(unit.path)) return;
  application.broken.add(unit.path);
  const { document } = application;
  const context = { place: document.locate(["spec", "manifests"]), affects: [document.id] };
  log.report(manifestsEmpty, { field: document.id, path: unit.path }, context);
}

function* allObjects(contents: ReadonlyMap<string, readonly KubernetesObject[]>): Iterable<KubernetesObject> {
  for (const objects of contents.values()) yield* objects;
}

type FindApplication = (
  object: KubernetesObject,
  namespace: string | undefined,
  environment: string,
  cluster: string,
) => BoundApplication | undefined;

/** An Application that names no manifests owns what nobody else names in its namespace, in the places where it runs. */
function applicationsByNamespace(applications: readonly BoundApplication[]): FindApplication {
  const byNamespace = new Map<string, BoundApplication[]>();
  for (const application of applications) {
    const { namespace, document } = application;
    if (namespace === undefined || document.value.spec?.manifests !== undefined) continue;
    entryOf(byNamespace, namespace, (): BoundApplication[] => []).push(application);
  }
  return (object, namespace, environment, cluster) => {
    const wanted = namespace ?? (isNamespace(object) ? object.name : undefined);
    const candidates = wanted === undefined ? undefined : byNamespace.get(wanted);
    return candidates?.find(({ clusters }) => clusters.get(environment)?.includes(cluster) ?? false);
  };
}

function isNamespace(object: KubernetesObject): boolean {
  return object.kind === "Namespace" && object.apiVersion === "v1";
}

/** A Namespace object belongs to whom the namespace belongs. */
function tenantOf(
  object: KubernetesObject,
  application: BoundApplication | undefined,
  namespace: string | undefined,
  owners: NamespaceOwners,
): string {
  const owned = namespace ?? (isNamespace(object) ? object.name : undefined);
  return owners.tenantOf(application, owned, () => object.locate([]));
}

function assumeDefaultNamespace(objects: ReadonlySet<KubernetesObject>, log: BindingLog): void {
  const [example] = objects;
  if (example === undefined) return;
  const parameters = { objects: objects.size, example: `${example.kind}/${example.name}` };
  log.assume(defaultNamespace, "Namespace/default", parameters, example.locate([]));
}

function reportEmptyApplications(objects: readonly PlacedObject[], { applications, log }: PlacingContext): void {
  const withObjects = new Set(objects.map(({ application }) => application));
  for (const { name, namespace, document } of applications) {
    if (document.value.spec?.manifests !== undefined || withObjects.has(name)) continue;
    const context = { place: document.locate(["spec"]), affects: [document.id] };
    log.report(applicationEmpty, { application: name, namespace }, context);
  }
}
