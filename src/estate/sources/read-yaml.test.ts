import { describe, expect, it } from "vitest";
import { readYaml } from "./read-yaml.ts";
import type { YamlDocument } from "./yaml-document.ts";

function values(text: string): readonly unknown[] {
  const { documents, diagnostics } = readYaml(text, "a.yaml");
  expect(diagnostics).toStrictEqual([]);
  return documents.map(({ value }) => value);
}

function only(text: string): YamlDocument {
  const { documents } = readYaml(text, "a.yaml");
  const [document] = documents;
  if (document === undefined || documents.length > 1) throw new Error(`${documents.length} documents`);
  return document;
}

describe("documents", () => {
  it("reads one after the other, and numbers those that hold anything", () => {
    const { documents } = readYaml("a: 1\n---\n---\n# nothing\n---\nb: 2\n...\n# end\n---\nc: 3", "x/a.yaml");
    expect(documents.map(({ value, index, source }) => [value, index, source])).toStrictEqual([
      [{ a: 1 }, 0, "x/a.yaml"],
      [{ b: 2 }, 1, "x/a.yaml"],
      [{ c: 3 }, 2, "x/a.yaml"],
    ]);
  });

  it.each([
    ["", []],
    ["\n\n", []],
    ["# comment\n", []],
    ["---\n---\n", []],
    ["\ufeff", []],
    ["...\n", []],
    ["null", [null]],
    ["--- ~\n", [null]],
    ["--- text", ["text"]],
    ["--- |\n a\n b\n--- >-\n c\n d\n", ["a\nb\n", "c d"]],
    ["- 1\n- 2", [[1, 2]]],
    ["\ufeffa: 1", [{ a: 1 }]],
    ["%YAML 1.1\n---\na: yes\n", [{ a: true }]],
    ["# first\n%YAML 1.2\n# more\n---\na: 1\n...\n%TAG !e! tag:e.com,2000:\n---\nb: 2", [{ a: 1 }, { b: 2 }]],
    ["a: 1\r\n---\r\nb: 2\r\n", [{ a: 1 }, { b: 2 }]],
    ["a: 1\r---\rb: 2\r", [{ a: 1 }, { b: 2 }]],
    ["text: |\n  ---\n  ...\n---\nb: '---'", [{ text: "---\n...\n" }, { b: "---" }]],
    ["a: x ---\nb: --- y", [{ a: "x ---", b: "--- y" }]],
    ["---a: 1", [{ "---a": 1 }]],
    ["--- # comment\na: 1", [{ a: 1 }]],
    ["a: 1\n--- \nb: 2\n---\t\nc: 3", [{ a: 1 }, { b: 2 }, { c: 3 }]],
  ])("reads %j", (text, expected) => {
    expect(values(text)).toStrictEqual(expected);
  });

  it("reads JSON, also several values in a row", () => {
    expect(values('{"a": [1, "yes", true, null, 1.5e3]}')).toStrictEqual([{ a: [1, "yes", true, null, 1500] }]);
    expect(values('\n {"a": 1}\n{"b": 2}[3] ')).toStrictEqual([{ a: 1 }, { b: 2 }, [3]]);
    expect(values('{"a": "{[\\"]}", "b\\\\": "\\u0041"}')).toStrictEqual([{ a: '{["]}', "b\\": "A" }]);
    expect(values('{\n\t"a": 1\n}')).toStrictEqual([{ a: 1 }]);
  });

  it("reads what only looks like JSON as YAML", () => {
    expect(values("{a: 1, b: [yes],}")).toStrictEqual([{ a: 1, b: [true] }]);
    expect(values('{"a": 1}\n---\n{"b": 2}\n')).toStrictEqual([{ a: 1 }, { b: 2 }]);
    expect(values("[1, 2] # list")).toStrictEqual([[1, 2]]);
  });
});

