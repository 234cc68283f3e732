import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const skipped = new Set(["node_modules", ".git", "dist", "testdata"]);

function markdownFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? markdownFiles(path) : entry.name.endsWith(".md") ? [path] : [];
  });
}

const files = markdownFiles(root);

test("sees the pages", () => {
  expect(files.length).toBeGreaterThan(20);
});

test.each(files.map((file) => relative(root, file)))("%s links to files that exist", (file) => {
  const text = readFileSync(join(root, file), "utf8");
  const targets = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? "");
  expect(targets.filter((target) => !existsSync(join(root, dirname(file), target)))).toEqual([]);
});

const commandPattern = /^(?:npx )?scantling (.+?)(?:\s{2,}#.*)?$/;

test("the commands that README shows exist", async () => {
  const { createProgram } = await import("../../src/cli/program.ts");
  const quiet = { isTerminal: false, columns: 100, write: () => {} };
  const program = createProgram({ stdout: quiet, stderr: quiet } as never, () => {});
  const known = new Set(program.commands.map((command) => command.name()));
  const shown = readFileSync(join(root, "README.md"), "utf8")
    .split("\n")
    .flatMap((line) => commandPattern.exec(line.replace(/^.*\| /, ""))?.[1]?.split(" ")[0] ?? []);
  expect(shown.length).toBeGreaterThan(5);
  expect(shown.filter((name) => !known.has(name))).toEqual([]);
});
