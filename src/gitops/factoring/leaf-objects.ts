import { isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { type DeliveryLeaf, PATCH_AXES } from "../delivery/delivery-unit.ts";
import { type ObjectKey, objectKeyOf, objectKeyText } from "../delivery/object-key.ts";
import { axisName } from "./axis-name.ts";
import type { FactoredUnit, ObjectPatch, PatchOperation, Variation } from "./factored-unit.ts";

/** Variations that hold at a leaf, in the order in which they apply. */
export function variationsAt({ unit, variations }: FactoredUnit, leaf: DeliveryLeaf): readonly Variation[] {
  return PATCH_AXES.flatMap((axis) => {
    const name = axisName(unit, leaf, axis);
    return variations.filter((variation) => variation.axis === axis && variation.name === name);
  });
}

/**
 * What base and variations give at a leaf: additions, then removals, then patches of each variation. Throws a RangeError
 * where a removal or a patch finds nothing: a factored unit never has one.
 */
export function leafObjects(factored: FactoredUnit, leaf: DeliveryLeaf): readonly JsonObject[] {
  const objects = new Map(factored.base.map((object) => [identity(objectKeyOf(object)), object]));
  for (const { adds, removes, patches } of variationsAt(factored, leaf)) {
    for (const key of removes) {
      if (!objects.delete(identity(key))) throw new RangeError(`there is no ${identity(key)} to remove`);
    }
    for (const object of adds) objects.set(identity(objectKeyOf(object)), object);
    for (const patch of patches) {
      const before = objects.get(identity(patch.target));
      if (before === undefined) throw new RangeError(`there is no ${identity(patch.target)} to patch`);
      objects.set(identity(patch.target), patched(before, patch));
    }
  }
  return [...objects].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, object]) => object);
}

function identity(key: ObjectKey): string {
  return `${objectKeyText(key)}/${key.version}`;
}

function patched(object: JsonObject, { operations }: ObjectPatch): JsonObject {
  return operations.reduce<JsonObject>((before, operation) => {
    const after = withOperation(before, operation, operation.path);
    return isJsonObject(after) ? after : before;
  }, object);
}

function withOperation(value: unknown, operation: PatchOperation, [step, ...rest]: PatchOperation["path"]): unknown {
  if (step === undefined) return operation.op === "remove" ? undefined : operation.value;
  if (typeof step === "number") {
    if (!Array.isArray(value) || step >= value.length) throw new RangeError(`there is no item ${step}`);
    return value.with(step, withOperation(value[step], operation, rest));
  }
  if (!isJsonObject(value)) throw new RangeError(`there is no field ${step}`);
  if (rest.length === 0 && operation.op === "add") return withField(value, step, operation.value);
  if (!Object.hasOwn(value, step)) throw new RangeError(`there is no field ${step}`);
  if (rest.length === 0 && operation.op === "remove") {
    return Object.fromEntries(Object.entries(value).filter(([key]) => key !== step));
  }
  return withField(value, step, withOperation(value[step], operation, rest));
}

function withField(value: JsonObject, key: string, entry: unknown): JsonObject {
  return Object.fromEntries([...Object.entries(value).filter(([other]) => other !== key), [key, entry]]);
}