describe("values", () => {
  it("resolves scalars as sigs.k8s.io/yaml does, unless they are quoted", () => {
    expect(
      values("a: yes\nb: 'yes'\nc: 0644\nd: \"0644\"\ne: |\n  yes\nf: 1.30\ng: ~\nh: '~'\ni: 2001-12-14"),
    ).toStrictEqual([{ a: true, b: "yes", c: 420, d: "0644", e: "yes\n", f: 1.3, g: null, h: "~", i: "2001-12-14" }]);
  });

  it("makes texts of keys", () => {
    expect(values("1: a\n0x10: b\ny: c\n1.30: d\n'2': e\n-1: f")).toStrictEqual([
      { "1": "a", "16": "b", true: "c", "1.3": "d", "2": "e", "-1": "f" },
    ]);
  });

  it("keeps keys that JavaScript objects treat apart", () => {
    const [value] = values("__proto__: {polluted: 1}\nconstructor: x\ntoString: z");
    expect(Object.keys(value as object)).toStrictEqual(["__proto__", "constructor", "toString"]);
    expect(JSON.stringify(value)).toBe('{"__proto__":{"polluted":1},"constructor":"x","toString":"z"}');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(JSON.stringify(values('{"__proto__": 1}'))).toBe('[{"__proto__":1}]');
  });

  it("follows tags of YAML and lets others be", () => {
    expect(
      values("a: !!str 1\nb: !!int '1'\nc: !!float 1\nd: !!bool 'yes'\ne: !!null ''\nf: !!binary aGVsbG8=\ng: !Ref x"),
    ).toStrictEqual([{ a: "1", b: 1, c: 1, d: true, e: null, f: "hello", g: "x" }]);
    expect(values("a: !<tag:yaml.org,2002:str> 1\nb: ! 12\nc: !local {d: 1}\ne: !!str\nf: !!seq [1]")).toStrictEqual([
      { a: "1", b: "12", c: { d: 1 }, e: "", f: [1] },
    ]);
  });

  it("puts in what aliases stand for", () => {
    expect(values("a: &x {b: [1]}\nc: *x\nd: &y 2\ne: [*y, *y]\n&k key: *x")).toStrictEqual([
      { a: { b: [1] }, c: { b: [1] }, d: 2, e: [2, 2], key: { b: [1] } },
    ]);
    expect(values("- &a 1\n- &a 2\n- *a")).toStrictEqual([[1, 2, 2]]);
  });

  it("merges, and explicit keys win wherever they stand", () => {
    expect(values("x: &b {a: 1, b: 2}\nz:\n  b: 3\n  <<: *b\nw:\n  <<: *b\n  a: 9")).toStrictEqual([
      { x: { a: 1, b: 2 }, z: { b: 3, a: 1 }, w: { a: 9, b: 2 } },
    ]);
    expect(values("x: &b {a: 1}\nu: &c {a: 5, q: 1}\nz:\n  <<: [*b, *c]")).toStrictEqual([
      { x: { a: 1 }, u: { a: 5, q: 1 }, z: { a: 1, q: 1 } },
    ]);
    expect(values("a:\n  '<<': 1\n  b: {<<: {c: 1}}")).toStrictEqual([{ a: { "<<": 1, b: { c: 1 } } }]);
  });

  it("takes lines that stand left of their key inside brackets and quotes, as the parsers of Kubernetes do", () => {
    const text = "a:\n  b: [\n  1,\n2\n  ]\n  c: {\n  d: \"x\n  y\nz\",\n}\n  e: 'p\n\n q'\nf: 1";
    expect(values(text)).toStrictEqual([{ a: { b: [1, 2], c: { d: "x y z" }, e: "p\nq" }, f: 1 }]);
    const document = only(text);
    expect(document.locate(["a", "b", 1])).toMatchObject({ line: 4, column: 1 });
    expect(document.locate(["a", "c", "d"])).toMatchObject({ line: 7, column: 3 });
    expect(document.locate(["a", "e"])).toMatchObject({ line: 11, column: 3 });
    expect(document.locate(["f"])).toMatchObject({ line: 14, column: 1 });
  });

  it("reads integers beyond 2^53 as the nearest double and keeps their text", () => {
    const document = only("a: 9007199254740993\nb: {c: 18446744073709551615}");
    expect(document.value).toStrictEqual({ a: 9007199254740992, b: { c: 18446744073709552000 } });
    expect(document.scalarText(["a"])).toBe("9007199254740993");
    expect(document.scalarText(["b", "c"])).toBe("18446744073709551615");
  });
});

describe("scalarText", () => {
  it("gives back what was written, whatever it resolved to", () => {
    const text =
      "env:\n  - {name: A, value: yes}\n  - name: B\n    value: 1.30\nq: \"a\\u0041\"\ns: 'it''s'\nl: |\n  x\n  y\nz:\n";
    const document = only(text);
    expect(document.scalarText(["env", 0, "value"])).toBe("yes");
    expect(document.scalarText(["env", 1, "value"])).toBe("1.30");
    expect(document.scalarText(["q"])).toBe("aA");
    expect(document.scalarText(["s"])).toBe("it's");
    expect(document.scalarText(["l"])).toBe("x\ny\n");
    expect(document.scalarText(["z"])).toBe("");
    expect(document.scalarText(["env"])).toBeUndefined();
    expect(document.scalarText(["env", 5])).toBeUndefined();
    expect(document.scalarText(["q", "deeper"])).toBeUndefined();
  });

  it("looks through aliases and merges", () => {
    const document = only("a: &x {v: on}\nb: *x\nc: {<<: *x}\nd: {<<: [{w: 0o7}, *x]}");
    expect(document.scalarText(["b", "v"])).toBe("on");
    expect(document.scalarText(["c", "v"])).toBe("on");
    expect(document.scalarText(["d", "w"])).toBe("0o7");
  });

  it("knows JSON", () => {
    const document = only('{"a": [1.30, "x\\ty", true, null, {}], "b" : 12345678901234567890}');
    expect([0, 1, 2, 3, 4].map((index) => document.scalarText(["a", index]))).toStrictEqual([
      "1.30",
      "x\ty",
      "true",
      "null",
      undefined,
    ]);
    expect(document.scalarText(["b"])).toBe("12345678901234567890");
  });
});

