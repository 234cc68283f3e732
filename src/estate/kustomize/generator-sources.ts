import { kustomizeIgnored } from "../diagnostics/kustomize-diagnostics.ts";
import { sourceName } from "../sources/source-path.ts";
import { type Evaluation, findFile } from "./evaluation.ts";
import { type FieldOrigin, type OriginDocument, originAt, rootOrigin } from "./field-origin.ts";
import { KustomizeFault } from "./kustomize-fault.ts";
import type { LocatedText, Section } from "./section.ts";

/** One entry of a ConfigMap or Secret, with the text that it comes from. */
export interface DataEntry extends LocatedText {
  readonly key: string;
}

/**
 * The entries of a generator: those of `envs`, then `literals`, then `files`. Undefined when a file is missing, which is
 * reported.
 * @throws KustomizeFault when an entry cannot be read or a key is repeated
 */
export function readDataEntries(section: Section, evaluation: Evaluation): readonly DataEntry[] | undefined {
  const envName = section.text("env");
  const env = envName === undefined ? [] : [{ value: envName, origin: section.originOf("env") }];
  const groups = [
    ...[...section.texts("envs"), ...env].map((name) => environmentFile(name, evaluation)),
    section.texts("literals").map(literal),
    ...section.texts("files").map((source) => wholeFile(source, evaluation)),
  ];
  const entries: DataEntry[] = [];
  const keys = new Set<string>();
  for (const group of groups) {
    if (group === undefined) return undefined;
    for (const entry of group) {
      if (keys.has(entry.key)) throw new KustomizeFault(`the key "${entry.key}" is repeated`);
      keys.add(entry.key);
      entries.push(entry);
    }
  }
  return entries;
}

function literal({ value, origin }: LocatedText): DataEntry {
  const equals = value.indexOf("=");
  if (equals < 1) throw new KustomizeFault(`the literal "${value}" is not of the form key=value`);
  return { key: value.slice(0, equals), value: withoutQuotes(value.slice(equals + 1)), origin };
}

function withoutQuotes(text: string): string {
  const quoted = text.length >= 2 && text[0] === text.at(-1) && (text[0] === '"' || text[0] === "'");
  return quoted ? text.slice(1, -1) : text;
}

function wholeFile({ value, origin }: LocatedText, evaluation: Evaluation): readonly DataEntry[] | undefined {
  const parts = value.split("=");
  const [first = "", second] = parts;
  if (parts.length > 2) throw new KustomizeFault(`the file source "${value}" has more than one "="`);
  if (second !== undefined && (first === "" || second === "")) {
    throw new KustomizeFault(`the file source "${value}" lacks a key or a file`);
  }
  const name = second ?? first;
  const file = findFile(evaluation, { value: name, origin }, "file of a generator");
  if (file === undefined) return undefined;
  const key = second === undefined ? sourceName(name) : first;
  if (/[\0\uFFFD]/.test(file.text)) {
    const effect = "it is no text, so the entry and the hash in the name differ from the real ones";
    evaluation.log.report(kustomizeIgnored, { field: name, effect }, origin);
  }
  return [{ key, value: file.text, origin: rootOrigin(textDocument(file.path)) }];
}

function environmentFile(name: LocatedText, evaluation: Evaluation): readonly DataEntry[] | undefined {
  const file = findFile(evaluation, name, "environment file");
  if (file === undefined) return undefined;
  const document = textDocument(file.path);
  return file.text.split("\n").flatMap((line, index) => {
    const text = withoutMark(line, index).replace(/\r$/, "").replace(/^\s+/, "");
    if (text === "" || text.startsWith("#")) return [];
    const equals = text.indexOf("=");
    const origin: FieldOrigin = originAt(document, [index + 1]);
    if (equals === -1) return [{ key: text, value: "", origin }];
    return equals === 0 ? [] : [{ key: text.slice(0, equals), value: text.slice(equals + 1), origin }];
  });
}

function withoutMark(line: string, index: number): string {
  return index === 0 && line.charCodeAt(0) === 0xfeff ? line.slice(1) : line;
}

/** A text that is no YAML: its parts are lines. */
function textDocument(source: string): OriginDocument {
  return {
    locate: ([line]) => ({ precision: "exact", source, line: typeof line === "number" ? line : 1, column: 1 }),
    scalarText: () => undefined,
  };
}
