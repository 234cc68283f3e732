import { SaxesParser } from "saxes";
import type { Place } from "../../estate/sources/place.ts";

/** An element of a document, with the place of its opening tag. Text between elements is joined and trimmed. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: readonly XmlElement[];
  readonly text: string;
  readonly place: Place;
}

/** The root of the document, or the first fault of its syntax. */
export type XmlReading = { readonly root: XmlElement } | { readonly fault: string; readonly place: Place };

/** Elements within elements beyond this depth are refused: nothing is nested so deep that is meant. */
const MAXIMUM_DEPTH = 500;

interface OpenElement {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: XmlElement[];
  text: string;
  readonly place: Place;
}

/** Parses one XML document. External entities are never read; a document type with entities of its own is refused. */
export function readXml(text: string, source: string): XmlReading {
  const parser = new SaxesParser<{ xmlns: false; fileName: string }>({ xmlns: false, fileName: source });
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let fault: { readonly fault: string; readonly place: Place } | undefined;
  const here = (): Place => ({
    precision: "exact",
    source,
    line: parser.line,
    column: Math.max(1, parser.columnIndex),
  });
  const fail = (words: string) => {
    fault ??= { fault: words, place: here() };
  };
  let start = here();
  parser.on("error", (error) => fail(withoutPosition(error.message)));
  parser.on("doctype", () => fail("It declares a document type, which is not read."));
  parser.on("opentagstart", () => {
    start = here();
  });
  parser.on("opentag", ({ name, attributes }) => {
    open.push({ name, attributes, children: [], text: "", place: start });
    if (open.length > MAXIMUM_DEPTH) fail(`Elements are nested more than ${MAXIMUM_DEPTH} deep.`);
  });
  parser.on("text", (part) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += part;
  });
  parser.on("closetag", () => {
    const closed = open.pop();
    if (closed === undefined) return;
    const element: XmlElement = { ...closed, text: closed.text.trim() };
    const parent = open.at(-1);
    if (parent === undefined) root ??= element;
    else parent.children.push(element);
  });
  parser.write(text).close();
  if (fault !== undefined) return fault;
  return root === undefined ? { fault: "It has no element.", place: here() } : { root };
}

/** The parser's words stand behind its own `file:line:column`. */
function withoutPosition(message: string): string {
  const words = message.replace(/^.*?:\d+:\d+:\s*/, "");
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  return sentence.endsWith(".") ? sentence : `${sentence}.`;
}
