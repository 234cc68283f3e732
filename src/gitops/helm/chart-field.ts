import { equalValues } from "../../estate/kubernetes/equal-values.ts";
import { isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";

export type FieldPath = readonly (string | number)[];

/** A field of an object that the chart takes from its values: where places differ, or where people expect a value. */
export interface ChartField {
  readonly path: FieldPath;
  /** Some of the places do not have it. */
  readonly isOptional: boolean;
  /** What each place has there, in the order of the places; undefined where it has nothing. */
  readonly values: readonly unknown[];
}

/**
 * The fields in which versions of one object differ, none inside another, and those that charts have as values by
 * custom (replicas, images, requests and limits). Lists are looked into where all versions have the same elements in the
 * same order, told by their names; otherwise the whole list is the field.
 */
export function chartFields(versions: readonly JsonObject[]): readonly ChartField[] {
  return fieldsAt([], versions);
}

function fieldsAt(path: FieldPath, values: readonly unknown[]): readonly ChartField[] {
  const whole: ChartField = { path, isOptional: false, values };
  if (values.every(isJsonObject)) return fieldsOfMaps(whole, values);
  if (values.every(Array.isArray) && haveSameElements(values)) {
    const [first = []] = values;
    return first.flatMap((_, index) =>
      fieldsAt(
        [...path, index],
        values.map((list) => list[index]),
      ),
    );
  }
  return isCustomary(path) || !areEqual(values) ? [whole] : [];
}

function fieldsOfMaps(whole: ChartField, maps: readonly JsonObject[]): readonly ChartField[] {
  const keys = [...new Set(maps.flatMap((map) => Object.keys(map)))].sort();
  const isCommon = (key: string) => maps.every((map) => Object.hasOwn(map, key));
  // A template cannot leave every key out and keep the map.
  if (keys.length > 0 && !keys.some(isCommon)) return [whole];
  return keys.flatMap((key) => {
    const path = [...whole.path, key];
    const values = maps.map((map) => (Object.hasOwn(map, key) ? map[key] : undefined));
    return isCommon(key) ? fieldsAt(path, values) : [{ path, isOptional: true, values }];
  });
}

function haveSameElements(lists: readonly (readonly unknown[])[]): boolean {
  const [first = []] = lists;
  return lists.every(
    (list) =>
      list.length === first.length &&
      list.every((element, index) => {
        const other = first[index];
        if (isJsonObject(element)) {
          return isJsonObject(other) && typeof element["name"] === "string" && element["name"] === other["name"];
        }
        return !Array.isArray(element) && !isJsonObject(other) && !Array.isArray(other);
      }),
  );
}

function areEqual([first, ...others]: readonly unknown[]): boolean {
  return others.every((other) => equalValues(first, other));
}

/** Replicas, images, and what containers request. */
function isCustomary(path: FieldPath): boolean {
  const last = path.at(-1);
  const container = path.at(-2) !== undefined && typeof path.at(-2) === "number" ? path.at(-3) : undefined;
  if (last === "image") return container === "containers" || container === "initContainers";
  if (path.at(-3) === "resources") return path.at(-2) === "requests" || path.at(-2) === "limits";
  return path.length === 2 && path[0] === "spec" && /^(?:replicas|minReplicas|maxReplicas)$/.test(String(last));
}
