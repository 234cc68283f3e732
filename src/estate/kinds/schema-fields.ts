import * as z from "zod";
import { type DocumentKind, documentKinds } from "./document-kinds.ts";

/** One field of a document kind, for `explain`, the reference and suggestions. */
export interface FieldDescription {
  /** Such as `spec.nodePools[].vmSize`; `*` stands for any key of a map. */
  readonly path: string;
  /** Meaning and unit. */
  readonly description: string;
  readonly required: boolean;
  /** The only values it may have, or that the items of its list may have; empty where it is free. */
  readonly allowed: readonly string[];
}

/** The schema without the wrappers that only make it optional or nullable. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  let current = schema;
  while (current instanceof z.ZodOptional || current instanceof z.ZodNullable || current instanceof z.ZodDefault) {
    current = current.unwrap();
  }
  return current;
}

/** The schemas that one step into a value can lead to; several where the value may take several forms. */
function step(schema: z.core.$ZodType, key: string | number): readonly z.core.$ZodType[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodUnion) return inner.options.flatMap((option: z.core.$ZodType) => step(option, key));
  if (inner instanceof z.ZodArray) return typeof key === "number" ? [inner.element] : [];
  if (inner instanceof z.ZodRecord) return [inner.valueType];
  if (inner instanceof z.ZodObject) {
    const field = Object.hasOwn(inner.shape, key) ? inner.shape[key] : undefined;
    return field === undefined ? [] : [field];
  }
  return [];
}

/** The schemas at a path inside a document. */
function schemasAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly z.core.$ZodType[] {
  let current: readonly z.core.$ZodType[] = [schema];
  for (const key of path) {
    if (typeof key === "symbol") return [];
    current = current.flatMap((one) => step(one, key));
  }
  return current;
}

/** Names of the fields that a mapping at the path may have. */
export function fieldNamesAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  return schemasAt(schema, path).flatMap(fieldNames);
}

/** What the field at the path means, as its schema says; of an item without words of its own, what the list means. */
export function meaningAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string | undefined {
  for (let end = path.length; end > 0; end -= 1) {
    const meaning = schemasAt(schema, path.slice(0, end))
      .map(descriptionOf)
      .find((description) => description !== undefined);
    if (meaning !== undefined) return meaning;
  }
  return undefined;
}

/** Every field of a kind in the order of its schema. */
export function fieldDescriptions(kind: DocumentKind): readonly FieldDescription[] {
  const fields: FieldDescription[] = [];
  collect(documentKinds[kind], "", fields);
  return fields;
}

function fieldNames(schema: z.core.$ZodType): readonly string[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodUnion) return inner.options.flatMap(fieldNames);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

function descriptionOf(schema: z.core.$ZodType): string | undefined {
  return z.globalRegistry.get(schema)?.description ?? innerDescription(schema);
}

function innerDescription(schema: z.core.$ZodType): string | undefined {
  const inner = unwrap(schema);
  return inner === schema ? undefined : z.globalRegistry.get(inner)?.description;
}

/** A closed set of values; a union that also takes free ones has none. */
function allowedValues(schema: z.core.$ZodType): readonly string[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodEnum) return inner.options.map(String);
  if (inner instanceof z.ZodLiteral) return [...inner.values].map(String);
  if (inner instanceof z.ZodArray) return allowedValues(inner.element);
  if (!(inner instanceof z.ZodUnion)) return [];
  const options = inner.options.map(allowedValues);
  return options.every(({ length }) => length > 0) ? options.flat() : [];
}

function collect(schema: z.core.$ZodType, path: string, fields: FieldDescription[]): void {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodUnion) for (const option of inner.options) collect(option, path, fields);
  if (inner instanceof z.ZodArray) collect(inner.element, `${path}[]`, fields);
  if (inner instanceof z.ZodRecord) collect(inner.valueType, `${path}.*`, fields);
  if (!(inner instanceof z.ZodObject)) return;
  for (const [key, field] of Object.entries<z.core.$ZodType>(inner.shape)) {
    const fieldPath = path === "" ? key : `${path}.${key}`;
    if (!fields.some((known) => known.path === fieldPath)) {
      fields.push({
        path: fieldPath,
        description: descriptionOf(field) ?? "",
        required: !(field instanceof z.ZodOptional),
        allowed: allowedValues(field),
      });
    }
    collect(field, fieldPath, fields);
  }
}
