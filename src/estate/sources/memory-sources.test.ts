import { describe, expect, it } from "vitest";
import { memorySources } from "./memory-sources.ts";

describe("memorySources", () => {
  it("holds the texts under their normal paths, and all of them are the estate", () => {
    const sources = memorySources({ "./a.yaml": "a: 1", "b/../c.yaml": "c: 1" });
    expect([...sources.texts]).toStrictEqual([
      ["a.yaml", "a: 1"],
      ["c.yaml", "c: 1"],
    ]);
    expect(sources.roots).toStrictEqual(["."]);
    expect(sources.diagnostics).toStrictEqual([]);
  });

  it("takes roots, and standard input for what it is", () => {
    expect(memorySources({ "x/a.yaml": "" }, ["./x/"]).roots).toStrictEqual(["x"]);
    expect(memorySources({ "-": "a: 1" }).roots).toStrictEqual(["-"]);
  });
});
