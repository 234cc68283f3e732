import type { DeploymentParameter, ResourceReference, ResourceValue } from "../graph/resource-graph.ts";
import { isParameter, isReference, isResourceList, isText } from "../graph/resource-value.ts";

/** What references and parameters are called in the program. */
export interface ExpressionNames {
  readonly reference: (reference: ResourceReference) => string;
  readonly parameter: (parameter: DeploymentParameter) => string;
}

/** A value that is an expression already. */
export class Expression {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Printable = ResourceValue | Expression | readonly Printable[] | PrintableObject;

export interface PrintableObject {
  readonly [name: string]: Printable;
}

/** A value as a TypeScript expression, one property a line. */
export function expressionText(value: Printable, names: ExpressionNames, indent = ""): string {
  if (value instanceof Expression) return value.text;
  if (isReference(value)) return names.reference(value);
  if (isParameter(value)) return names.parameter(value);
  if (isText(value)) return textExpression(value.$text, names);
  const inner = `${indent}  `;
  if (isList(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((element) => `${inner}${expressionText(element, names, inner)},\n`).join("")}${indent}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return "{}";
  const lines = entries.map(
    ([key, entry]) => `${inner}${propertyName(key)}: ${expressionText(entry, names, inner)},\n`,
  );
  return `{\n${lines.join("")}${indent}}`;
}

function isList(value: Printable): value is readonly Printable[] {
  return Array.isArray(value) || isResourceList(value);
}

function textExpression(
  parts: readonly (string | ResourceReference | DeploymentParameter)[],
  names: ExpressionNames,
): string {
  const text = parts.map((part) => {
    if (typeof part !== "string") return `\${${isReference(part) ? names.reference(part) : names.parameter(part)}}`;
    return part.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${");
  });
  return `pulumi.interpolate\`${text.join("")}\``;
}

function propertyName(key: string): string {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key) ? key : JSON.stringify(key);
}
