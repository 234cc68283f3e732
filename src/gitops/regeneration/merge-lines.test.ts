import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergeLines } from "./merge-lines.ts";

const text = fc.array(fc.constantFrom("a\n", "b\n", "c\n", "d\n"), { maxLength: 8 }).map((lines) => lines.join(""));

describe("merging two edits of one text", () => {
  test("edits of different lines are both kept", () => {
    expect(mergeLines("a\nb\nc\nd\n", "a\nB\nc\nd\n", "a\nb\nc\nD\ne\n")).toEqual({
      kind: "merged",
      text: "a\nB\nc\nD\ne\n",
    });
  });

  test("edits of the same line contradict each other, and are told", () => {
    expect(mergeLines("a\nb\nc\n", "a\nx\nc\n", "a\ny\nc\n")).toEqual({
      kind: "conflict",
      conflict: { line: 2, base: "b\n", ours: "x\n", theirs: "y\n" },
    });
  });

  test("a text without a last line end is merged too", () => {
    expect(mergeLines("a\nb", "x\nb", "a\nb")).toEqual({ kind: "merged", text: "x\nb" });
  });

  test("what one side leaves alone is what the other makes of it", () => {
    fc.assert(
      fc.property(text, text, (base, changed) => {
        expect(mergeLines(base, changed, base)).toEqual({ kind: "merged", text: changed });
        expect(mergeLines(base, base, changed)).toEqual({ kind: "merged", text: changed });
        expect(mergeLines(base, changed, changed)).toEqual({ kind: "merged", text: changed });
      }),
    );
  });

  test("sides may change places", () => {
    fc.assert(
      fc.property(text, text, text, (base, left, right) => {
        const one = mergeLines(base, left, right);
        const other = mergeLines(base, right, left);
        expect(other.kind).toBe(one.kind);
        if (one.kind === "merged") expect(other).toEqual(one);
      }),
    );
  });
});
