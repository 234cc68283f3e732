import table from "./built-in-types.json" with { type: "json" };

/** How a built-in field is typed: scalars, anything, a named type, or a list or map of one of these. */
export type FieldType =
  | { readonly kind: "string" | "integer" | "boolean" | "quantity" | "integerOrString" | "anything" }
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "list" | "map"; readonly of: FieldType };

/** Field names and types of one built-in type, such as `core.v1.Container`. */
export type FieldTypes = ReadonlyMap<string, FieldType>;

const scalars: { readonly [code: string]: FieldType } = {
  s: { kind: "string" },
  i: { kind: "integer" },
  b: { kind: "boolean" },
  q: { kind: "quantity" },
  p: { kind: "integerOrString" },
  "*": { kind: "anything" },
};

/** Kubernetes minor version that the table describes. */
export const builtInTypesVersion: string = table.version;

const kinds: ReadonlyMap<string, string> = new Map(Object.entries(table.kinds));
const encoded: ReadonlyMap<string, string> = new Map(Object.entries(table.types));
const decoded = new Map<string, FieldTypes>();

/** Name of the type of a built-in kind; undefined for kinds that the table does not know. */
export function builtInTypeName(apiVersion: string, kind: string): string | undefined {
  return kinds.get(`${apiVersion} ${kind}`);
}

/** The fields of a built-in type, read from the table on first use. */
export function builtInFieldTypes(typeName: string): FieldTypes | undefined {
  const known = decoded.get(typeName);
  if (known !== undefined) return known;
  const text = encoded.get(typeName);
  if (text === undefined) return undefined;
  const group = typeName.slice(0, typeName.lastIndexOf("."));
  const fields = new Map(
    text.split(" ").map((entry) => {
      const [field = "", code = "*"] = entry.split("=");
      return [field, decodeType(code, group)];
    }),
  );
  decoded.set(typeName, fields);
  return fields;
}

/** `[x` is a list of x, `{x` a map of x, `@Name` a type of the same group, `@group.Name` one of another. */
function decodeType(code: string, group: string): FieldType {
  const rest = code.slice(1);
  switch (code.charAt(0)) {
    case "[":
      return { kind: "list", of: decodeType(rest, group) };
    case "{":
      return { kind: "map", of: decodeType(rest, group) };
    case "@":
      return { kind: "named", name: rest.includes(".") ? rest : `${group}.${rest}` };
    default:
      return scalars[code] ?? { kind: "anything" };
  }
}
