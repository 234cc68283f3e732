import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { FactoredUnit } from "./factored-unit.ts";
import { leafFieldCount } from "./leaf-field-count.ts";

/** Fields written, against those that there would be with every leaf written out. */
export interface Repetition {
  readonly writtenFields: number;
  readonly leafFields: number;
}

/** Counts scalar fields: in base, additions and patches on one side, in all leaves on the other. A removal counts as one. */
export function repetitionOf(units: readonly FactoredUnit[]): Repetition {
  let writtenFields = 0;
  let leafFields = 0;
  for (const { unit, base, variations } of units) {
    writtenFields += fieldsOf(base);
    for (const { adds, removes, patches } of variations) {
      writtenFields += fieldsOf(adds) + removes.length;
      for (const operation of patches.flatMap(({ operations }) => operations)) {
        writtenFields += operation.op === "remove" ? 1 : leafFieldCount(operation.value);
      }
    }
    for (const { objects } of unit.leaves) leafFields += fieldsOf(objects);
  }
  return { writtenFields, leafFields };
}

function fieldsOf(objects: readonly JsonObject[]): number {
  return objects.reduce((sum, object) => sum + leafFieldCount(object), 0);
}
