import { isJsonObject, type StringMap } from "../../estate/kubernetes/json-value.ts";

/** What is read first comes first; the rest is in the order of the alphabet. */
const firstKeys = ["apiVersion", "kind", "name", "namespace", "metadata"];

/** Texts that some version of YAML reads as something else, in any case. */
const reservedWords = new Set(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"]);

/** Starts with a letter, so it is no number and no date; holds nothing that YAML gives a meaning to. */
const plainText = /^(?:(?:\.\.\/)+|\.\/)?[A-Za-z_/](?:[\w./@+,()=*;$%^'-]|:(?=[^\s:])| (?=[\w./@+,()=*;$%^'-]))*$/;
const plainQuantity = /^[1-9]\d{0,9}(?:m|Ki|Mi|Gi|Ti|s|h|min)$/;
/** Control characters other than tab and line feed, halves of characters, and what some readers take for a line end. */
const unprintable = /(?![\t\n])\p{Cc}|\p{Cs}|[\u2028\u2029\ufeff\ufffe\uffff]/u;

/**
 * Stable YAML of a value: keys sorted, no anchors, no wrapped lines, and quotes around every text that any version of
 * YAML would read as something else (versions, zones, `yes`, `0644`).
 */
export function yamlText(value: unknown): string {
  const lines: string[] = [];
  if (isFilled(value)) writeInside(value, "", lines);
  else lines.push(scalarText(value, ""));
  return `${lines.join("\n")}\n`;
}

/** Documents of one file, in their order. */
export function yamlDocuments(values: readonly unknown[]): string {
  return values.map(yamlText).join("---\n");
}

function isFilled(value: unknown): value is readonly unknown[] | { readonly [key: string]: unknown } {
  return Array.isArray(value) ? value.length > 0 : isJsonObject(value) && Object.keys(value).length > 0;
}

function writeInside(value: readonly unknown[] | { readonly [key: string]: unknown }, indent: string, lines: string[]) {
  if (isList(value)) {
    for (const item of value) writeItem(item, indent, lines);
    return;
  }
  for (const key of sortedKeys(value)) {
    const entry = value[key];
    const head = `${indent}${quotedIfNeeded(key)}:`;
    if (isFilled(entry)) {
      lines.push(head);
      writeInside(entry, `${indent}  `, lines);
    } else {
      lines.push(`${head} ${scalarText(entry, indent)}`);
    }
  }
}

function writeItem(item: unknown, indent: string, lines: string[]) {
  if (!isFilled(item)) {
    lines.push(`${indent}- ${scalarText(item, indent)}`);
    return;
  }
  const inner: string[] = [];
  writeInside(item, `${indent}  `, inner);
  const [first = "", ...rest] = inner;
  lines.push(`${indent}- ${first.slice(indent.length + 2)}`);
  for (const line of rest) lines.push(line);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function sortedKeys(value: { readonly [key: string]: unknown }): readonly string[] {
  return Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort((left, right) => rankOf(left) - rankOf(right) || (left < right ? -1 : 1));
}

function rankOf(key: string): number {
  const rank = firstKeys.indexOf(key);
  return rank === -1 ? firstKeys.length : rank;
}

function scalarText(value: unknown, indent: string): string {
  if (typeof value === "string") return blockText(value, indent) ?? quotedIfNeeded(value);
  if (typeof value === "number") return Object.is(value, -0) ? "0" : String(value);
  if (typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return "[]";
  return isJsonObject(value) ? "{}" : "null";
}

/** Several lines as a literal block; undefined where a block cannot hold the text as it is. */
function blockText(text: string, indent: string): string | undefined {
  if (!text.includes("\n") || unprintable.test(text) || /^\s/.test(text) || /\n[ \t]+(?:\n|$)/.test(text))
    return undefined;
  const end = /\n*$/.exec(text)?.[0].length ?? 0;
  const chomping = ["|-", "|"][end] ?? "|+";
  const lines = (end === 0 ? text : text.slice(0, -1)).split("\n");
  return [chomping, ...lines.map((line) => (line === "" ? "" : `${indent}  ${line}`))].join("\n");
}

function quotedIfNeeded(text: string): string {
  const isPlain = plainText.test(text) ? !reservedWords.has(text.toLowerCase()) : plainQuantity.test(text);
  return isPlain ? text : quoted(text);
}

const escapes: StringMap = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r" };

function quoted(text: string): string {
  let result = "";
  for (const character of text) {
    const short = escapes[character];
    if (short !== undefined) result += short;
    else if (unprintable.test(character)) result += `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
    else result += character;
  }
  return `"${result}"`;
}
