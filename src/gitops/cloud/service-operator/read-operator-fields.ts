import { serviceOperatorFields } from "../../../catalog/service-operator-kinds.ts";
import { asObject, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { ResourceKey, ResourceValue } from "../graph/resource-graph.ts";
import { isPlainObject, type ResourceObject } from "../graph/resource-value.ts";
import { SECRETS } from "./operator-object.ts";

/** What fields of an object are read against. */
export interface FieldReading {
  /** Key of the resource that an object of the same namespace writes; undefined where there is none. */
  readonly keyOf: (group: string, kind: string, name: string) => ResourceKey | undefined;
  /** What a key of a ConfigMap that the operator writes stands for. */
  readonly factOf: (
    configMap: string,
    key: string,
  ) => { readonly $ref: ResourceKey; readonly output: string } | undefined;
  readonly problems: string[];
}

/** ARM writes `Id`; AKS node pools alone write `ID`. */
const upperCaseIds: ReadonlySet<string> = new Set([
  "vnetSubnet",
  "podSubnet",
  "nodePublicIPPrefix",
  "proximityPlacementGroup",
  "hostGroup",
  "capacityReservationGroup",
  "diskEncryptionSet",
]);

/** ARM values of the operator's fields: the way back from `operatorFields`. */
export function armFields(
  fields: { readonly [name: string]: unknown },
  reading: FieldReading,
): {
  readonly [name: string]: ResourceValue;
} {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => armField(key, value, reading)));
}

function armField(key: string, value: unknown, reading: FieldReading): readonly [string, ResourceValue] {
  if (Array.isArray(value) && key.endsWith("References")) {
    return [key.slice(0, -"References".length), value.map((each) => reference(asObject(each), reading))];
  }
  if (isJsonObject(value)) {
    if (key === "reference" || key.endsWith("Reference")) return [armName(key), reference(value, reading)];
    if (key.endsWith("FromConfig")) return [key.slice(0, -"FromConfig".length), fact(value, reading)];
  }
  return [key, armValue(value, reading)];
}

export function armValue(value: unknown, reading: FieldReading): ResourceValue {
  if (Array.isArray(value)) return value.map((element) => armValue(element, reading));
  if (!isJsonObject(value)) return (value ?? null) as ResourceValue;
  if (typeof value["$parameter"] === "string") return { $parameter: value["$parameter"], secure: false };
  const names = Object.keys(value);
  if (value["name"] === SECRETS && names.length === 2) return { $parameter: String(value["key"]), secure: true };
  return armFields(value, reading);
}

function reference(
  { group, kind, name, armId }: { readonly [name: string]: unknown },
  reading: FieldReading,
): ResourceValue {
  if (typeof armId === "string") return armId;
  const key = reading.keyOf(String(group), String(kind), String(name));
  if (key !== undefined) return { $ref: key };
  reading.problems.push(`nothing writes ${String(kind)}/${String(name)}`);
  return null;
}

function fact({ name, key }: { readonly [name: string]: unknown }, reading: FieldReading): ResourceValue {
  const found = reading.factOf(String(name), String(key));
  if (found !== undefined) return found;
  reading.problems.push(`nothing writes key ${String(key)} of ConfigMap ${String(name)}`);
  return null;
}

function armName(key: string): string {
  if (key === "reference") return "id";
  const base = key.slice(0, -"Reference".length);
  return `${base}${upperCaseIds.has(base) ? "ID" : "Id"}`;
}

/** ARM properties in which the operator has a choice as the name of the only field. */
export function withoutChoices(properties: ResourceObject, armType: string): ResourceObject {
  const changed = serviceOperatorFields(armType).flatMap(({ form, path }) => {
    const value = properties[path];
    const [chosen] = form === "oneOf" && isPlainObject(value) ? Object.values(value) : [];
    return chosen === undefined ? [] : [[path, chosen] as const];
  });
  return { ...properties, ...Object.fromEntries(changed) };
}
