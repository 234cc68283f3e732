import { objectShadowed } from "../diagnostics/document-diagnostics.ts";
import { duplicateObject } from "../diagnostics/manifest-diagnostics.ts";
import { equalValues } from "../kubernetes/equal-values.ts";
import { groupKind } from "../kubernetes/group-kind.ts";
import type { KubernetesObject } from "../kubernetes/kubernetes-object.ts";
import { entryOf } from "../kubernetes/map-entry.ts";
import type { PlacedObject } from "../model/estate.ts";
import { formatPlace } from "../sources/place.ts";
import type { BindingLog } from "./binding-log.ts";
import type { ManifestUnit } from "./manifest-unit.ts";

interface Entry {
  placed: PlacedObject;
  unit: ManifestUnit;
}

/** Objects of one folder that give way to those of another. */
interface Shadowing {
  readonly kept: ManifestUnit;
  readonly dropped: ManifestUnit;
  readonly example: string;
  readonly objects: Set<KubernetesObject>;
  readonly environments: Set<string>;
}

/** Gathers placed objects by identity; of two with one identity the later one counts and the earlier is reported. */
export class ObjectCollisions {
  private readonly entries = new Map<string, Map<string, Entry>>();
  private readonly shadowings = new Map<string, Shadowing>();
  private readonly duplicates = new Map<
    KubernetesObject,
    { readonly first: KubernetesObject; readonly name: string }
  >();

  add(placed: PlacedObject, unit: ManifestUnit): void {
    const place = `${placed.environment}/${placed.cluster}`;
    const ofPlace = entryOf(this.entries, place, () => new Map<string, Entry>());
    const { object, namespace } = placed;
    const key = `${namespace ?? ""}/${groupKind(object)}/${object.name}`;
    const known = ofPlace.get(key);
    if (known === undefined) {
      ofPlace.set(key, { placed, unit });
      return;
    }
    if (known.placed.object !== object) this.note(known, { placed, unit });
    known.placed = placed;
    known.unit = unit;
  }

  /** What counts, in the order in which it was first added. */
  objects(): readonly PlacedObject[] {
    const objects: PlacedObject[] = [];
    for (const ofPlace of this.entries.values()) for (const { placed } of ofPlace.values()) objects.push(placed);
    return objects;
  }

  /** One diagnostic for each object that plain files give twice, and one for each folder that covers another. */
  report(log: BindingLog): void {
    for (const [last, { first, name }] of this.duplicates) {
      const parameters = {
        object: name,
        first: formatPlace(first.locate([])),
        same: equalValues(first.value, last.value),
      };
      log.report(duplicateObject, parameters, { place: last.locate([]) });
    }
    for (const { kept, dropped, example, objects, environments } of this.shadowings.values()) {
      const parameters = {
        count: objects.size,
        example,
        kept: kept.path,
        dropped: dropped.path,
        where: [...environments].join(", "),
      };
      const [object] = objects;
      log.report(objectShadowed, parameters, { place: object?.locate([]) });
    }
  }

  private note(earlier: Entry, later: Entry): void {
    const { object, namespace, environment } = later.placed;
    const name = `${namespace === undefined ? "" : `${namespace}/`}${object.kind}/${object.name}`;
    if (earlier.unit.key === later.unit.key || (earlier.unit.kind === "file" && later.unit.kind === "file")) {
      this.duplicates.set(object, { first: earlier.placed.object, name });
      return;
    }
    const key = `${earlier.unit.key}\n${later.unit.key}`;
    const shadowing = entryOf(
      this.shadowings,
      key,
      (): Shadowing => ({
        kept: later.unit,
        dropped: earlier.unit,
        example: name,
        objects: new Set(),
        environments: new Set(),
      }),
    );
    shadowing.objects.add(earlier.placed.object);
    shadowing.environments.add(environment);
  }
}
