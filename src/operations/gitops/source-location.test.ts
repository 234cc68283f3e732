import { describe, expect, test } from "vitest";
import { locateSource, overwrittenSource, withoutSource } from "./source-location.ts";

describe("where the source of a repository is", () => {
  test.each([
    [["/work/estate"], "/work/estate"],
    [["/work/estate"], "/work/estate/out"],
    [["/elsewhere", "/work"], "/work/estate/out"],
  ])("%j around %s is refused: the next render would read what this one wrote", (roots, repository) => {
    expect(locateSource(roots, repository).diagnostics.map(({ code }) => code)).toEqual(["EST-998"]);
  });

  test("a folder of the repository is told by its path there, one elsewhere by none", () => {
    expect(locateSource(["/work/repository/source"], "/work/repository")).toEqual({
      folder: "source",
      diagnostics: [],
    });
    expect(locateSource(["/work/repository-source"], "/work/repository")).toEqual({ diagnostics: [] });
    expect(locateSource(["/work/repository/a", "/work/repository/b"], "/work/repository")).toEqual({ diagnostics: [] });
  });

  test("a folder that a render writes to is no source", () => {
    const codes = (folder: string | undefined) =>
      overwrittenSource(folder, ["estate/estate.yaml"]).map(({ code }) => code);
    expect([codes("estate"), codes("source"), codes(undefined)]).toEqual([["EST-998"], [], []]);
  });

  test("what is in it is its owner's, committed or not", () => {
    const state = {
      files: new Map([
        ["source/a.yaml", ""],
        ["b.yaml", ""],
      ]),
      uncommitted: ["source/a.yaml", "b.yaml"],
    };
    expect(withoutSource(state, "source")).toEqual({ files: new Map([["b.yaml", ""]]), uncommitted: ["b.yaml"] });
    expect(withoutSource({ ...state, uncommitted: ["source/"] }, "source/deep").uncommitted).toEqual([]);
  });
});
