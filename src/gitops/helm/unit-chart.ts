import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { DeliveryLeaf, DeliveryUnit } from "../delivery/delivery-unit.ts";
import { type ObjectKey, objectKeyOf, objectKeyText } from "../delivery/object-key.ts";
import { type AssignedValue, assignValue } from "./assigned-value.ts";
import { chartFields } from "./chart-field.ts";
import type { ObjectTemplate, TemplateField } from "./chart-template.ts";
import { encoded, encodingOf } from "./value-encoding.ts";
import { ENABLED, fieldPaths, objectPaths } from "./value-names.ts";
import type { SchemaValue } from "./values-schema.ts";

/** A unit as a chart: a template for each object, and the values by which places differ. */
export interface UnitChart {
  readonly unit: DeliveryUnit;
  /** Sorted by key of the object. */
  readonly templates: readonly { readonly key: ObjectKey; readonly template: ObjectTemplate }[];
  readonly values: readonly AssignedValue[];
  readonly schema: readonly SchemaValue[];
}

/** The chart that gives each leaf exactly its objects under the values of its environment, ring, region and cluster. */
export function unitChart(unit: DeliveryUnit): UnitChart {
  const versions = versionsByKey(unit.leaves);
  const paths = objectPaths(versions.map(({ key }) => key));
  const templates: UnitChart["templates"][number][] = [];
  const values: AssignedValue[] = [];
  const schema: SchemaValue[] = [];
  for (const [index, { key, byLeaf }] of versions.entries()) {
    const objectPath = paths[index] ?? [];
    const present = byLeaf.flatMap((version, leaf) => (version === undefined ? [] : [{ version, leaf }]));
    const [first] = present;
    if (first === undefined) continue;
    const isEverywhere = present.length === byLeaf.length;
    if (!isEverywhere) {
      const path = [...objectPath, ENABLED];
      const wanted = byLeaf.map((version) => ({ value: version !== undefined }));
      values.push(assignValue(path, unit.leaves, wanted));
      schema.push({ path, encoding: "switch" });
    }
    const fields = chartFields(present.map(({ version }) => version));
    const names = fieldPaths(fields, first.version);
    const templateFields = fields.map((field, position): TemplateField => {
      const valuePath = [...objectPath, ...(names[position] ?? [])];
      const encoding = encodingOf(field);
      const wanted = present.map(({ leaf }, at) => ({ leaf, value: encoded(field.values[at], encoding) }));
      const byLeafIndex = new Map(wanted.map(({ leaf, value }) => [leaf, { value }]));
      values.push(
        assignValue(
          valuePath,
          unit.leaves,
          unit.leaves.map((_, leaf) => byLeafIndex.get(leaf)),
        ),
      );
      schema.push({ path: valuePath, encoding });
      return { path: field.path, valuePath, encoding };
    });
    const switchPath = isEverywhere ? undefined : objectPath;
    templates.push({ key, template: { version: first.version, fields: templateFields, switchPath } });
  }
  return { unit, templates, values, schema };
}

interface ObjectVersions {
  readonly key: ObjectKey;
  /** Undefined in the places that do not have the object. */
  readonly byLeaf: readonly (JsonObject | undefined)[];
}

function versionsByKey(leaves: readonly DeliveryLeaf[]): readonly ObjectVersions[] {
  const found = new Map<string, { key: ObjectKey; byLeaf: (JsonObject | undefined)[] }>();
  for (const [leaf, { objects }] of leaves.entries()) {
    for (const object of objects) {
      const key = objectKeyOf(object);
      const text = objectKeyText(key);
      const versions = found.get(text) ?? { key, byLeaf: leaves.map(() => undefined) };
      found.set(text, versions);
      versions.byLeaf[leaf] = object;
    }
  }
  return [...found].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, versions]) => versions);
}
