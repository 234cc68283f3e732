import { indexObjects, type ObjectIndex } from "../../../estate/kubernetes/object-index.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import type { Place } from "../../../estate/sources/place.ts";
import type { FieldPath } from "../../../estate/sources/yaml-document.ts";
import type { DeliveryUnit } from "../../../gitops/delivery/delivery-unit.ts";
import { objectKeyOf } from "../../../gitops/delivery/object-key.ts";

/** Environments that share a cluster share its API server: the environment plays no part there. */
export const ANY_ENVIRONMENT = "";

/**
 * The objects of units as they will be on the clusters. One that a manifest of the estate gives stands where that gives it,
 * one that is derived stands at its tenant.
 */
export function deliveredObjects(estate: Estate, units: readonly DeliveryUnit[]): readonly PlacedObject[] {
  const declared = new Map(estate.objects.map((placed) => [declaredKey(placed), placed.object]));
  const tenants = new Map(estate.tenants.map(({ name, place }) => [name, place]));
  return units.flatMap((unit) =>
    unit.leaves.flatMap(({ environment, cluster, objects }) =>
      objects.map((value): PlacedObject => {
        const { kind, name, namespace } = objectKeyOf(value);
        const known = declared.get(`${environment}/${cluster}/${namespace ?? ""}/${kind}/${name}`);
        const place: Place = tenants.get(unit.tenant) ?? estate.place ?? { precision: "file", source: "" };
        const locate = (path: FieldPath) => known?.locate(path) ?? place;
        const object = { apiVersion: String(value["apiVersion"]), kind, name, namespace, value, locate };
        return { environment, cluster, namespace, application: undefined, tenant: unit.tenant, object };
      }),
    ),
  );
}

/** By cluster and namespace, whichever environment brings an object. */
export function indexByCluster(objects: readonly PlacedObject[]): ObjectIndex {
  return indexObjects(objects.map((placed) => ({ ...placed, environment: ANY_ENVIRONMENT }))).index;
}

function declaredKey({ environment, cluster, namespace, object }: PlacedObject): string {
  return `${environment}/${cluster}/${namespace ?? ""}/${object.kind}/${object.name}`;
}
