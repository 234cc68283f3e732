import { objectRepeated, objectShadowed } from "../diagnostics/binding-diagnostics.ts";
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

/** Objects of one unit that give way to those of another. */
interface Shadowing {
  readonly kept: ManifestUnit;
  readonly dropped: ManifestUnit;
  /** What the two give alike, and what they give differently; each object once. */
  readonly alike: Map<KubernetesObject, string>;
  readonly different: Map<KubernetesObject, string>;
  readonly environments: Set<string>;
}

/** Gathers placed objects by identity; of two with one identity the later one counts and the earlier is reported. */
export class ObjectCollisions {
  private readonly entries = new Map<string, Map<string, Entry>>();
  private readonly overwritten: PlacedObject[] = [];
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
    if (known.placed.object !== object) {
      this.note(known, { placed, unit });
      this.overwritten.push(known.placed);
    }
    known.placed = placed;
    known.unit = unit;
  }

  /** What counts, in the order in which it was first added. */
  objects(): readonly PlacedObject[] {
    const objects: PlacedObject[] = [];
    for (const ofPlace of this.entries.values()) for (const { placed } of ofPlace.values()) objects.push(placed);
    return objects;
  }

  /** What gave way to a later object of the same identity. */
  givenWay(): readonly PlacedObject[] {
    return this.overwritten;
  }

  /** One diagnostic for each object that a unit gives twice, and one for each two units that give the same objects. */
  report(log: BindingLog): void {
    for (const [last, { first, name }] of this.duplicates) {
      const same = equalValues(first.value, last.value);
      const parameters = { object: name, first: formatPlace(first.locate([])), same };
      log.report(duplicateObject, parameters, { place: last.locate([]) });
    }
    for (const shadowing of this.shadowings.values()) reportShadowing(shadowing, log);
  }

  private note(earlier: Entry, later: Entry): void {
    const { object, namespace, environment } = later.placed;
    const name = `${namespace === undefined ? "" : `${namespace}/`}${object.kind}/${object.name}`;
    const first = earlier.placed.object;
    if (earlier.unit.key === later.unit.key) {
      this.duplicates.set(object, { first, name });
      return;
    }
    const shadowing = entryOf(this.shadowings, `${earlier.unit.key}\n${later.unit.key}`, () =>
      newShadowing(earlier, later),
    );
    shadowing.environments.add(environment);
    if (shadowing.alike.has(first) || shadowing.different.has(first)) return;
    const objects = equalValues(first.value, object.value) ? shadowing.alike : shadowing.different;
    objects.set(first, name);
  }
}

function newShadowing(earlier: Entry, later: Entry): Shadowing {
  return {
    kept: later.unit,
    dropped: earlier.unit,
    alike: new Map(),
    different: new Map(),
    environments: new Set(),
  };
}

function reportShadowing({ kept, dropped, alike, different, environments }: Shadowing, log: BindingLog): void {
  const [sameObject, sameName] = alike.entries().next().value ?? [];
  if (sameObject !== undefined && sameName !== undefined) {
    const parameters = { count: alike.size, example: sameName, one: dropped.path, other: kept.path };
    log.report(objectRepeated, parameters, { place: sameObject.locate([]) });
  }
  const [object, example] = different.entries().next().value ?? [];
  if (object === undefined || example === undefined) return;
  const where = [...environments].join(", ");
  const parameters = { count: different.size, example, kept: kept.path, dropped: dropped.path, where };
  log.report(objectShadowed, parameters, { place: object.locate([]) });
}
