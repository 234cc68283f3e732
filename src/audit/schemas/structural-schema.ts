import { asInteger, asList, asObject, asText, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";

/** A field of a custom resource that its schema refuses; `problem` is a clause after the field's name. */
export interface SchemaProblem {
  readonly path: FieldPath;
  readonly problem: string;
}

/** More than anybody reads of one object. */
const mostProblems = 20;

/**
 * What an API server refuses of a custom resource, by the structural schema of its CustomResourceDefinition: types, unknown
 * and missing fields, enumerations and bounds. Patterns, formats, CEL rules and anyOf/oneOf/not are not looked at, so that
 * what is reported is certain.
 */
export function schemaProblems(value: JsonObject, schema: JsonObject): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  // The API server knows these of every object, whatever the schema says of them.
  const { apiVersion: _, kind: _kind, metadata: _metadata, ...rest } = value;
  const properties = asObject(schema.properties);
  const { apiVersion: _a, kind: _k, metadata: _m, ...ownProperties } = properties;
  const required = asList(schema.required).filter((name) => !["apiVersion", "kind", "metadata"].includes(String(name)));
  checkValue(rest, { ...schema, properties: ownProperties, required }, [], problems);
  return problems.slice(0, mostProblems);
}

function checkValue(value: unknown, schema: JsonObject, path: FieldPath, problems: SchemaProblem[]): void {
  if (problems.length >= mostProblems) return;
  // A null that is not allowed is dropped by the API server, or pruned before defaults are set.
  if (value === null) return;
  if (schema["x-kubernetes-int-or-string"] === true) {
    if (typeof value !== "string" && asInteger(value) === undefined)
      report(problems, path, "is neither a number nor a text");
    return;
  }
  const wanted = asText(schema.type);
  if (wanted !== undefined && !isOfType(value, wanted)) {
    report(problems, path, `is ${described(value)}, and the schema wants ${wanted}`);
    return;
  }
  checkScalar(value, schema, path, problems);
  if (Array.isArray(value)) checkList(value, schema, path, problems);
  else if (isJsonObject(value)) checkMap(value, schema, path, problems);
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case "object":
      return isJsonObject(value);
    case "array":
      return Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    case "number":
    case "string":
    case "boolean":
      return typeof value === type;
    default:
      return true;
  }
}

function checkScalar(value: unknown, schema: JsonObject, path: FieldPath, problems: SchemaProblem[]): void {
  const allowed = asList(schema.enum);
  if (allowed.length > 0 && typeof value !== "object" && !allowed.includes(value)) {
    report(problems, path, `is none of ${allowed.slice(0, 8).map(String).join(", ")}`);
  }
  if (typeof value === "string") {
    const least = asInteger(schema.minLength);
    const most = asInteger(schema.maxLength);
    if (least !== undefined && value.length < least) report(problems, path, `is shorter than ${least} characters`);
    if (most !== undefined && value.length > most) report(problems, path, `is longer than ${most} characters`);
  }
  if (typeof value !== "number") return;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (typeof minimum === "number" && (exclusiveMinimum === true ? value <= minimum : value < minimum)) {
    report(problems, path, `is ${value}, below the least of ${minimum}`);
  }
  if (typeof maximum === "number" && (exclusiveMaximum === true ? value >= maximum : value > maximum)) {
    report(problems, path, `is ${value}, above the most of ${maximum}`);
  }
}

function checkList(value: readonly unknown[], schema: JsonObject, path: FieldPath, problems: SchemaProblem[]): void {
  const least = asInteger(schema.minItems);
  const most = asInteger(schema.maxItems);
  if (least !== undefined && value.length < least)
    report(problems, path, `has ${value.length} items, fewer than ${least}`);
  if (most !== undefined && value.length > most) report(problems, path, `has ${value.length} items, more than ${most}`);
  const items = schema.items;
  if (!isJsonObject(items)) return;
  for (const [index, item] of value.entries()) checkValue(item, items, [...path, index], problems);
}

function checkMap(value: JsonObject, schema: JsonObject, path: FieldPath, problems: SchemaProblem[]): void {
  const properties = asObject(schema.properties);
  const { additionalProperties } = schema;
  for (const name of asList(schema.required)) {
    if (typeof name === "string" && value[name] === undefined && !hasDefault(properties[name])) {
      report(problems, path, `lacks ${name}, which the schema requires`);
    }
  }
  const keepsUnknown = schema["x-kubernetes-preserve-unknown-fields"] === true || additionalProperties === true;
  const isResource = schema["x-kubernetes-embedded-resource"] === true;
  for (const name of Object.keys(value)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (isJsonObject(property)) checkValue(value[name], property, [...path, name], problems);
    else if (isJsonObject(additionalProperties))
      checkValue(value[name], additionalProperties, [...path, name], problems);
    else if (keepsUnknown || (isResource && ["apiVersion", "kind", "metadata"].includes(name))) continue;
    else report(problems, [...path, name], "is not in the schema");
  }
}

/** The API server sets defaults before it validates. */
function hasDefault(property: unknown): boolean {
  return isJsonObject(property) && property.default !== undefined;
}

function report(problems: SchemaProblem[], path: FieldPath, problem: string): void {
  problems.push({ path, problem });
}

function described(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return isJsonObject(value) ? "a mapping" : `a ${typeof value}`;
}
