import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSources } from "../adapters/filesystem/read-sources.ts";
import type { CommandHost } from "./command-host.ts";
import { runProgram } from "./program.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "scantling-printed-"));
  // A blank in the name: what is copied has to be quoted.
  cpSync(join(import.meta.dirname, "../../examples/shop"), join(folder, "our shop"), { recursive: true });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a command in the folder, which holds no `estate.yaml` itself, on lines long enough for every command. */
async function run(words: readonly string[]): Promise<{ readonly code: number; readonly stdout: string }> {
  let stdout = "";
  const host: CommandHost = {
    sources: { read: (paths, reading) => readSources(paths, reading, { workingFolder: folder }) },
    charts: { render: () => Promise.resolve({ text: "", diagnostics: [] }) },
    stdout: {
      isTerminal: false,
      columns: 2000,
      write: (text) => {
        stdout += text;
      },
    },
    stderr: { isTerminal: false, columns: 2000, write: () => {} },
    workingFolder: folder,
    environment: {},
    today: () => "2026-11-22",
    signal: new AbortController().signal,
    writeFiles: () => Promise.resolve([]),
    replaceFiles: () => Promise.resolve([]),
    findEstateFolder: () => Promise.resolve(undefined),
    checkTools: () => Promise.resolve([]),
    serve: () => Promise.resolve(),
  };
  const code = await runProgram(words, host);
  return { code, stdout };
}

/** The commands that stand as code in Markdown, and those at the end of a line of a terminal. */
function commandsIn(text: string): readonly string[] {
  const found = [...text.matchAll(/`(scantling [^`]*)`|(?:more|about|unfold with): (scantling .*)$/gm)];
  return [...new Set(found.map(([, quoted, last]) => (quoted ?? last ?? "").trim()))];
}

/** The words of a command as a shell reads them. */
function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/(?:'[^']*'|[^\s'])+/g)].slice(1).map(([word]) => word.replaceAll("'", ""));
}

const markdown = ["-o", "markdown"];

describe("commands that a report offers can be copied", () => {
  test.each([
    ["assess", ["assess", "our shop", ...markdown]],
    ["availability", ["availability", "our shop", "--no-changes", ...markdown]],
    ["a journey", ["availability", "our shop", "--no-changes", "--journey", "checkout", ...markdown]],
    ["audit", ["audit", "our shop", "--fail-on", "none"]],
    ["savings", ["cost", "save", "our shop", ...markdown]],
    ["explain", ["explain", "cost/monthly/total", "--in", "our shop", "--depth", "1"]],
  ])("%s", async (_, words) => {
    const { code, stdout } = await run(words);
    expect(code).not.toBe(2);
    const commands = commandsIn(stdout);
    expect(commands, stdout).not.toEqual([]);
    for (const command of commands.slice(0, 8)) {
      expect((await run(wordsOf(command))).code, command).not.toBe(2);
    }
  });
});

test.each(["cost/save/saving", "cost/rightsize/nodeSizes", "commit/saving"])("explain reaches %s", async (id) => {
  const { code, stdout } = await run(["explain", id, "--in", "our shop"]);
  expect({ code, named: stdout.includes(id) }, stdout).toEqual({ code: 0, named: true });
});
