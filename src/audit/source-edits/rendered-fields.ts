import { isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Place } from "../../estate/sources/place.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";

/** A field of a rendered object. */
export interface RenderedField {
  readonly object: KubernetesObject;
  readonly path: FieldPath;
}

/** Which fields of rendered objects each place of the sources sets: what an edit there would change. */
export class RenderedFields {
  private readonly fields = new Map<string, RenderedField[]>();

  constructor(objects: Iterable<KubernetesObject>) {
    for (const object of objects) this.add(object, object.value, []);
  }

  /** Fields that stand at the place; items of lists and their first fields are told apart by the last step. */
  at(place: Place, step: string | number | undefined): readonly RenderedField[] {
    return this.fields.get(keyOf(place, step)) ?? [];
  }

  private add(object: KubernetesObject, value: unknown, path: FieldPath): void {
    const key = keyOf(object.locate(path), path.at(-1));
    const known = this.fields.get(key);
    if (known === undefined) this.fields.set(key, [{ object, path }]);
    else known.push({ object, path });
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) this.add(object, item, [...path, index]);
    } else if (isJsonObject(value)) {
      for (const [name, item] of Object.entries(value)) this.add(object, item, [...path, name]);
    }
  }
}

function keyOf({ source, line, column }: Place, step: string | number | undefined): string {
  return `${source}:${line}:${column}:${typeof step}`;
}
