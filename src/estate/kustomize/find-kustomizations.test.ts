import { describe, expect, test } from "vitest";
import { findKustomizations } from "./find-kustomizations.ts";

function find(texts: { readonly [path: string]: string }) {
  const { leaves, files } = findKustomizations(new Map(Object.entries(texts)));
  return { leaves, files: [...files].sort() };
}

describe("findKustomizations", () => {
  test("leaves are those that no other refers to", () => {
    expect(
      find({
        "base/kustomization.yaml": "resources: [a.yaml]",
        "base/a.yaml": "",
        "overlays/dev/kustomization.yml": "resources: [../../base, ../../plain/b.yaml]",
        "overlays/prod/Kustomization": "bases: [../../base/]\ncomponents: [../../parts/x]",
        "parts/x/kustomization.yaml": "kind: Component\npatches: [{path: p.yaml}]",
        "parts/x/p.yaml": "",
        "parts/unused/kustomization.yaml": "kind: Component",
        "plain/b.yaml": "",
        "plain/c.yaml": "",
      }),
    ).toEqual({
      leaves: ["overlays/dev", "overlays/prod"],
      files: [
        "base/a.yaml",
        "base/kustomization.yaml",
        "overlays/dev/kustomization.yml",
        "overlays/prod/Kustomization",
        "parts/unused/kustomization.yaml",
        "parts/x/kustomization.yaml",
        "parts/x/p.yaml",
        "plain/b.yaml",
      ],
    });
  });

  test("everything below a kustomization belongs to it", () => {
    expect(
      find({
        "app/kustomization.yaml": "resources: []",
        "app/deep/er/x.yaml": "",
        "application/y.yaml": "",
        "z.yaml": "",
      }),
    ).toEqual({ leaves: ["app"], files: ["app/deep/er/x.yaml", "app/kustomization.yaml"] });
  });

  test("the folder where the reader started holds what lies below it, and nothing else", () => {
    const found = find({
      "kustomization.yaml": "resources: [a.yaml]",
      "a.yaml": "",
      "../b.yaml": "",
      "/c.yaml": "",
      "-": "",
    });
    expect(found).toEqual({ leaves: ["."], files: ["a.yaml", "kustomization.yaml"] });
  });

  test("paths above the start are folders like any other", () => {
    const found = find({
      "../shop/base/kustomization.yaml": "resources: [a.yaml]",
      "../shop/base/a.yaml": "",
      "../shop/dev/kustomization.yaml": "resources: [../base]",
    });
    expect(found.leaves).toEqual(["../shop/dev"]);
    expect(found.files).toHaveLength(3);
  });

  test("of a circle one is kept, so that somebody says so", () => {
    expect(
      find({
        "a/kustomization.yaml": "resources: [../b]",
        "b/kustomization.yaml": "resources: [../a]",
        "c/kustomization.yaml": "resources: [.]",
      }).leaves,
    ).toEqual(["a", "c"]);
  });

  test("broken kustomizations are leaves, for their build says what is wrong", () => {
    expect(find({ "a/kustomization.yaml": "{", "b/kustomization.yaml": "" }).leaves).toEqual(["a", "b"]);
  });

  test("no kustomization, nothing owned", () => {
    expect(find({ "a.yaml": "", "b/c.yaml": "" })).toEqual({ leaves: [], files: [] });
  });
});
