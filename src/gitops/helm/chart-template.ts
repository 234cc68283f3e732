import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { yamlText } from "../repository/yaml-text.ts";
import type { FieldPath } from "./chart-field.ts";
import type { ValueEncoding } from "./value-encoding.ts";
import { ENABLED, type ValuePath } from "./value-names.ts";

/** A field of the template with the value that fills it. */
export interface TemplateField {
  readonly path: FieldPath;
  readonly valuePath: ValuePath;
  readonly encoding: ValueEncoding;
}

/** The template of one object: its text with actions in the place of its fields. */
export interface ObjectTemplate {
  /** Any version: what it has besides the fields, all have. */
  readonly version: JsonObject;
  readonly fields: readonly TemplateField[];
  /** Where its switch is, if not all places have it. */
  readonly switchPath: ValuePath | undefined;
}

/**
 * Text of a template. Values go in as JSON, which is YAML that no reader takes for something else, and collections as
 * block YAML. Braces that belong to the object itself are escaped.
 */
export function templateText({ version, fields, switchPath }: ObjectTemplate): string {
  const mark = freeMark(JSON.stringify(version));
  let marked: unknown = version;
  for (const [index, { path }] of fields.entries()) marked = withValue(marked, path, `${mark}${index}${mark}`);
  const line = new RegExp(`^(\\s*)((?:- )*)(.*: )?${mark}(\\d+)${mark}$`);
  const lines = yamlText(marked)
    .trimEnd()
    .split("\n")
    .flatMap((text) => {
      const escaped = text.replaceAll("{{", '{{ "{{" }}');
      const [, indent = "", dashes = "", key = "", index = ""] = line.exec(escaped) ?? [];
      const field = fields[Number(index)];
      return index === "" || field === undefined ? [escaped] : fieldLines(indent, dashes, key, field);
    });
  const body = `${lines.join("\n")}\n`;
  return switchPath === undefined ? body : `{{- if ${reference([...switchPath, ENABLED])} }}\n${body}{{- end }}\n`;
}

function fieldLines(indent: string, dashes: string, key: string, field: TemplateField): readonly string[] {
  const { encoding, valuePath } = field;
  const list = reference(valuePath);
  const value = encoding.isBoxed ? `(first ${list})` : list;
  const depth = indent.length + dashes.length + 2;
  const start = `${indent}${dashes}${key}`;
  const text =
    encoding.isCollection && key !== ""
      ? `${start.trimEnd()} {{- toYaml ${value} | nindent ${depth} }}`
      : `${start}{{ toJson ${value} }}`;
  return encoding.isOptional
    ? [`${indent}{{- if not (kindIs "invalid" ${list}) }}`, text, `${indent}{{- end }}`]
    : [text];
}

/** A value in an action; keys that are no identifiers take `index`. */
function reference(path: ValuePath): string {
  if (path.every((key) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(key))) return `.Values.${path.join(".")}`;
  return `(index .Values ${path.map((key) => JSON.stringify(key)).join(" ")})`;
}

/** Letters that the object does not have in them, so that no text of its own is taken for a field. */
function freeMark(text: string): string {
  let mark = "FIELD";
  while (text.includes(mark)) mark += "X";
  return mark;
}

function withValue(target: unknown, [step, ...rest]: FieldPath, value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === "number") {
    const list = Array.isArray(target) ? target : [];
    return list.map((element, index) => (index === step ? withValue(element, rest, value) : element));
  }
  const map = (target ?? {}) as JsonObject;
  return { ...map, [step]: withValue(map[step], rest, value) };
}
