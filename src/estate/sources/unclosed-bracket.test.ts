import { array, constantFrom, assert as law, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { readYaml } from "./read-yaml.ts";
import { findUnclosedBracket } from "./unclosed-bracket.ts";

describe("findUnclosedBracket", () => {
  it.each([
    ["a: [1, 2\nb: 3\n", "[", 3],
    ["a: {x: 1\nb: 3\n", "{", 3],
    ["a: [x]\nb: [y\nc: [z]\n", "[", 10],
    ["a: [1, [2, 3]\nb: 4", "[", 3],
    ["a: [1, {b: 2]\nc: 3", "{", 7],
    ["- a:\n    - [1\n  b: 2", "[", 11],
    ["a: !t &x [1\nb: 2", "[", 9],
    ['{"a": [1, 2}', "[", 6],
  ])("finds it in %j", (text, bracket, offset) => {
    expect(findUnclosedBracket(text, text.length)).toStrictEqual({ bracket, offset });
  });

  it.each([
    "a: see [1\nb: it's [ too",
    "a: first\n  [ goes on\nb: 1",
    "a: 'it''s ['\nb: \"\\\"[\"",
    "a: # [\n  b # {",
    "a: |\n  [\n\n  {\nb: 1",
    "- - a: >-\n      [\n    b: 1",
    "- |\n  [\n- 1",
    "|\n[\n",
    "a: [it's, 'x]', # ]\n  {b: c}]\nd: 1",
    "a: [\n]\nb: 1",
    "a[b: 1\nc: d{",
  ])("finds none in %j", (text) => {
    expect(readYaml(text, "a").diagnostics).toStrictEqual([]);
    expect(findUnclosedBracket(text, text.length)).toBeUndefined();
  });

  it("passes over brackets behind the limit, and those that a quote may hold", () => {
    expect(findUnclosedBracket("a: 1\nb: [2", 4)).toBeUndefined();
    expect(findUnclosedBracket('a: ["b]\nc: 1', 12)).toBeUndefined();
  });

  const wellFormed = ["[x, y]", "{k: v}", "'[ it''s'", "'{'", "x[1", "|\n    [\n    it's", "# [\n    z", "w\n    [ {"];
  const linesOf = (values: readonly string[]) => values.map((value, index) => `  k${index}: ${value}\n`).join("");

  it("blames no bracket of a text that is well formed", () => {
    law(
      property(array(constantFrom(...wellFormed), { minLength: 1, maxLength: 8 }), (values) => {
        const text = `a:\n${linesOf(values)}`;
        expect(readYaml(text, "a").diagnostics).toStrictEqual([]);
        expect(findUnclosedBracket(text, text.length)).toBeUndefined();
      }),
    );
  });

  it("finds the one that is cut off among those that are not", () => {
    const after = array(constantFrom("[x, y]", "{k: v}", "1", "it's"), { maxLength: 4 });
    const bracket = constantFrom("[" as const, "{" as const);
    law(
      property(array(constantFrom(...wellFormed), { maxLength: 8 }), bracket, after, (values, opened, rest) => {
        const before = `a:\n${linesOf(values)}  open: `;
        const text = `${before}${opened}p, q\n${linesOf(rest)}`;
        expect(findUnclosedBracket(text, text.length)).toStrictEqual({ bracket: opened, offset: before.length });
      }),
    );
  });

  it("takes long texts", () => {
    const text = `a: [${"x y, ".repeat(200_000)}]\nb: ${"c ".repeat(200_000)}\nd: "${"\\\\ ".repeat(200_000)}"\ne: [1\n`;
    expect(findUnclosedBracket(text, text.length)?.offset).toBe(text.length - 3);
  });
});

describe("an unclosed bracket", () => {
  it("is named with its place and what to add", () => {
    const [problem] = readYaml("kind: Service\nspec:\n  ports: [{port: 80}\n  type: ClusterIP\n", "a.yaml").diagnostics;
    expect(problem).toMatchObject({
      name: "unclosed-bracket",
      message: 'The "[" that stands here is never closed.',
      place: { line: 3, column: 10 },
    });
    expect(problem?.hint).toMatch(/^Add the closing "\]"/);
  });
});
