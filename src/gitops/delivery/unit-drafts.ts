import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import type { DeliveryLeaf, DeliveryTree, DeliveryUnit } from "./delivery-unit.ts";
import { objectKeyOf, objectKeyText } from "./object-key.ts";
import { type DeliveryPlace, placeKey } from "./place.ts";

/** Which unit an object goes to. */
export interface UnitAddress {
  readonly tree: DeliveryTree;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly tenant: string;
}

interface Draft {
  readonly address: UnitAddress;
  readonly leaves: Map<string, Map<string, JsonObject>>;
}

/** Units while they are being gathered: no object is on a cluster twice, whichever unit or environment asks for it. */
export class UnitDrafts {
  readonly #drafts = new Map<string, Draft>();
  readonly #onCluster = new Map<string, Map<string, JsonObject>>();

  /** Returns the object of that identity that the cluster has already and keeps; undefined where it had none. */
  add(address: UnitAddress, { environment, cluster }: DeliveryPlace, object: JsonObject): JsonObject | undefined {
    const key = objectKeyText(objectKeyOf(object));
    const known = entryOf(this.#onCluster, cluster.name, () => new Map<string, JsonObject>());
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    known.set(key, object);
    const id = `${address.tree}/${address.name}`;
    const draft = entryOf(this.#drafts, id, (): Draft => ({ address, leaves: new Map() }));
    entryOf(draft.leaves, placeKey(environment.name, cluster.name), () => new Map<string, JsonObject>()).set(
      key,
      object,
    );
    return undefined;
  }

  has(tree: DeliveryTree, name: string): boolean {
    return this.#drafts.has(`${tree}/${name}`);
  }

  /** Objects of one place, over all units. */
  *objectsAt({ environment, cluster }: DeliveryPlace): Generator<JsonObject> {
    for (const { leaves } of this.#drafts.values()) {
      yield* leaves.get(placeKey(environment.name, cluster.name))?.values() ?? [];
    }
  }

  /** Units sorted by tree and name, leaves in the order of the places. */
  units(
    places: readonly DeliveryPlace[],
    dependsOn: (address: UnitAddress) => readonly string[],
  ): readonly DeliveryUnit[] {
    return [...this.#drafts]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, { address, leaves }]) => ({
        ...address,
        dependsOn: dependsOn(address),
        leaves: places.flatMap((place) => {
          const objects = leaves.get(placeKey(place.environment.name, place.cluster.name));
          return objects === undefined ? [] : [leafOf(place, objects)];
        }),
      }));
  }
}

function leafOf({ environment, cluster }: DeliveryPlace, objects: ReadonlyMap<string, JsonObject>): DeliveryLeaf {
  return {
    environment: environment.name,
    ring: cluster.ring,
    region: cluster.region,
    cluster: cluster.name,
    objects: [...objects].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, object]) => object),
  };
}
