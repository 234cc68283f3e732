import {
  array,
  boolean,
  constantFrom,
  dictionary,
  integer,
  assert as law,
  letrec,
  oneof,
  pre,
  property,
  string,
  tuple,
} from "fast-check";
import { describe, expect, it } from "vitest";
import { isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, stringify } from "yaml";
import { readLargeList } from "./large-list.ts";
import { lineIndex } from "./line-index.ts";
import { fieldOffset } from "./position-tree.ts";
import { readYaml } from "./read-yaml.ts";
import { resolvePlainKey } from "./resolve-scalar.ts";
import type { FieldPath, YamlDocument } from "./yaml-document.ts";

/** Data whose scalars are texts, so that both libraries agree on the value and only places are in question. */
const { value: anyValue } = letrec((tie) => ({
  value: oneof(
    { maxDepth: 5, withCrossShrink: true },
    tie("text"),
    array(tie("value"), { maxLength: 4 }),
    dictionary(tie("key") as ReturnType<typeof string>, tie("value"), { maxKeys: 4 }),
  ),
  key: oneof(
    constantFrom("name", "a b", "k8s.io/x", "-", "#c", "a: b", "'", '"', "{", "*a", "&", "|"),
    // The merge key is no text, and keys that only this reader takes for numbers or booleans (the other library has another schema) prove nothing.
    string({ maxLength: 8 }).filter((key) => key !== "<<" && resolvePlainKey(key) === key),
  ),
  text: oneof(
    constantFrom(
      "",
      "x",
      "two words",
      "line\nline\n",
      "\n\nindented\n  more",
      "trailing ",
      " leading",
      "- x",
      "a: b",
      "# no",
      "---",
    ),
    string({ maxLength: 20 }),
    string({ unit: constantFrom("a", " ", "\n", "'", '"', "é", "😀"), maxLength: 60 }),
  ),
}));

const style = tuple(
  constantFrom(2, 3, 4),
  boolean(),
  boolean(),
  constantFrom(0, 20, 80),
  constantFrom(null, true, false),
  boolean(),
);

/** Writes each document in its own of many styles. */
function write(values: readonly unknown[], styles: readonly ReturnType<typeof styleOptions>[]): string {
  return values
    .map(
      (value, index) => `${index % 2 === 0 ? "# head\n" : ""}---\n${stringify(value, styles[index % styles.length])}`,
    )
    .join("");
}

function styleOptions([indent, indentSeq, flow, lineWidth, singleQuote, plain]: readonly [
  number,
  boolean,
  boolean,
  number,
  boolean | null,
  boolean,
]) {
  return {
    indent,
    indentSeq,
    collectionStyle: flow ? "flow" : "any",
    lineWidth,
    singleQuote,
    defaultStringType: plain ? "PLAIN" : "QUOTE_DOUBLE",
    defaultKeyType: "PLAIN",
  } as const;
}

/** Every field of a document with the position that the `yaml` library gives for its key or item. */
function* fieldsOf(node: unknown, path: FieldPath): Generator<readonly [path: FieldPath, offset: number, node: Node]> {
  if (isMap<Node, Node>(node)) {
    for (const { key, value } of node.items) {
      const field = [...path, String(isScalar(key) ? key.value : key)];
      yield [field, key.range?.[0] ?? 0, value ?? key];
      yield* fieldsOf(value, field);
    }
  } else if (isSeq<Node>(node)) {
    for (const [index, item] of node.items.entries()) {
      yield [[...path, index], item.range?.[0] ?? 0, item];
      yield* fieldsOf(item, [...path, index]);
    }
  }
}

function isReadByLibrary(text: string): boolean {
  const others = parseAllDocuments(text, { schema: "failsafe", uniqueKeys: false });
  return Array.isArray(others) && others.every(({ errors }) => errors.length === 0);
}

function expectSamePlaces(text: string, documents: readonly YamlDocument[]): number {
  const lines = new LineCounter();
  const others = parseAllDocuments(text, { lineCounter: lines, schema: "failsafe", uniqueKeys: false });
  // Now and then it cannot read what it wrote itself; then it is no witness.
  if (!Array.isArray(others) || others.some(({ errors }) => errors.length > 0)) return 0;
  const contents = others.map(({ contents: node }) => node);
  expect(documents).toHaveLength(contents.length);
  let count = 0;
  for (const [index, document] of documents.entries()) {
    for (const [path, offset, node] of fieldsOf(contents[index], [])) {
      const { line, col } = lines.linePos(offset);
      expect([path, document.locate(path)]).toMatchObject([path, { line, column: col }]);
      if (isScalar(node)) {
        expect(document.scalarText(path)).toBe(node.value ?? "");
      }
      count += 1;
    }
  }
  return count;
}

