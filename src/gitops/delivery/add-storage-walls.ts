import type { Application } from "../../estate/model/application.ts";
import { noFacts } from "./delivery-inputs.ts";
import { missFact, type PlaceTask } from "./delivery-log.ts";
import type { EstateIndex } from "./estate-index.ts";
import { objectKeyOf } from "./object-key.ts";
import type { DeliveryPlace } from "./place.ts";
import { mostWallKeys, ownedClasses, quotaWall, storageClassPolicy } from "./platform/quota-walls.ts";
import { ownKeyStorageClasses } from "./platform/storage-classes.ts";
import { platformAddress } from "./unit-address.ts";

/**
 * Adds StorageClasses with an own key where the class of an application asks for one, and walls around every class that
 * belongs to an application, made from the classes that are written.
 */
export function addStorageWalls(task: Omit<PlaceTask, "place"> & { readonly places: readonly DeliveryPlace[] }): void {
  for (const place of task.places) {
    for (const application of task.index.estate.applications) addOwnClasses({ ...task, place }, application);
  }
  for (const place of task.places) addWalls({ ...task, place });
}

/** Applications of a confidential class, and those of tenants whose data is confidential or higher. */
function asksForOwnKey({ class: className, tenant }: Application, { estate, tenants }: EstateIndex): boolean {
  const rank = (classification: string | undefined) =>
    classification === undefined ? -1 : estate.classifications.indexOf(classification);
  const confidential = rank("confidential");
  return (
    className === "confidential" || (confidential >= 0 && rank(tenants.get(tenant)?.classification) >= confidential)
  );
}

function addOwnClasses(task: PlaceTask, application: Application): void {
  const { index, place, drafts, inputs } = task;
  const workloads = index.at(place).workloads.filter((workload) => workload.application === application.name);
  if (workloads.length === 0 || !asksForOwnKey(application, index)) return;
  const { diskEncryptionSets } = inputs.facts.get(place.cluster.name) ?? noFacts;
  const id = Object.hasOwn(diskEncryptionSets, application.name) ? diskEncryptionSets[application.name] : undefined;
  if (id !== undefined) {
    for (const object of ownKeyStorageClasses(application.name, id)) {
      drafts.add(platformAddress(application.tenant), place, object);
    }
    return;
  }
  if (workloads.some(({ claims }) => claims.length > 0)) {
    const what = `The disk encryption set of ${application.name}`;
    missFact(task, what, "storage classes with its own key", application.place);
  }
}

function addWalls({ index, place, drafts }: PlaceTask): void {
  const objects = [...drafts.objectsAt(place)];
  const classes = ownedClasses(objects);
  if (classes.length > mostWallKeys) {
    for (const object of storageClassPolicy(classes)) drafts.add(platformAddress("platform"), place, object);
    return;
  }
  const namespaces = objects.filter(({ kind }) => kind === "Namespace").map((object) => objectKeyOf(object).name);
  for (const namespace of namespaces) {
    const application = index.applicationOf(namespace);
    const wall = quotaWall(namespace, application?.name, classes);
    const tenant = application?.tenant ?? index.tenantOf(namespace);
    if (wall !== undefined) drafts.add(platformAddress(tenant), place, wall);
  }
}
