import { apiGroup } from "../../estate/kubernetes/group-kind.ts";
import { asObject, asText } from "../../estate/kubernetes/json-value.ts";
import { objectId, scopeKey } from "../../estate/kubernetes/object-index.ts";
import { controllerOf } from "../../estate/kubernetes/owner.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import { lookupOf } from "../estate-lookup/estate-lookup.ts";

/** A HorizontalPodAutoscaler or KEDA ScaledObject, with the names and defaults of its bounds. */
export interface Scaler {
  readonly placed: PlacedObject;
  /** Undefined when it names no kind or no name. An HPA without apiVersion means the core group. */
  readonly target: { readonly group: string; readonly kind: string; readonly name: string } | undefined;
  readonly floorField: string;
  readonly ceilingField: string;
  readonly standardFloor: number;
  /** Undefined: the field is required. */
  readonly standardCeiling: number | undefined;
}

/** Every horizontal autoscaler of the estate, by id; what KEDA made of a ScaledObject is left out. */
export function readScalers(estate: Estate): readonly Scaler[] {
  const { objects } = lookupOf(estate);
  const own = objects
    .ofKind("HorizontalPodAutoscaler.autoscaling")
    .filter(({ object }) => controllerOf(object)?.kind !== "ScaledObject");
  return [
    ...own.map(
      (placed): Scaler => ({
        placed,
        target: readTarget(placed, "", undefined),
        floorField: "minReplicas",
        ceilingField: "maxReplicas",
        standardFloor: 1,
        standardCeiling: undefined,
      }),
    ),
    ...objects.ofKind("ScaledObject.keda.sh").map(
      (placed): Scaler => ({
        placed,
        target: readTarget(placed, "apps/v1", "Deployment"),
        floorField: "minReplicaCount",
        ceilingField: "maxReplicaCount",
        standardFloor: 0,
        standardCeiling: 100,
      }),
    ),
  ].toSorted((left, right) => (objectId(left.placed) < objectId(right.placed) ? -1 : 1));
}

function readTarget(placed: PlacedObject, version: string, standardKind: string | undefined): Scaler["target"] {
  const reference = asObject(asObject(placed.object.value.spec).scaleTargetRef);
  const kind = asText(reference.kind) ?? standardKind;
  const name = asText(reference.name);
  if (kind === undefined || name === undefined) return undefined;
  return { group: apiGroup(asText(reference.apiVersion) ?? version), kind, name };
}

/** Id of the workload that it names, whether or not that exists. */
export function targetId({ placed, target }: Scaler): string {
  return `${scopeKey(placed)}/${target?.kind ?? ""}/${target?.name ?? ""}`;
}
