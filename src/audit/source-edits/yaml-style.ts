import { Document, isMap, isPair, isScalar, isSeq, visit } from "yaml";

/** How a text is written, so that what is added to it looks the same. */
export interface YamlStyle {
  readonly lineEnd: "\n" | "\r\n";
  /** Spaces a level. */
  readonly indent: number;
  /** Items of lists are indented below their key. */
  readonly indentsItems: boolean;
  /** Short mappings and lists stand on one line, in brackets. */
  readonly prefersFlow: boolean;
  /** `{ a: 1 }` instead of `{a: 1}`. */
  readonly padsFlow: boolean;
  readonly singleQuotes: boolean;
  /** JSON, on several lines or on one. */
  readonly json: boolean;
}

const longestFlow = 60;

/** Reads the style off a document; what it does not show is as Kubernetes manifests are mostly written. */
export function yamlStyleOf(text: string, document: Document.Parsed): YamlStyle {
  const seen = { flow: 0, block: 0, indented: 0, level: 0, steps: new Map<number, number>() };
  const column = (offset: number): number => offset - (text.lastIndexOf("\n", offset - 1) + 1);
  visit(document, {
    Collection: (_, node, path) => {
      if (node.items.length === 0) return;
      const isLeaf = node.items.every((item) => isScalar(isPair(item) ? item.value : item));
      if (isLeaf) seen[node.flow === true ? "flow" : "block"] += 1;
      const parent = path.findLast((step) => isMap(step));
      if (node.flow === true || !isMap(parent) || parent.flow === true) return;
      const step = column(node.range?.[0] ?? 0) - column(parent.range?.[0] ?? 0);
      if (isSeq(node) && isPair(path.at(-1))) seen[step > 0 ? "indented" : "level"] += 1;
      else if (isMap(node) && isPair(path.at(-1)) && step > 0) seen.steps.set(step, (seen.steps.get(step) ?? 0) + 1);
    },
  });
  const json = /^[\s\uFEFF]*[{[]/.test(text) && isJson(text);
  const [indent] = json
    ? [/^[{[]\r?\n( +)/.exec(text)?.[1]?.length ?? 2]
    : ([...seen.steps].toSorted(([, left], [, right]) => right - left)[0] ?? [2]);
  return {
    lineEnd: text.includes("\r\n") ? "\r\n" : "\n",
    indent,
    indentsItems: seen.indented >= seen.level,
    prefersFlow: seen.flow > seen.block,
    padsFlow: /\{ \S/.test(text),
    singleQuotes: (text.match(/: '/g)?.length ?? 0) > (text.match(/: "/g)?.length ?? 0),
    json,
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A value in block form as lines without indentation; scalars are one line. */
export function blockLines(value: unknown, style: YamlStyle): readonly string[] {
  // YAML 1.1 quotes what readers of Kubernetes would take for something else, such as `yes` and `0644`.
  const document = new Document(value, { version: "1.1", aliasDuplicateObjects: false });
  visit(document, {
    Collection: (key, node) => {
      if (key === null || !style.prefersFlow) return;
      const isLeaf = node.items.every((item) => isScalar(isPair(item) ? item.value : item));
      if (isLeaf && flowText(node.toJSON(), style).length <= longestFlow) node.flow = true;
    },
  });
  return written(document, style).split("\n");
}

/** A value on one line, in brackets where it is a mapping or a list. */
export function flowText(value: unknown, style: YamlStyle): string {
  if (style.json)
    return JSON.stringify(value, undefined, 1)
      .replace(/\n\s*/g, " ")
      .replace(/([[{]) | ([\]}])/g, "$1$2");
  const document = new Document(value, { version: "1.1", aliasDuplicateObjects: false });
  visit(document, {
    Collection: (_, node) => {
      node.flow = true;
    },
  });
  return written(document, style);
}

function written(document: Document, style: YamlStyle): string {
  return document
    .toString({
      directives: false,
      lineWidth: 0,
      indent: style.indent,
      indentSeq: style.indentsItems,
      flowCollectionPadding: style.padsFlow,
      singleQuote: style.singleQuotes ? true : null,
      minContentWidth: 0,
    })
    .replace(/\n$/, "");
}
