import type { FieldExplanation } from "../../operations/explanation/explain-field.ts";
import type { Style } from "../terminal/style.ts";

/** A field with its meaning and the fields below it, as `kubectl explain` shows them. */
export function fieldText({ kind, field, children }: FieldExplanation, style: Style): string {
  const width = Math.max(0, ...children.map(({ path }) => path.length));
  return [
    style.bold(field === undefined ? kind : `${kind}.${field.path}`),
    ...(field === undefined ? [] : [`  ${field.description}${field.required ? " Required." : ""}`]),
    ...(children.length === 0 ? [] : ["", style.dim("FIELDS")]),
    ...children.map(
      (child) => `  ${child.path.padEnd(width)}  ${child.description}${child.required ? " Required." : ""}`,
    ),
  ].join("\n");
}
