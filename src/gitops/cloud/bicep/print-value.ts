import type { DeploymentParameter, ResourceKey, ResourceReference, ResourceValue } from "../graph/resource-graph.ts";
import { isParameter, isReference, isResourceList, isText } from "../graph/resource-value.ts";

export type Symbols = ReadonlyMap<ResourceKey, string>;

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A value as Bicep writes it: one property on each line, indented by two. */
export function bicepValue(value: ResourceValue, symbols: Symbols, indent: string): string {
  if (value === null) return "null";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return bicepNumber(value);
  if (typeof value === "boolean") return String(value);
  if (isReference(value)) return referenceText(value, symbols);
  if (isParameter(value)) return value.$parameter;
  if (isText(value)) return `'${value.$text.map((piece) => pieceText(piece, symbols)).join("")}'`;
  if (isResourceList(value)) return listText(value, symbols, indent);
  return objectText(Object.entries(value), symbols, indent);
}

function listText(items: readonly ResourceValue[], symbols: Symbols, indent: string): string {
  if (items.length === 0) return "[]";
  const inner = `${indent}  `;
  return ["[", ...items.map((item) => `${inner}${bicepValue(item, symbols, inner)}`), `${indent}]`].join("\n");
}

export function objectText(
  entries: readonly (readonly [string, ResourceValue])[],
  symbols: Symbols,
  indent: string,
): string {
  if (entries.length === 0) return "{}";
  const inner = `${indent}  `;
  const lines = entries.map(([name, value]) => `${inner}${propertyName(name)}: ${bicepValue(value, symbols, inner)}`);
  return ["{", ...lines, `${indent}}`].join("\n");
}

function propertyName(name: string): string {
  return identifier.test(name) ? name : quoted(name);
}

/** Bicep has whole numbers only; others are read from a text. */
function bicepNumber(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : `json(${quoted(JSON.stringify(value))})`;
}

export function quoted(text: string): string {
  return `'${escaped(text)}'`;
}

function pieceText(piece: string | ResourceReference | DeploymentParameter, symbols: Symbols): string {
  if (typeof piece === "string") return escaped(piece);
  return `\${${isReference(piece) ? referenceText(piece, symbols) : piece.$parameter}}`;
}

function referenceText({ $ref, output }: ResourceReference, symbols: Symbols): string {
  return `${symbols.get($ref) ?? "unknown"}.${output ?? "id"}`;
}

function escaped(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll("'", "\\'")
    .replaceAll("${", "\\${")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")
    .replaceAll(
      /[\p{Cc}\p{Cs}\u2028\u2029\ufeff]/gu,
      (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
    );
}
