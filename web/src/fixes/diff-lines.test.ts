import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changedRuns, diffLines } from "./diff-lines.ts";

const anyText = fc.array(fc.constantFrom("a", "b", "  c", "  d"), { maxLength: 30 });

describe("diffLines", () => {
  it("gives back both texts", () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const lines = diffLines(before, after);
        expect(lines.filter(({ kind }) => kind !== "added").map(({ text }) => text)).toEqual(before);
        expect(lines.filter(({ kind }) => kind !== "removed").map(({ text }) => text)).toEqual(after);
      }),
    );
  });

  it("finds nothing in equal texts, and as little as can be otherwise", () => {
    expect(diffLines(["a", "b"], ["a", "b"]).every(({ kind }) => kind === "same")).toBe(true);
    expect(diffLines(["a", "b", "c"], ["a", "x", "c"]).map(({ kind }) => kind)).toEqual([
      "same",
      "removed",
      "added",
      "same",
    ]);
  });
});

describe("changedRuns", () => {
  const before = [
    "spec:",
    "  replicas: 1",
    "  containers:",
    "    - name: web",
    "      image: web",
    "      tty: true",
    "status: {}",
  ];
  const after = before.flatMap((line) => (line.includes("image") ? [line, "      stdin: false"] : [line]));

  it("shows what changes under the keys that lead there, without what lies further out", () => {
    expect(changedRuns(diffLines(before, after))).toEqual([
      {
        above: ["spec:", "containers:", "- name: web"],
        lines: [
          { kind: "same", text: "image: web" },
          { kind: "added", text: "stdin: false" },
          { kind: "same", text: "tty: true" },
        ],
      },
    ]);
  });

  it("is empty when nothing changes", () => {
    expect(changedRuns(diffLines(before, before))).toEqual([]);
  });

  it("loses no changed line", () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        const lines = diffLines(one, other);
        const shown = changedRuns(lines).flatMap((run) => run.lines);
        const changed = (list: typeof lines) =>
          list.filter(({ kind }) => kind !== "same").map(({ text }) => text.trim());
        expect(changed(shown)).toEqual(changed(lines));
      }),
    );
  });
});
