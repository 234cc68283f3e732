import { describe, expect, it } from "vitest";
import { type Shortcut, stepShortcut } from "./shortcuts.ts";

const shortcut = (...keys: readonly string[]): Shortcut => ({ keys, hint: keys.join(" "), run: () => {} });
const shortcuts = [shortcut("g", "c"), shortcut("g", "m"), shortcut("?"), shortcut("c")];

function press(...keys: readonly string[]): readonly string[] {
  const run: string[] = [];
  let before: readonly string[] = [];
  for (const key of keys) {
    const step = stepShortcut(shortcuts, before, key);
    before = step.kind === "wait" ? step.keys : [];
    if (step.kind === "run") run.push(step.shortcut.hint);
  }
  return run;
}

describe("shortcuts", () => {
  it("runs single keys and sequences", () => {
    expect(press("?", "g", "c", "c")).toEqual(["?", "g c", "c"]);
  });

  it("forgets a sequence that leads nowhere, and reads its last key afresh", () => {
    expect(press("g", "x", "m")).toEqual([]);
    expect(press("g", "g", "m")).toEqual(["g m"]);
    expect(press("g", "?")).toEqual(["?"]);
  });
});
