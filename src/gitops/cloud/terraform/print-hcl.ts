import type { ResourceValue } from "../graph/resource-graph.ts";
import { isParameter, isReference, isText } from "../graph/resource-value.ts";
import type { HclBody, HclExpression, HclValue } from "./hcl-body.ts";

/** Writes what only the file knows: references and variables. */
export interface HclNames {
  readonly reference: (reference: { readonly $ref: string; readonly output?: string }) => string;
}

const identifier = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** Lines of a body: arguments with their signs aligned, then blocks, each after an empty line. */
function bodyLines(body: HclBody, indent: string, names: HclNames): readonly string[] {
  const lines: string[] = [];
  let group: (readonly [string, string])[] = [];
  const flush = (): void => {
    const width = Math.max(0, ...group.map(([name]) => name.length));
    lines.push(...group.map(([name, text]) => `${indent}${name.padEnd(width)} = ${text}`));
    group = [];
  };
  const order = body.attributes.get("depends_on");
  for (const [name, value] of body.attributes) {
    if (name === "depends_on") continue;
    const text = hclValue(value, indent, names);
    if (!text.includes("\n")) {
      group.push([name, text]);
      continue;
    }
    flush();
    lines.push(`${indent}${name} = ${text}`);
  }
  flush();
  for (const [name, blocks] of body.blocks) {
    for (const block of blocks) {
      if (lines.length > 0) lines.push("");
      lines.push(...blockLines(name, block, indent, names));
    }
  }
  if (order !== undefined) lines.push("", `${indent}depends_on = ${hclValue(order, indent, names)}`);
  return lines;
}

export function blockLines(header: string, body: HclBody, indent: string, names: HclNames): readonly string[] {
  if (body.isEmpty()) return [`${indent}${header} {}`];
  return [`${indent}${header} {`, ...bodyLines(body, `${indent}  `, names), `${indent}}`];
}

function hclValue(value: HclValue, indent: string, names: HclNames): string {
  if (isExpression(value)) return value.$hcl;
  if (value === null) return "null";
  if (typeof value === "string") return hclText(value);
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return listText(value as readonly HclValue[], indent, names);
  if (isReference(value)) return names.reference(value);
  if (isParameter(value)) return `var.${snake(value.$parameter)}`;
  if (isText(value)) return templateText(value.$text, names);
  const entries = Object.entries(value as { readonly [name: string]: ResourceValue });
  if (entries.length === 0) return "{}";
  const inner = `${indent}  `;
  const keys = entries.map(([name]) => (identifier.test(name) ? name : hclText(name)));
  const texts = entries.map(([, entry]) => hclValue(entry, inner, names));
  const width = Math.max(
    ...keys.filter((_, index) => texts[index]?.includes("\n") !== true).map(({ length }) => length),
    0,
  );
  const lines = keys.map((key, index) => {
    const text = texts[index] ?? "";
    return `${inner}${text.includes("\n") ? key : key.padEnd(width)} = ${text}`;
  });
  return ["{", ...lines, `${indent}}`].join("\n");
}

function listText(items: readonly HclValue[], indent: string, names: HclNames): string {
  const inner = `${indent}  `;
  const texts = items.map((item) => hclValue(item, inner, names));
  const flat = `[${texts.join(", ")}]`;
  if (flat.length <= 80 && !texts.some((text) => text.includes("\n"))) return flat;
  return ["[", ...texts.map((text) => `${inner}${text},`), `${indent}]`].join("\n");
}

function templateText(
  pieces: readonly (string | { readonly $ref: string; readonly output?: string } | { readonly $parameter: string })[],
  names: HclNames,
): string {
  const expression = (piece: Exclude<(typeof pieces)[number], string>) =>
    "$ref" in piece ? names.reference(piece) : `var.${snake(piece.$parameter)}`;
  // A sign of its own just before an insertion would read as an escape.
  const isAmbiguous = pieces.some(
    (piece, index) => typeof piece === "string" && /[$%]$/.test(piece) && index + 1 < pieces.length,
  );
  if (isAmbiguous) {
    return `join("", [${pieces.map((piece) => (typeof piece === "string" ? hclText(piece) : expression(piece))).join(", ")}])`;
  }
  return `"${pieces.map((piece) => (typeof piece === "string" ? escaped(piece) : `\${${expression(piece)}}`)).join("")}"`;
}

/** A text in quotes; what would begin an insertion is escaped. */
export function hclText(text: string): string {
  return `"${escaped(text)}"`;
}

function escaped(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")
    .replaceAll(/([$%]+)\{/g, (_, signs: string) => {
      const before = signs.slice(0, -1).replaceAll("$", "\\u0024").replaceAll("%", "\\u0025");
      const last = signs.slice(-1);
      return `${before}${last}${last}{`;
    })
    .replaceAll(
      /[\p{Cc}\u2028\u2029\ufeff]/gu,
      (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
    );
}

/** `tenantId` is `tenant_id`. */
export function snake(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}

function isExpression(value: HclValue): value is HclExpression {
  return typeof value === "object" && value !== null && "$hcl" in value;
}
