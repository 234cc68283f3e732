import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { plainFieldOffset } from "./plain-field-offset.ts";
import { fieldOffset } from "./position-tree.ts";
import { readPlainBlock } from "./read-plain-block.ts";
import type { FieldPath } from "./yaml-document.ts";
import { yamlPositions } from "./yaml-positions.ts";

/** Every path of a value, and for each a step that leads nowhere. */
function pathsOf(value: unknown, path: FieldPath = []): readonly FieldPath[] {
  const missing = [
    [...path, "missing"],
    [...path, 99],
  ];
  if (typeof value !== "object" || value === null) return [path, ...missing];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item] as const)
    : Object.entries(value);
  return [path, ...missing, ...entries.flatMap(([step, inner]) => pathsOf(inner, [...path, step]))];
}

/** Paths to which the lines and the whole grammar lead differently, in a text that the plain reader takes. */
function differences(text: string): readonly unknown[] {
  const read = readPlainBlock(text, 0, text.length);
  if (read === undefined) throw new Error("the plain reader does not take this text");
  const tree = yamlPositions(text);
  return pathsOf(read.value).flatMap((path) => {
    const [byLines, byGrammar] = [plainFieldOffset(text, 0, text.length, path), fieldOffset(tree, path)];
    return byLines === byGrammar ? [] : [{ path, byLines, byGrammar }];
  });
}

describe("plainFieldOffset", () => {
  it("points at keys, and at the content of items", () => {
    const text = "# first\nspec:\n  args:\n  - one\n  - name: two\n    value: 3\n";
    const at = (path: FieldPath): string =>
      text.slice(plainFieldOffset(text, 0, text.length, path)).split("\n")[0] ?? "";
    expect(at(["spec", "args", 0])).toBe("one");
    expect(at(["spec", "args", 1])).toBe("name: two");
    expect(at(["spec", "args", 1, "value"])).toBe("value: 3");
    expect(at(["spec", "args", 7])).toBe("args:");
    expect(at(["status"])).toBe("spec:");
  });

  it.each([
    ["a list in the column of its key", "a:\n- x: 1\n  y: 2\n-   z: 3\n    w:\n    - 1\nb: 2\n"],
    ["items on the line below", "a:\n  -\n    x: 1\n  - # a comment\n    y: 2\n  -\n  - 'quoted'\nb:\n"],
    ["literals that look like entries", "a: |\n  b: 1\n  # c\n\n  - d\nb:\n- |-\n  a: 2\n- c: |\n    b: 3\n  e: 1\n"],
    [
      "comments left of what they speak of",
      "---\na:\n# c\n    b:\n  # d\n      - 1\n# e\n      - 2\nc: {} # f\nd: []\n",
    ],
    ["keys that are numbers or words", "1: a\ntrue: b\n1.50:\n  2: d\n"],
    ["a list at the top", "- a: 1\n- b\n"],
  ])("leads where the whole grammar leads: %s", (_, text) => {
    expect(differences(text)).toEqual([]);
  });

  it("leads where the whole grammar leads, whatever is written", () => {
    const key = fc.constantFrom("a", "b", "c-d", "e.f/g", "1", "true");
    const scalar = fc.constantFrom<unknown>(
      "text",
      "two words",
      "it: is",
      "- no item",
      "# none",
      "",
      7,
      null,
      "x\ny: z\n",
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        scalar,
        fc.array(tie("any"), { maxLength: 3 }),
        fc.dictionary(key, tie("any"), { maxKeys: 3, noNullPrototype: true }),
      ),
    })).any;
    const root = fc.dictionary(key, value, { minKeys: 1, maxKeys: 4, noNullPrototype: true });
    let read = 0;
    fc.assert(
      fc.property(root, fc.boolean(), (given, indentSeq) => {
        const text = stringify(given, { indentSeq, lineWidth: 0 });
        if (readPlainBlock(text, 0, text.length) === undefined) return;
        read += 1;
        expect(differences(text)).toEqual([]);
      }),
      { seed: 14, numRuns: 600 },
    );
    expect(read).toBeGreaterThan(100);
  });
});
