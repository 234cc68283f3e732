import { describe, expect, test } from "vitest";
import { stamped } from "../repository/stamp.ts";
import { type FolderState, planChanges, type WantedFile } from "./plan-changes.ts";

function wanted(path: string, content: string): WantedFile {
  const { text, stamp } = stamped({ path, text: content, tells: "Estate/x" }, "0a1b2c3d4e5f");
  return { path, ...stamp, content, written: text };
}

const options = { force: false, covers: () => true };

/** The folder after a render of these files. */
function rendered(
  files: readonly WantedFile[],
  before: FolderState = { files: new Map(), uncommitted: undefined },
): FolderState {
  const result = new Map(before.files);
  for (const { path, after } of planChanges(files, before, options).changes) {
    if (after === undefined) result.delete(path);
    else result.set(path, after);
  }
  return { files: result, uncommitted: undefined };
}

function edited(folder: FolderState, path: string, edit: (text: string) => string): FolderState {
  return { ...folder, files: new Map([...folder.files, [path, edit(folder.files.get(path) ?? "")]]) };
}

const one = wanted("a/web.yaml", "kind: Web\nport: 1\nreplicas: 2\nmode: m\nzone: x\n");
const codes = (plan: { readonly diagnostics: readonly { readonly code: string }[] }) =>
  plan.diagnostics.map(({ code }) => code);

describe("planning the changes of a folder", () => {
  test("an empty folder gets every file and the index; a second render changes nothing", () => {
    const folder = rendered([one]);
    expect([...folder.files.keys()].sort()).toEqual([
      ".scantling/generated.json",
      ".scantling/manifest.json",
      "a/web.yaml",
    ]);
    const again = planChanges([one], folder, options);
    expect(again.changes).toEqual([]);
    expect(again.unchanged).toBe(1);
  });

  test("what is no longer generated goes, what nobody generated stays", () => {
    const folder = edited(rendered([one]), "a/own.yaml", () => "mine\n");
    const plan = planChanges([], folder, options);
    expect(plan.changes.filter(({ kind }) => kind === "removed").map(({ path }) => path)).toEqual(["a/web.yaml"]);
    expect(codes(plan)).toEqual([]);
  });

  test("an edit is kept where the estate changes other lines", () => {
    const folder = edited(rendered([one]), one.path, (text) => text.replace("zone: x", "zone: y"));
    const plan = planChanges(
      [wanted(one.path, "kind: Web\nport: 1\nreplicas: 5\nmode: m\nzone: x\n")],
      folder,
      options,
    );
    const change = plan.changes.find(({ path }) => path === one.path);
    expect(change?.kind).toBe("merged");
    expect(change?.after).toContain("replicas: 5\nmode: m\nzone: y\n");
    expect(codes(plan)).toEqual(["EST-958"]);
    const next = rendered([wanted(one.path, "kind: Web\nport: 1\nreplicas: 5\nmode: m\nzone: x\n")], folder);
    expect(
      planChanges([wanted(one.path, "kind: Web\nport: 1\nreplicas: 5\nmode: m\nzone: x\n")], next, options).changes,
    ).toEqual([]);
  });

  test("an edit of a line that the estate changes too is refused, with both in the message", () => {
    const folder = edited(rendered([one]), one.path, (text) => text.replace("replicas: 2", "replicas: 3"));
    const plan = planChanges(
      [wanted(one.path, "kind: Web\nport: 1\nreplicas: 5\nmode: m\nzone: x\n")],
      folder,
      options,
    );
    expect(codes(plan)).toEqual(["EST-957"]);
    expect(plan.diagnostics[0]?.message).toContain('the estate makes it "replicas: 5", by hand it is "replicas: 3"');
    const forced = planChanges([wanted(one.path, "replicas: 5\n")], folder, { ...options, force: true });
    expect(forced.diagnostics.map(({ code, message }) => [code, message.includes(one.path)])).toEqual([
      ["EST-995", true],
    ]);
    expect(forced.changes.find(({ path }) => path === one.path)?.after).toMatch(/\nreplicas: 5\n$/);
  });

  test("an edited file that is no longer generated is not taken away", () => {
    const folder = edited(rendered([one]), one.path, (text) => `${text}mine: 1\n`);
    expect(codes(planChanges([], folder, options))).toEqual(["EST-957"]);
  });

  test("foreign files are refused, in a folder without an index all of them", () => {
    const foreign: FolderState = { files: new Map([["notes.txt", "mine"]]), uncommitted: undefined };
    expect(codes(planChanges([one], foreign, options))).toEqual(["EST-955"]);
    const two = wanted("b.yaml", "kind: B\n");
    const taken = edited(rendered([one]), two.path, () => "mine\n");
    expect(codes(planChanges([one, two], taken, options))).toEqual(["EST-955"]);
    const forced = planChanges([one, two], taken, { ...options, force: true });
    expect(forced.diagnostics.map(({ code }) => code)).toEqual(["EST-995"]);
    expect(forced.diagnostics[0]?.message).toContain("b.yaml");
    expect(forced.diagnostics[0]?.message).not.toContain(one.path);
  });

  test("changes that are not committed are refused only where something is to be written", () => {
    const folder = { ...rendered([one]), uncommitted: ["a/web.yaml"] };
    expect(codes(planChanges([one], folder, options))).toEqual([]);
    expect(codes(planChanges([wanted(one.path, "kind: Other\n")], folder, options))).toEqual(["EST-956"]);
  });

  test("what is written once is somebody else's from then on, whatever is forced", () => {
    const once = { ...wanted("infra/parameters.yaml", "id: fill in\n"), writtenOnce: true } as const;
    const folder = rendered([one, once]);
    expect(folder.files.get(once.path)).toBe(once.written);
    const filled = edited(folder, once.path, () => "id: 1-2-3\n");
    const later = { ...once, content: "id: fill in\nmore: x\n" };
    for (const force of [false, true]) {
      const plan = planChanges([one, later], filled, { ...options, force });
      expect([plan.changes, plan.diagnostics]).toEqual([[], []]);
    }
    expect(planChanges([one], filled, options).changes).toEqual([]);
  });

  test("paths that are not covered are neither written nor removed, and stay in the index", () => {
    const two = wanted("clusters/b/x.yaml", "kind: B\n");
    const folder = rendered([one, two]);
    const plan = planChanges([wanted(one.path, "kind: New\n"), wanted(two.path, "kind: New\n")], folder, {
      force: false,
      covers: (path) => !path.startsWith("clusters/b/"),
    });
    expect(plan.changes.map(({ path }) => path)).toEqual([
      ".scantling/generated.json",
      ".scantling/manifest.json",
      one.path,
    ]);
    const index = plan.changes.find(({ path }) => path === ".scantling/generated.json")?.after ?? "";
    expect(JSON.parse(index)).toEqual({ "a/web.yaml": "kind: New\n", "clusters/b/x.yaml": "kind: B\n" });
  });

  test("an index that cannot be read counts as none", () => {
    const folder = edited(rendered([one]), ".scantling/generated.json", () => "{");
    expect(codes(planChanges([one], folder, options))).toEqual(["EST-955"]);
  });
});
