import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: { readonly [name: string]: string };
}

const lock = JSON.parse(readFileSync(join(import.meta.dirname, "../../package-lock.json"), "utf8")) as {
  readonly packages: { readonly [path: string]: LockedPackage };
};
const entries = Object.entries(lock.packages);

/** Where Node looks for a package required from `path`: its own folder first, then each folder above. */
function resolvesFrom(path: string, name: string): boolean {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    if (`${folder === "" ? "" : `${folder}/`}node_modules/${name}` in lock.packages) return true;
    if (!folder.includes("node_modules/")) return `node_modules/${name}` in lock.packages;
    if (!folder.includes("/node_modules/")) folder = "";
  }
}

test("every platform package of a tool is locked, so that npm ci works on every platform", () => {
  expect(entries.length).toBeGreaterThan(100);
  const missing = entries.flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !resolvesFrom(path, name))
      .map((name) => `${path} -> ${name}`),
  );
  expect(missing).toEqual([]);
});

test("no download address is recorded", () => {
  expect(
    entries.filter(([, entry]) => entry.link !== true && entry.resolved !== undefined).map(([path]) => path),
  ).toEqual([]);
});

test.each(["react", "react-dom"])("one version of %s", (name) => {
  const versions = entries.filter(([path]) => path.endsWith(`node_modules/${name}`)).map(([, entry]) => entry.version);
  expect(new Set(versions).size).toBe(1);
});
