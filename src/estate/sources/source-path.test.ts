import { posix } from "node:path";
import { array, constantFrom, assert as law, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { isUnder, joinSourcePath, normalizeSourcePath, sourceDirectory, sourceName } from "./source-path.ts";

describe("source paths", () => {
  it.each([
    [".", "."],
    ["", "."],
    ["./a", "a"],
    ["a/", "a"],
    ["a//b/./c", "a/b/c"],
    ["a/../b", "b"],
    ["a/..", "."],
    ["../a", "../a"],
    ["a/../../b", "../b"],
    ["/", "/"],
    ["/a/../../b", "/b"],
    ["C:/a/../b", "C:/b"],
  ])("%j is %j", (path, normal) => {
    expect(normalizeSourcePath(path)).toBe(normal);
  });

  it.each([
    ["apps/overlays/dev", "../../base", "apps/base"],
    [".", "x.yaml", "x.yaml"],
    [".", "../x.yaml", "../x.yaml"],
    ["/etc/apps", "../base", "/etc/base"],
    ["a", "/b", "/b"],
    ["../corpora", "./x", "../corpora/x"],
  ])("%j sees %j as %j", (directory, path, joined) => {
    expect(joinSourcePath(directory, path)).toBe(joined);
  });

  it("knows folder and name", () => {
    expect(["a/b.yaml", "b.yaml", "/b.yaml", "-", "../b"].map(sourceDirectory)).toStrictEqual([
      "a",
      ".",
      "/",
      ".",
      "..",
    ]);
    expect(["a/b.yaml", "b.yaml", "/b.yaml"].map(sourceName)).toStrictEqual(["b.yaml", "b.yaml", "b.yaml"]);
  });

  it.each([
    ["a/b", "a", true],
    ["a", "a", true],
    ["ab", "a", false],
    ["a", ".", true],
    ["../a", ".", false],
    ["/a", ".", false],
    ["-", ".", false],
    ["-", "-", true],
    ["/a", "/", true],
  ])("%j lies under %j: %s", (path, root, under) => {
    expect(isUnder(path, root)).toBe(under);
  });

  it("agrees with the platform on paths of every shape", () => {
    const part = constantFrom("a", "b", ".", "..", "");
    law(
      property(array(part, { minLength: 1 }), array(part, { minLength: 1 }), (left, right) => {
        const directory = left.join("/");
        expect(normalizeSourcePath(directory)).toBe(posix.normalize(directory).replace(/(?<=.)\/$/, ""));
        const relative = right.join("/").replace(/^\/+/, "");
        expect(joinSourcePath(directory, relative)).toBe(
          posix.join(directory, relative === "" ? "." : relative).replace(/(?<=.)\/$/, ""),
        );
      }),
    );
  });
});
