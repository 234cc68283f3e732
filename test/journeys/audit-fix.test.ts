import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { replaceFiles } from "../../src/adapters/filesystem/replace-files.ts";
import { changedLines } from "../../src/cli/reporters/unified-diff.ts";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

const folder = mkdtempSync(join(tmpdir(), "scantling-fix-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fix(where: string, ...words: readonly string[]) {
  return runScantling(["audit", ...words, "--fix", "--today", "2026-11-22"], { in: where });
}

function textsBelow(root: string): ReadonlyMap<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((file) => {
      const path = join(file.parentPath, file.name);
      return [relative(root, path), readFileSync(path, "utf8")];
    }),
  );
}

const bare = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 1 # for now
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "registry.example/web:1.0.0"}]
`;

test("a dry run prints a diff and writes nothing", () => {
  cpSync(join(repositoryRoot, "examples/shop"), join(folder, "shop"), { recursive: true });
  const before = textsBelow(join(folder, "shop"));
  const { stdout, stderr } = fix(folder, "shop", "--dry-run");
  expect(stdout).toMatch(/^--- (?:a\/shop|\/dev\/null)/);
  expect(stderr).toContain("Nothing was written");
  expect(textsBelow(join(folder, "shop"))).toEqual(before);
});

describe("examples/nordwind", () => {
  cpSync(join(repositoryRoot, "examples/nordwind"), join(folder, "nordwind"), { recursive: true });
  const before = textsBelow(join(folder, "nordwind"));
  const first = fix(folder, "nordwind");
  const after = textsBelow(join(folder, "nordwind"));

  test("many findings go, with few lines, and no comment is lost", () => {
    expect(first.stdout).toMatch(/^\d+ findings fixed in \d+ files/);
    const changes = [...after].map(([path, text]) => ({ path, ...changedLines(before.get(path), text) }));
    const removed = changes.reduce((sum, change) => sum + change.removed, 0);
    const added = changes.reduce((sum, change) => sum + change.added, 0);
    expect(removed).toBeLessThan(40);
    expect(added).toBeGreaterThan(200);
    expect(added).toBeLessThan(700);
    for (const [path, text] of before) {
      const comments = text.match(/(?<=^|\s)# .*$/gm) ?? [];
      for (const comment of comments) expect(after.get(path), path).toContain(comment);
    }
  });

  test("the second run is clean, and what was written is valid", () => {
    const second = fix(folder, "nordwind");
    expect(second.stdout).toMatch(/^Nothing was fixed\./);
    expect(textsBelow(join(folder, "nordwind"))).toEqual(after);
    const validate = ["validate", join(folder, "nordwind")];
    expect(runScantling(validate).code).toBe(runScantling(["validate", "examples/nordwind"]).code);
  });
});

describe("one file", () => {
  test("relative and absolute paths are the same file", () => {
    writeFileSync(join(folder, "relative.yaml"), bare);
    writeFileSync(join(folder, "absolute.yaml"), bare);
    fix(folder, "relative.yaml");
    fix(repositoryRoot, join(folder, "absolute.yaml"));
    expect(readFileSync(join(folder, "relative.yaml"), "utf8")).toBe(
      readFileSync(join(folder, "absolute.yaml"), "utf8"),
    );
    expect(readFileSync(join(folder, "relative.yaml"), "utf8")).toContain("replicas: 2 # for now");
  });

  test("standard input cannot be fixed, but patched", () => {
    const run = runScantling(["audit", "-", "--fix"], { input: bare });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("Standard input cannot be fixed");
    const patched = runScantling(
      ["audit", "-", "--fix-as", "patch", "--to", join(folder, "fixes"), "--fail-on", "none"],
      { input: bare },
    );
    expect(patched.code).toBe(0);
    const texts = textsBelow(join(folder, "fixes"));
    expect([...texts.keys()].toSorted()).toEqual(["kustomization.yaml", "shop-web-deployment-patch.yaml"]);
    expect(texts.get("kustomization.yaml")).toContain("kind: Component");
    for (const part of ["group: apps", "version: v1", "kind: Deployment", "name: web", "namespace: shop"]) {
      expect(texts.get("kustomization.yaml")).toContain(part);
    }
  });

  test("what a component patches comes out as --fix writes it", () => {
    const base = join(folder, "component");
    cpSync(join(folder, "fixes"), join(base, "fixes"), { recursive: true });
    writeFileSync(join(base, "web.yaml"), bare);
    writeFileSync(join(base, "kustomization.yaml"), "resources: [web.yaml]\ncomponents: [fixes]\n");
    expect(fix(folder, "component").stdout).toMatch(/^Nothing was fixed\./);
  });

  test("a read-only file is left alone, and so is everything else", () => {
    writeFileSync(join(folder, "locked.yaml"), bare);
    chmodSync(join(folder, "locked.yaml"), 0o444);
    const run = fix(folder, "locked.yaml");
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("it is read-only");
    expect(readFileSync(join(folder, "locked.yaml"), "utf8")).toBe(bare);
  });

  test("a link stays a link, and the mode stays the mode", () => {
    writeFileSync(join(folder, "real.yaml"), bare, { mode: 0o640 });
    chmodSync(join(folder, "real.yaml"), 0o640);
    symlinkSync("real.yaml", join(folder, "link.yaml"));
    expect(fix(folder, "link.yaml", "--fail-on", "none").code).toBe(0);
    expect(lstatSync(join(folder, "link.yaml")).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, "real.yaml"), "utf8")).toContain("replicas: 2");
    expect(lstatSync(join(folder, "real.yaml")).mode & 0o777).toBe(0o640);
  });

  test("a byte order mark stays", () => {
    writeFileSync(join(folder, "marked.yaml"), `\uFEFF${bare}`);
    fix(folder, "marked.yaml");
    expect(readFileSync(join(folder, "marked.yaml"), "utf8")).toMatch(/^\uFEFFapiVersion[\s\S]*replicas: 2/);
  });
});

test("nothing is written when one file changed since it was read", async () => {
  const [one, two] = [join(folder, "one.yaml"), join(folder, "two.yaml")];
  writeFileSync(one, "a: 1\n");
  writeFileSync(two, "a: 2\n");
  const kept = await replaceFiles([
    { path: one, before: "a: 1\n", after: "a: 9\n" },
    { path: two, before: "a: 1\n", after: "a: 9\n" },
  ]);
  expect(kept).toEqual([{ path: two, reason: "it changed since it was read" }]);
  expect(readFileSync(one, "utf8")).toBe("a: 1\n");
  expect(await replaceFiles([{ path: one, before: undefined, after: "" }])).toEqual([
    { path: one, reason: "a file of that name has come up" },
  ]);
});
