import {
  isCollection,
  isMap,
  isPair,
  isScalar,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { blockLines, flowText, type YamlStyle } from "./yaml-style.ts";

/** Characters of a text to replace. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A text with the style it is written in. */
export interface StyledText {
  readonly text: string;
  readonly style: YamlStyle;
}

/** Fields before which new ones go: what is long and comes last in manifests as people write them. */
const lastFields = ["template", "jobTemplate", "containers", "initContainers"];

/** Fields that come first. */
const firstFields = ["replicas"];

export function insertPair(target: StyledText, map: YAMLMap, key: string, value: unknown): Splice {
  const { text, style } = target;
  if (map.flow === true || map.items.length === 0) {
    return insertInFlow(target, map, (indent) => flowPair(key, value, style, indent));
  }
  const column = columnOf(text, startOf(map.items[0]?.key));
  const lines = indented(blockLines({ [key]: value }, style), column, style);
  const before = map.items.findIndex((pair) => lastFields.includes(String((pair.key as Scalar).value)));
  const isLast = before === -1 || lastFields.includes(key);
  const previous = firstFields.includes(key) ? undefined : map.items[isLast ? map.items.length - 1 : before - 1];
  if (previous === undefined) {
    const start = startOf(map.items[0]?.key);
    return { start, end: start, text: lines + style.lineEnd + " ".repeat(column) };
  }
  const at = endOfLine(text, contentEnd(text, previous));
  return { start: at, end: at, text: style.lineEnd + " ".repeat(column) + lines };
}

export function replacePairValue(target: StyledText, map: YAMLMap, pair: Pair, value: unknown): Splice {
  const { text, style } = target;
  const old = pair.value as Node | null;
  const keyEnd = afterColon(text, pair);
  const isEmpty = old === null || (isScalar(old) && old.source === "");
  if (!isEmpty && (isScalarValue(value) ? isScalar(old) && !isBlockScalar(old) : isInFlow(old))) {
    return { start: startOf(old), end: contentEnd(text, old), text: inlineText(value, old, style) };
  }
  const end = isEmpty ? keyEnd : contentEnd(text, old);
  if (map.flow === true) return { start: keyEnd, end, text: ` ${flowText(value, style)}` };
  const column = columnOf(text, startOf(pair.key));
  const key = text.slice(startOf(pair.key), keyEnd);
  const lines = indented(blockLines({ key: value }, style), column, style).slice("key:".length);
  const comment =
    isEmpty && lines.startsWith(style.lineEnd) ? (/^[ \t]+#[^\r\n]*/.exec(text.slice(end))?.[0] ?? "") : "";
  return { start: startOf(pair.key), end: end + comment.length, text: key + comment + lines };
}

export function replaceItem(target: StyledText, list: YAMLSeq, index: number, value: unknown): Splice {
  const { text, style } = target;
  const old = list.items[index] as Node;
  const start = startOf(old);
  const end = contentEnd(text, old);
  if (list.flow === true || isInFlow(old) || (isScalarValue(value) && isScalar(old))) {
    return { start, end, text: inlineText(value, old, style) };
  }
  return { start, end, text: indented(blockLines(value, style), columnOf(text, start), style) };
}

export function appendItem(target: StyledText, list: YAMLSeq, value: unknown, owner: Pair | undefined): Splice {
  const { text, style } = target;
  if (list.flow === true || list.items.length === 0) {
    if (list.items.length === 0 && owner !== undefined && !style.json && !isScalarValue(value)) {
      const column = columnOf(text, startOf(owner.key));
      const lines = indented(blockLines({ key: [value] }, style), column, style).slice("key:".length);
      if (isBlockPair(text, owner)) return { start: afterColon(text, owner), end: contentEnd(text, list), text: lines };
    }
    return insertInFlow(target, list, (indent) => flowValue(value, style, indent));
  }
  const column = columnOf(text, startOf(list));
  const at = endOfLine(text, contentEnd(text, list));
  const lines = indented(blockLines([value], { ...style, indentsItems: true }), column, style);
  return { start: at, end: at, text: style.lineEnd + " ".repeat(column) + lines };
}

export function removePair(
  target: StyledText,
  map: YAMLMap,
  pair: Pair,
  owner: Pair | undefined,
): Splice | { readonly problem: string } {
  const { text } = target;
  const index = map.items.indexOf(pair);
  const start = startOf(pair.key);
  if (map.flow === true) return removeFromFlow(text, map, index, (item) => startOf((item as Pair).key));
  if (map.items.length === 1) return emptied(text, map, owner, "{}");
  const lineStart = lineStartOf(text, start);
  if (text.slice(lineStart, start).trim() === "") {
    return { start: lineStart, end: afterLine(text, contentEnd(text, pair)), text: "" };
  }
  return { start, end: startOf(map.items[index + 1]?.key), text: "" };
}

export function removeItem(
  target: StyledText,
  list: YAMLSeq,
  index: number,
  owner: Pair | undefined,
): Splice | { readonly problem: string } {
  const { text } = target;
  if (list.flow === true) return removeFromFlow(text, list, index, startOf);
  if (list.items.length === 1) return emptied(text, list, owner, "[]");
  const lineStart = lineStartOf(text, startOf(list.items[index]));
  if (!/^\s*-\s+$/.test(text.slice(lineStart, startOf(list.items[index]))))
    return { problem: "the item shares a line" };
  return { start: lineStart, end: afterLine(text, contentEnd(text, list.items[index])), text: "" };
}

function emptied(
  text: string,
  node: Node,
  owner: Pair | undefined,
  empty: string,
): Splice | { readonly problem: string } {
  if (owner === undefined) return { problem: "nothing would be left" };
  return { start: afterColon(text, owner), end: contentEnd(text, node), text: ` ${empty}` };
}

/** Before the closing bracket, on a line of its own where the others stand so. */
function insertInFlow(
  { text, style }: StyledText,
  node: YAMLMap | YAMLSeq,
  write: (indent: string | undefined) => string,
): Splice {
  const open = startOf(node);
  const close = contentEnd(text, node) - 1;
  const last = node.items.at(-1);
  if (last === undefined) {
    const [before, after] = style.padsFlow && isMap(node) && !style.json ? [" ", " "] : ["", ""];
    return { start: open + 1, end: close, text: `${before}${write(undefined)}${after}` };
  }
  const end = contentEnd(text, last);
  const first = node.items[0];
  const firstStart = isPair(first) ? startOf(first.key) : startOf(first);
  const isMultiLine = text.slice(open, firstStart).includes("\n");
  const indent = isMultiLine ? " ".repeat(columnOf(text, firstStart)) : undefined;
  const comma = /^\s*,/.exec(text.slice(end, close))?.[0].length ?? 0;
  const separator = indent === undefined ? " " : style.lineEnd + indent;
  if (comma > 0) return { start: end + comma, end: end + comma, text: `${separator}${write(indent)},` };
  return { start: end, end, text: `,${separator}${write(indent)}` };
}

function flowPair(key: string, value: unknown, style: YamlStyle, indent: string | undefined): string {
  if (style.json) return `${JSON.stringify(key)}: ${flowValue(value, style, indent)}`;
  return flowText({ [key]: value }, { ...style, padsFlow: false }).slice(1, -1);
}

function flowValue(value: unknown, style: YamlStyle, indent: string | undefined): string {
  if (!style.json || indent === undefined) return flowText(value, style);
  return JSON.stringify(value, undefined, style.indent).replaceAll("\n", style.lineEnd + indent);
}

function removeFromFlow(
  text: string,
  node: YAMLMap | YAMLSeq,
  index: number,
  startOfItem: (item: unknown) => number,
): Splice {
  if (node.items.length === 1) return { start: startOf(node) + 1, end: contentEnd(text, node) - 1, text: "" };
  const next = node.items[index + 1];
  if (next !== undefined) return { start: startOfItem(node.items[index]), end: startOfItem(next), text: "" };
  return { start: contentEnd(text, node.items[index - 1]), end: contentEnd(text, node.items[index]), text: "" };
}

/** A value where another stood on one line, with the same quotes. */
function inlineText(value: unknown, old: Node | null, style: YamlStyle): string {
  if (typeof value === "string" && isScalar(old) && old.type === "QUOTE_DOUBLE") return JSON.stringify(value);
  if (typeof value === "string" && isScalar(old) && old.type === "QUOTE_SINGLE" && !value.includes("\n")) {
    return `'${value.replaceAll("'", "''")}'`;
  }
  return flowText(value, style);
}

function isScalarValue(value: unknown): boolean {
  return typeof value !== "object" || value === null || Object.keys(value).length === 0;
}

function isBlockScalar(node: Node | null): boolean {
  return isScalar(node) && (node.type === "BLOCK_FOLDED" || node.type === "BLOCK_LITERAL");
}

function isInFlow(node: Node | null): boolean {
  return isCollection(node) && node.flow === true;
}

function isBlockPair(text: string, pair: Pair): boolean {
  return /^[\s-]*$/.test(text.slice(lineStartOf(text, startOf(pair.key)), startOf(pair.key)));
}

function startOf(node: unknown): number {
  return (node as Node | undefined)?.range?.[0] ?? 0;
}

function afterColon(text: string, pair: Pair): number {
  const keyEnd = (pair.key as Node).range?.[1] ?? 0;
  return text.indexOf(":", keyEnd) + 1;
}

/** Offset after the last character of content: without what follows on the line, blank lines and comments. */
function contentEnd(text: string, node: unknown): number {
  if (isPair(node)) {
    const value = node.value as Node | null;
    const colon = afterColon(text, node);
    return value === null || (isScalar(value) && value.source === "")
      ? colon
      : Math.max(colon, contentEnd(text, value));
  }
  const { range } = node as Node;
  const [start, end] = [range?.[0] ?? 0, range?.[1] ?? 0];
  if (isCollection(node) && node.flow !== true && node.items.length > 0) return contentEnd(text, node.items.at(-1));
  return start + text.slice(start, end).trimEnd().length;
}

function indented(lines: readonly string[], column: number, { lineEnd }: YamlStyle): string {
  return lines.map((line, index) => (index === 0 || line === "" ? line : " ".repeat(column) + line)).join(lineEnd);
}

function columnOf(text: string, offset: number): number {
  return offset - lineStartOf(text, offset);
}

function lineStartOf(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  if (end === -1) return text.length;
  return text[end - 1] === "\r" && end > offset ? end - 1 : end;
}

/** Offset of the line after. */
function afterLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end + 1;
}