describe("locate", () => {
  const text = [
    "# head",
    "---",
    "kind: List",
    "items:",
    "  - name: a",
    "    args: [one, {two: 2}]",
    "  - &anchor",
    "    name: b",
    "  - |",
    "    block",
    "  -",
    "  - *anchor",
    "---",
    "{kind: Other}",
  ].join("\n");

  it.each([
    [[], 3, 1],
    [["kind"], 3, 1],
    [["items"], 4, 1],
    [["items", 0], 5, 5],
    [["items", 0, "name"], 5, 5],
    [["items", 0, "args"], 6, 5],
    [["items", 0, "args", 0], 6, 12],
    [["items", 0, "args", 1], 6, 17],
    [["items", 0, "args", 1, "two"], 6, 18],
    [["items", 1], 8, 5],
    [["items", 1, "name"], 8, 5],
    [["items", 2], 9, 5],
    [["items", 4], 12, 5],
    [["items", 4, "name"], 8, 5],
    [["items", 0, "image"], 5, 5],
    [["items", 9], 4, 1],
    [["metadata", "name"], 3, 1],
    [["kind", "deeper"], 3, 1],
  ])("%j is at line %d, column %d", (path, line, column) => {
    expect(readYaml(text, "a.yaml").documents[0]?.locate(path)).toStrictEqual({
      precision: "exact",
      source: "a.yaml",
      line,
      column,
    });
  });

  it("counts from the start of the text, not of the document", () => {
    expect(readYaml(text, "a.yaml").documents[1]?.locate(["kind"])).toMatchObject({ line: 14, column: 2 });
    expect(readYaml("a: 1\r\n---\r\nb:\r\n  c: 1", "a").documents[1]?.locate(["b", "c"])).toMatchObject({
      line: 4,
      column: 3,
    });
  });

  it("does not count a byte order mark", () => {
    expect(only("\ufeffa: 1").locate(["a"])).toMatchObject({ line: 1, column: 1 });
  });

  it("finds fields of JSON", () => {
    const json = '{\n  "a": [1, {"b\\"": 2}],\n  "c": {}\n}';
    expect(only(json).locate([])).toMatchObject({ line: 1, column: 1 });
    expect(only(json).locate(["a"])).toMatchObject({ line: 2, column: 3 });
    expect(only(json).locate(["a", 1])).toMatchObject({ line: 2, column: 12 });
    expect(only(json).locate(["a", 1, 'b"'])).toMatchObject({ line: 2, column: 13 });
    expect(only(json).locate(["c", "none"])).toMatchObject({ line: 3, column: 3 });
    expect(only(' {"x": 1}').locate([])).toMatchObject({ line: 1, column: 2 });
  });

  it("takes keys as they became, also those that were no text", () => {
    const document = only("0x10: a\nyes: {1.30: b}");
    expect(document.locate(["16"])).toMatchObject({ line: 1, column: 1 });
    expect(document.locate(["true", "1.3"])).toMatchObject({ line: 2, column: 7 });
  });
});

describe("a block scalar in the last line of a text", () => {
  it.each([
    ["a: |\n  x", "x"],
    ["a: |\r\n  x", "x"],
    ["a: |+\n  x", "x"],
    ["a: |-\n  x", "x"],
    ["a: >\n  x\n  y", "x y"],
    ["a: |\n  x\n\n  y", "x\n\ny"],
    ["a: |\n  x\n   ", "x\n "],
    ["a: |\n  x\n  ", "x\n"],
    ["a: |+\n  x\n  ", "x\n"],
    ["a: |\n  x\n", "x\n"],
    ["a: |\r\n  x\r\n", "x\n"],
    ["a: |\n  x\n# end", "x\n"],
  ])("%j is %j", (text, expected) => {
    const document = only(text);
    expect(document.value).toEqual({ a: expected });
    expect(document.scalarText(["a"])).toBe(expected);
  });

  it("does not change the documents before", () => {
    const { documents } = readYaml("a: |\n  x\n---\na: |\n  x", "a.yaml");
    expect(documents.map(({ value }) => value)).toEqual([{ a: "x\n" }, { a: "x" }]);
  });
});
