import type { FieldDescription } from "../../estate/kinds/schema-fields.ts";
import type { FieldExplanation } from "../../operations/explanation/explain-field.ts";
import type { Style } from "../terminal/style.ts";

/** A field with its meaning and the fields below it, as `kubectl explain` shows them. */
export function fieldText({ kind, field, children }: FieldExplanation, style: Style): string {
  const width = Math.max(0, ...children.map(({ path }) => path.length));
  return [
    style.bold(field === undefined ? kind : `${kind}.${field.path}`),
    ...(field === undefined ? [] : [`  ${meaning(field)}`]),
    ...(children.length === 0 ? [] : ["", style.dim("FIELDS")]),
    ...children.map((child) => `  ${child.path.padEnd(width)}  ${meaning(child)}`),
  ].join("\n");
}

function meaning({ description, required, allowed }: FieldDescription): string {
  const values = allowed.length === 0 ? "" : ` ${allowed.length === 1 ? "Always" : "One of"} ${allowed.join(", ")}.`;
  return `${description}${values}${required ? " Required." : ""}`;
}
