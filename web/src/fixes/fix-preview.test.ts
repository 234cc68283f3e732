import { describe, expect, it } from "vitest";
import type { ManifestChange } from "../../../src/audit/manifest-change.ts";
import { openTexts } from "../assessing/assess-texts.ts";
import { applyChange } from "./apply-change.ts";
import { previewFix } from "./fix-preview.ts";

const target = { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "web" } as const;
const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 1
  template:
    spec:
      containers:
        - {name: web, image: "web:1"}
`;

describe("applyChange", () => {
  const set = (path: readonly (string | number)[], value: unknown) => ({ kind: "set", target, path, value }) as const;
  const remove = (path: readonly (string | number)[]) => ({ kind: "remove", target, path }) as const;

  it("sets and takes away fields and items, and makes what leads to them", () => {
    expect(applyChange({ a: { b: 1 } }, set(["a", "c", "d"], 2))).toEqual({ a: { b: 1, c: { d: 2 } } });
    expect(applyChange({ a: [{ b: 1 }, { b: 2 }] }, set(["a", 1, "b"], 3))).toEqual({ a: [{ b: 1 }, { b: 3 }] });
    expect(applyChange({ a: [1, 2, 3] }, remove(["a", 1]))).toEqual({ a: [1, 3] });
    expect(applyChange({ a: 1, b: 2 }, remove(["a"]))).toEqual({ b: 2 });
  });

  it("leaves the object as it is where there is nothing to take away, and the given one always", () => {
    const object = { a: { b: [1] } };
    expect(applyChange(object, remove(["x", "y"]))).toEqual(object);
    expect(applyChange(object, remove(["a", "b", 4]))).toEqual(object);
    applyChange(object, set(["a", "b", 0], 9));
    expect(object).toEqual({ a: { b: [1] } });
  });
});

describe("previewFix", () => {
  const { estate, reports } = openTexts({ "web.yaml": text }, "2026-11-22");
  const subject = estate.workloads[0]?.id ?? "";

  it("compares the object before and after", () => {
    const changes: readonly ManifestChange[] = [{ kind: "set", target, path: ["spec", "replicas"], value: 2 }];
    const [change] = previewFix(estate, subject, changes).objects;
    expect(change?.object).toBe("Deployment shop/web");
    const lines = change?.runs[0]?.lines.filter(({ kind }) => kind !== "same");
    expect(lines).toEqual([
      { kind: "removed", text: "replicas: 1" },
      { kind: "added", text: "replicas: 2" },
    ]);
  });

  it("shows an added object whole, and nothing of one that is not there", () => {
    const manifest = { apiVersion: "v1", kind: "LimitRange", metadata: { name: "limits", namespace: "shop" } };
    const [added] = previewFix(estate, subject, [{ kind: "add", manifest }]).objects;
    expect(added).toMatchObject({ object: "LimitRange shop/limits", isNew: true });
    expect(added?.runs.flatMap(({ lines }) => lines).every(({ kind }) => kind === "added")).toBe(true);
    const other = { ...target, name: "nobody" };
    expect(previewFix(estate, subject, [{ kind: "remove", target: other, path: ["spec"] }]).objects).toEqual([]);
  });

  it("changes something for every fix of a real audit", () => {
    const fixable = reports
      .audit()
      .findings.flatMap(({ subject: on, fix }) => (fix?.changes === undefined ? [] : [{ on, changes: fix.changes }]));
    expect(fixable.length).toBeGreaterThan(0);
    for (const { on, changes } of fixable) {
      const runs = previewFix(estate, on, changes).objects.flatMap((one) => one.runs);
      expect(runs.length, JSON.stringify(changes)).toBeGreaterThan(0);
    }
  });
});
