import { array, constantFrom, assert as law, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { readYaml } from "./read-yaml.ts";

/** `code line:column` of each diagnostic. */
function problems(text: string): readonly string[] {
  return readYaml(text, "a.yaml").diagnostics.map(
    ({ code, name, place }) => `${code} ${name} ${place?.line}:${place?.column}`,
  );
}

describe("bad texts", () => {
  it.each([
    ["a:\n\tb: 1", "EST-002 tab-indentation 2:1"],
    ["a:\n  b: 1\n\tc: 2", "EST-002 tab-indentation 3:1"],
    ["a:\n  - b\n \t- c", "EST-002 tab-indentation 3:2"],
    ['a: "x\nb: 2\nc: 3', "EST-003 unclosed-quote 1:4"],
    ["x: 'it''s'\na: 'it''s\nb: 2", "EST-003 unclosed-quote 2:4"],
    ['a: "x\\"\n\n---\nb: 1', "EST-003 unclosed-quote 1:4"],
    ["a:\n  b: 1\n c: 2", "EST-004 bad-indentation 3:2"],
    ["a:\n  - b\n  - d\n    - e: 1\n", "EST-016 missing-colon 3:3"],
    ["a: 1\nb: 2\na: 3", "EST-005 duplicate-key 3:1"],
    ["a: {b: 1, b: 2}", "EST-005 duplicate-key 1:11"],
    ["1: a\n'1': b", "EST-005 duplicate-key 2:1"],
    ["- x:\n    yes: 1\n    on: 2", "EST-005 duplicate-key 3:5"],
    ['{"a": {"b": 1,\n"b": 2}}', "EST-005 duplicate-key 2:1"],
    ["a: *x", "EST-008 bad-alias 1:4"],
    ["a: &x\n  b: *x", "EST-008 bad-alias 2:6"],
    ["a: 1\n\0", "EST-009 not-text 2:1"],
    ["a: 1\n---\nb: .inf", "EST-011 not-json-data 3:4"],
    ["a: [.nan]", "EST-011 not-json-data 1:5"],
    ["~: 1", "EST-011 not-json-data 1:1"],
    ["? [a]\n: 1", "EST-011 not-json-data 1:3"],
    ["a: !!int x", "EST-012 bad-tag 1:4"],
    ["a: !!bool 1", "EST-012 bad-tag 1:4"],
    ["a: !!binary '*'", "EST-012 bad-tag 1:4"],
    ["a: {<<: 1}", "EST-013 bad-merge 1:5"],
    ["a:\n  <<: [{b: 1}, 2]", "EST-013 bad-merge 2:3"],
    ["image: nginx: latest", "EST-014 unquoted-colon 1:13"],
    ["a: @x", "EST-015 reserved-character 1:4"],
    ["a: `x`", "EST-015 reserved-character 1:4"],
    ["- %x", "EST-015 reserved-character 1:3"],
    ["a: 1\nb\nc: 2", "EST-016 missing-colon 2:1"],
    ["a:b\nc: 1", "EST-016 missing-colon 1:1"],
    ["a: [1, 2", "EST-017 unclosed-bracket 1:4"],
    ["a: [1, 2\n\n---\nb: 1", "EST-017 unclosed-bracket 1:4"],
    ["a: [1, 2\nb: 3\n", "EST-017 unclosed-bracket 1:4"],
    ["a: {x: 1\nb: 3\n", "EST-017 unclosed-bracket 1:4"],
    ["a:\n  - b: [x, {y: 1]\n    c: 2", "EST-017 unclosed-bracket 2:12"],
    ["a: [1, @x]\nb: [2]", "EST-015 reserved-character 1:8"],
    ["a: [1 2: 3}", "EST-017 unclosed-bracket 1:4"],
    ["- a\nb: 1", "EST-001 yaml-syntax 2:1"],
    ["a: 1\n\u0001: 2", "EST-001 yaml-syntax 2:1"],
    ['a: "\\q"', "EST-001 yaml-syntax 1:6"],
    ["%YAML 1.1\na: 1", "EST-001 yaml-syntax 2:1"],
    ["a: 1\n... b\n", "EST-001 yaml-syntax 2:5"],
  ])("%j gives %s", (text, expected) => {
    expect(problems(text)).toStrictEqual([expected]);
  });

  it("says what to do about the common ones", () => {
    const hints = ["a:\n\tb: 1", 'a: "x', "a: b: c", "a: 1\na: 2"].map(
      (text) => readYaml(text, "a").diagnostics[0]?.hint,
    );
    expect(hints).toStrictEqual([
      "YAML does not allow tabs for indentation; use spaces.",
      'Add the closing ".',
      "Put the value in quotes, or the inner key on a line of its own.",
      "Keep one of the two: which one counts differs between tools.",
    ]);
  });

  it("names the key and both lines of a duplicate", () => {
    expect(readYaml("a: 1\n\nb:\n  x: 1\n  y: {x: 1}\n  x: 2", "a").diagnostics[0]?.message).toBe(
      'The key "x" is set twice in one mapping (first on line 4).',
    );
  });

  it("keeps messages short and on one line, whatever the text", () => {
    const key = `"${"long ".repeat(1000)}\\n"`;
    const [diagnostic] = readYaml(`${key}: 1\n${key}: 2`, "a").diagnostics;
    expect(diagnostic?.name).toBe("duplicate-key");
    expect(diagnostic?.message.length).toBeLessThan(200);
    expect(diagnostic?.message).not.toContain("\n");
  });

  it("reads the other documents, and numbers them as if the broken one were there", () => {
    const { documents, diagnostics } = readYaml("a: 1\n---\nb: [\n---\nc: 3\n---\n\td: 4\n---\ne: 5", "a");
    expect(documents.map(({ value, index }) => [value, index])).toStrictEqual([
      [{ a: 1 }, 0],
      [{ c: 3 }, 2],
      [{ e: 5 }, 4],
    ]);
    expect(diagnostics.map(({ place }) => place?.line)).toStrictEqual([3, 7]);
  });
});

describe("hostile texts", () => {
  it.each([
    ["flow lists", "[".repeat(10_000) + "]".repeat(10_000)],
    ["unclosed flow lists", "[".repeat(10_000)],
    ["flow mappings", "{a: ".repeat(10_000)],
    ["block lists", "- ".repeat(10_000)],
    ["block mappings", Array.from({ length: 2_000 }, (_, level) => `${" ".repeat(level)}a:`).join("\n")],
    ["explicit keys", "? ".repeat(10_000)],
    ["JSON", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`],
    ["JSON lists", `${"[".repeat(10_000)}1${"]".repeat(10_000)}`],
    ["anchored aliases", `- &a0 [x]\n${Array.from({ length: 600 }, (_, i) => `- &a${i + 1} [*a${i}]`).join("\n")}`],
  ])("stops at %s nested too deep", (_, text) => {
    const { documents, diagnostics } = readYaml(text, "a");
    expect(documents).toStrictEqual([]);
    expect(diagnostics.map(({ name }) => name)).toStrictEqual(["nesting-too-deep"]);
  });

  it("reads what is nested deep, but within the limit", () => {
    const block = Array.from({ length: 499 }, (_, level) => `${" ".repeat(level)}a:`).join("\n");
    for (const text of [
      `${"[".repeat(500)}${"]".repeat(500)}`,
      `${'{"a":'.repeat(500)}1${"}".repeat(500)}`,
      `x:\n${block.replace(/^/gm, " ")} 1`,
    ]) {
      expect(readYaml(text, "a").diagnostics).toStrictEqual([]);
    }
  });

  it("does not expand aliases that multiply", () => {
    const lines = Array.from({ length: 20 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}*a${i}]`);
    const { diagnostics } = readYaml(`a0: &a0 [x]\n${lines.join("\n")}\n---\nb: 1`, "a");
    expect(diagnostics.map(({ name }) => name)).toStrictEqual(["alias-expansion"]);
  });

  it("does not expand merges that multiply", () => {
    const keys = Array.from({ length: 1000 }, (_, i) => `k${i}: 1`).join(", ");
    const merges = Array.from({ length: 2000 }, (_, i) => `m${i}: {<<: *a}`).join("\n");
    expect(readYaml(`a: &a {${keys}}\n${merges}`, "a").diagnostics.map(({ name }) => name)).toStrictEqual([
      "alias-expansion",
    ]);
  });

  it("gives up on lines that stand too far left when there are too many of them", () => {
    const text = `a: [\n${"x,\n".repeat(5000)}]`;
    expect(problems(text)).toStrictEqual(["EST-001 yaml-syntax 2:1"]);
  });

  it("reads very long lines and many keys", () => {
    const long = "x".repeat(1_000_000);
    expect(readYaml(`a: ${long}`, "a").documents[0]?.value).toStrictEqual({ a: long });
    const keys = readYaml(Array.from({ length: 20_000 }, (_, i) => `k${i}: ${i}`).join("\n"), "a").documents[0]?.value;
    expect(Object.keys(keys as object)).toHaveLength(20_000);
  });
});

describe("any text", () => {
  const token = constantFrom(
    ...Array.from("abc:#-?,[]{}&*!|>'\"%@`~ \n\t\r.0"),
    ": ",
    "- ",
    "\n  ",
    "---\n",
    "...\n",
    "<<: ",
    "&a ",
    "*a",
    "!!int ",
    "|\n",
    '{"a":1}',
    "yes",
    "\ufeff",
    "\u2028",
    "\0",
    "😀",
    "\ud800",
  );

  it("never throws, says something of every text that gives no document, and places it inside the text", () => {
    law(
      property(array(token, { maxLength: 40 }), (tokens) => {
        const text = tokens.join("");
        const lines = text.split(/\r\n|\r|\n/);
        const { documents, diagnostics } = readYaml(text, "a");
        for (const { place } of diagnostics) {
          expect(place?.line).toBeGreaterThan(0);
          expect(place?.line).toBeLessThanOrEqual(lines.length);
          expect(place?.column).toBeGreaterThan(0);
          expect(place?.column).toBeLessThanOrEqual((lines[(place?.line ?? 0) - 1]?.length ?? 0) + 1);
        }
        for (const document of documents) {
          JSON.stringify(document.value);
          document.locate(["a", 0, "b"]);
          document.scalarText(["a"]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("never throws on any string", () => {
    law(
      property(string({ unit: "binary", maxLength: 200 }), (text) => void readYaml(text, "a")),
      { numRuns: 500 },
    );
  });
});