describe("positions of random documents", () => {
  it("are those of the yaml library, and so are the texts of scalars", () => {
    let places = 0;
    law(
      property(
        array(anyValue, { minLength: 1, maxLength: 3 }),
        array(style, { minLength: 1, maxLength: 3 }),
        (values, styles) => {
          const text = write(values, styles.map(styleOptions));
          // Texts of white space are sometimes written as block scalars that nobody can read, the library included.
          pre(isReadByLibrary(text));
          const { documents, diagnostics } = readYaml(text, "a");
          expect(diagnostics).toStrictEqual([]);
          places += expectSamePlaces(text, documents);
        },
      ),
      { numRuns: 400 },
    );
    expect(places).toBeGreaterThan(500);
  });

  it("are the same in JSON, whatever the white space", () => {
    law(
      property(dictionary(string(), anyValue), constantFrom(undefined, 1, "\t", 4), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        const { documents, diagnostics } = readYaml(text, "a");
        expect(diagnostics).toStrictEqual([]);
        expect(JSON.stringify(documents[0]?.value)).toBe(JSON.stringify(JSON.parse(text)));
        if (space !== "\t") expectSamePlaces(text, documents);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a list that is read item by item", () => {
  const object = dictionary(constantFrom("kind", "name", "spec", "items", "data"), anyValue, { minKeys: 1 });

  it("has the values and positions that it has as a whole", () => {
    law(
      property(
        array(object, { minLength: 1, maxLength: 5 }),
        style,
        integer({ min: 0, max: 2 }),
        (items, chosen, tail) => {
          const [indent, indentSeq, , lineWidth, singleQuote, plain] = chosen;
          const options = styleOptions([indent, indentSeq, false, lineWidth, singleQuote, plain]);
          const after = ["", "kind: List\nmetadata:\n  resourceVersion: ''\n", "# end\n"][tail] ?? "";
          const text = `apiVersion: v1\n${stringify({ items }, options)}${after}`;
          const list = readLargeList(text);
          const whole = readYaml(text, "a").documents[0];
          if (list === undefined || whole === undefined) throw new Error("not read");
          expect(JSON.stringify(list.value)).toBe(JSON.stringify(whole.value));
          const lines = lineIndex(text);
          const positions = list.positions();
          const paths: FieldPath[] = [["apiVersion"], ["items"], ["kind"], ["metadata", "resourceVersion"]];
          for (const [index, item] of items.entries())
            paths.push(["items", index], ...Object.keys(item).map((key) => ["items", index, key]));
          for (const path of paths) {
            expect([path, lines.position(fieldOffset(positions, path))]).toMatchObject([
              path,
              { line: whole.locate(path).line, column: whole.locate(path).column },
            ]);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    ["no list", "a: 1\nb: 2\n"],
    ["no block list", "items: [1, 2]\n"],
    ["no item", "items:\nkind: List\n"],
    ["aliases between items", "items:\n- &a {b: 1}\n- *a\n"],
    ["an item that is broken", "items:\n- a: 1\n- b: [\n"],
    ["a quoted text over item borders", 'items:\n- a: "x\n- y"\n- b: 1\n'],
    ["items twice", "items:\n- a: 1\nitems:\n- b: 1\n"],
  ])("is left alone when it has %s", (_, text) => {
    expect(readLargeList(text)).toBeUndefined();
  });

  it("is what large texts with many items become", () => {
    const items = Array.from(
      { length: 30_000 },
      (_, index) => `  - name: item-${index}\n    text: |\n      - not an item\n`,
    );
    const text = `# list\n---\nkind: List\nitems:\n${items.join("")}metadata: {}\n`;
    const [document] = readYaml(text, "a").documents;
    expect(document?.value).toHaveProperty("items.length", 30_000);
    expect(document?.locate(["items", 29_999, "text"])).toMatchObject({ line: 4 + 29_999 * 3 + 2, column: 5 });
    expect(document?.locate(["metadata"])).toMatchObject({ line: 5 + 30_000 * 3, column: 1 });
    expect(document?.scalarText(["items", 7, "name"])).toBe("item-7");
    expect(document?.locate(["items", 30_000])).toMatchObject({ line: 4, column: 1 });
  });
});
