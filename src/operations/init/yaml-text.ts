/** A value of a YAML mapping to be written, with the comment lines that go above it. */
export interface YamlField {
  readonly key: string;
  readonly value: YamlValue;
  readonly comments?: readonly string[];
}

/** Scalars and lists of scalars are written on one line; fields and lists of items below their key. */
export type YamlValue =
  | string
  | number
  | boolean
  | readonly (string | number)[]
  | { readonly fields: readonly YamlField[] }
  | { readonly items: readonly (readonly YamlField[])[] };

/** Fields as YAML text, two spaces a level. */
export function yamlLines(fields: readonly YamlField[], indent = ""): readonly string[] {
  return fields.flatMap(({ key, value, comments = [] }) => [
    ...comments.map((comment) => `${indent}# ${comment.replace(/\s+/g, " ")}`),
    ...valueLines(key, value, indent),
  ]);
}

function valueLines(key: string, value: YamlValue, indent: string): readonly string[] {
  if (typeof value !== "object") return [`${indent}${yamlScalar(key)}: ${yamlScalar(value)}`];
  if (Array.isArray(value)) return [`${indent}${yamlScalar(key)}: [${value.map(yamlScalar).join(", ")}]`];
  if ("fields" in value) return [`${indent}${yamlScalar(key)}:`, ...yamlLines(value.fields, `${indent}  `)];
  if ("items" in value) {
    return [`${indent}${yamlScalar(key)}:`, ...value.items.flatMap((item) => itemLines(item, `${indent}  `))];
  }
  return [];
}

/** The dash goes to the first line that is no comment. */
function itemLines(fields: readonly YamlField[], indent: string): readonly string[] {
  const lines = yamlLines(fields, `${indent}  `);
  const first = lines.findIndex((line) => !line.trimStart().startsWith("#"));
  return lines.map((line, index) => {
    if (index < first) return `${indent}${line.trimStart()}`;
    return index === first ? `${indent}- ${line.slice(indent.length + 2)}` : line;
  });
}

/** A scalar in plain style where every reader of YAML takes it as the same, in double quotes elsewhere. */
export function yamlScalar(value: string | number | boolean): string {
  if (typeof value !== "string") return String(value);
  const plain =
    /^[A-Za-z./][A-Za-z0-9._/-]*$/.test(value) && !/^(true|false|yes|no|on|off|y|n|null|\.nan|\.inf)$/i.test(value);
  return plain && !/^[.\d]*$/.test(value) ? value : JSON.stringify(value);
}
