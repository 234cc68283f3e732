import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createResultCache } from "../../adapters/cache/result-cache.ts";
import { readSources } from "../../adapters/filesystem/read-sources.ts";
import type { CommandHost } from "../command-host.ts";
import { runProgram } from "../program.ts";

let folder: string;
let cached: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scantling-audit-"));
  cached = mkdtempSync(join(tmpdir(), "scantling-cache-"));
  write("web.yaml", deployment("web"));
  write("sub/api.yaml", deployment("api"));
});

afterEach(() => {
  for (const each of [folder, cached]) rmSync(each, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function deployment(name: string, image = "example.azurecr.io/x:1.2.3"): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  replicas: 1
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: main, image: "${image}"}]}
`;
}

interface Situation {
  readonly program?: string;
  readonly today?: string;
  readonly columns?: number;
}

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly files: readonly (readonly [path: string, text: string])[];
}

/** Runs `scantling audit`; `isKnown` says whether the answer was there before. */
async function audit(options: readonly string[] = [], situation: Situation = {}) {
  const { program = "1", today = "2026-11-22", columns = 100 } = situation;
  const outcome = { stdout: "", stderr: "", files: [] as (readonly [string, string])[] };
  const stream = (name: "stdout" | "stderr") => ({
    isTerminal: false,
    columns,
    write: (text: string): void => {
      outcome[name] += text;
    },
  });
  const cache = createResultCache(cached, () => program);
  let isKnown = false;
  const host: CommandHost = {
    sources: { read: (paths, reading) => readSources(paths, reading, { workingFolder: folder }) },
    charts: { render: () => Promise.resolve({ text: "", diagnostics: [] }) },
    openCache: async () => ({
      ...cache,
      read: async (key) => {
        const result = await cache.read(key);
        isKnown = result !== undefined;
        return result;
      },
    }),
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    workingFolder: folder,
    environment: {},
    today: () => today,
    signal: new AbortController().signal,
    writeFiles: (files) => {
      outcome.files.push(...files);
      return Promise.resolve([]);
    },
    replaceFiles: () => Promise.resolve([]),
    findEstateFolder: () => Promise.resolve("."),
    checkTools: () => Promise.resolve([]),
    serve: () => Promise.resolve(),
  };
  const code = await runProgram(["audit", ...options], host);
  return { isKnown, outcome: { code, ...outcome } satisfies Outcome };
}

/** Runs twice as given and once without the cache: the second must be known, and all the same to the byte. */
async function expectSame(options: readonly string[], situation: Situation = {}): Promise<Outcome> {
  const first = await audit(options, situation);
  const second = await audit(options, situation);
  const fresh = await audit([...options, "--no-cache"], situation);
  expect([first.isKnown, second.isKnown, fresh.isKnown]).toStrictEqual([false, true, false]);
  expect(second.outcome).toStrictEqual(fresh.outcome);
  expect(first.outcome).toStrictEqual(fresh.outcome);
  return second.outcome;
}

describe("asking the same again", () => {
  it.each(["table", "json", "yaml", "markdown", "sarif", "junit", "github"])("gives the same as %s", async (format) => {
    const { stdout, code } = await expectSame(["-o", format, "."]);
    expect(stdout).toContain("api");
    expect(code).toBe(1);
  });

  it("gives the same without a path, with its note", async () => {
    const { stderr } = await expectSame([]);
    expect(stderr).toContain("Using the estate in .");
  });

  it("gives the same where the input has problems", async () => {
    write("broken.yaml", "a: [1\n");
    const { stderr, code } = await expectSame(["."]);
    expect(stderr).toContain("broken.yaml:");
    expect(code).toBe(1);
  });

  it("writes the same output file again", async () => {
    const { files } = await expectSame(["-o", "sarif", "--output-file", "audit.sarif", "."]);
    expect(files).toStrictEqual([["audit.sarif", expect.stringContaining('"version": "2.1.0"')]]);
  });
});

describe("asking of changed files", () => {
  it.each([
    ["a changed one", () => write("web.yaml", deployment("web", "example.azurecr.io/x:latest"))],
    ["an added one", () => write("sub/more.yaml", deployment("more"))],
    ["a removed one", () => rmSync(join(folder, "sub/api.yaml"))],
    ["a moved one", () => renameSync(join(folder, "web.yaml"), join(folder, "web2.yaml"))],
    ["one that cannot be read", () => writeFileSync(join(folder, "sub/blob.yaml"), new Uint8Array([97, 0, 98]))],
    ["a comment", () => write("web.yaml", `# a line more moves every place\n${deployment("web")}`)],
    ["documents that settle it", () => write("estate.yaml", estate("2026-12-31"))],
  ])("takes %s into account", async (_, change) => {
    const before = await expectSame(["-o", "json", "."]);
    change();
    const after = await expectSame(["-o", "json", "."]);
    expect(after.stdout).not.toBe(before.stdout);
  });

  it("finds the first answer again when the change is taken back", async () => {
    const before = await audit(["."]);
    write("web.yaml", deployment("web", "example.azurecr.io/x:latest"));
    await audit(["."]);
    write("web.yaml", deployment("web"));
    const after = await audit(["."]);
    expect(after.isKnown).toBe(true);
    expect(after.outcome).toStrictEqual(before.outcome);
  });

  it("takes a changed baseline into account", async () => {
    const { outcome } = await audit([".", "--write-baseline", "known.json"]);
    const [, baseline = ""] = outcome.files[0] ?? [];
    write("known.json", baseline);
    const all = await expectSame(["web.yaml", "sub", "--baseline", "known.json", "-o", "json"]);
    write("known.json", `${JSON.stringify({ ...JSON.parse(baseline), findings: [] })}\n`);
    const none = await expectSame(["web.yaml", "sub", "--baseline", "known.json", "-o", "json"]);
    expect(none.stdout).not.toBe(all.stdout);
  });
});

describe("asking otherwise", () => {
  it("is another question with other options, width, day or program", async () => {
    await audit(["."]);
    const others: readonly (readonly [readonly string[], Situation])[] = [
      [["."], { columns: 80 }],
      [["."], { today: "2026-11-23" }],
      [["."], { program: "2" }],
      [[".", "--fail-on", "none"], {}],
      [[".", "--rule", "AVL"], {}],
      [[".", "--profile", "strict"], {}],
      [[".", "--pod-security", "baseline"], {}],
      [[".", "--include-not-evaluable"], {}],
      [[".", "--color", "always"], {}],
      [["web.yaml"], {}],
      [["sub", "web.yaml"], {}],
    ];
    for (const [options, situation] of others) await expectSame(options, situation);
  });

  it("is no other question when the day is named instead of being today", async () => {
    await audit(["."], { today: "2026-11-22" });
    expect((await audit([".", "--today", "2026-11-22"], { today: "2027-01-01" })).isKnown).toBe(true);
  });

  it("sees exemptions end", async () => {
    write("estate.yaml", estate("2026-11-30"));
    const held = await expectSame([".", "-o", "json"], { today: "2026-11-30" });
    const ended = await expectSame([".", "-o", "json"], { today: "2026-12-01" });
    expect(JSON.parse(held.stdout).summary.findings.exempted).toBeGreaterThan(0);
    expect(JSON.parse(ended.stdout).summary.findings.exempted).toBe(0);
  });
});

describe("what is not kept", () => {
  it("is an answer that a chart had a part in: the tool that renders it may change", async () => {
    write("chart/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
    write("chart/templates/web.yaml", deployment("chart-web"));
    await audit(["."]);
    expect((await audit(["."])).isKnown).toBe(false);
  });

  it("is a baseline that is written", async () => {
    for (const _ of [1, 2]) {
      const { isKnown, outcome } = await audit([".", "--write-baseline", "known.json"]);
      expect(isKnown).toBe(false);
      expect(outcome.files).toHaveLength(1);
    }
  });

  it("is a run that could not be", async () => {
    for (const _ of [1, 2]) {
      const { isKnown, outcome } = await audit(["nowhere"]);
      expect(isKnown).toBe(false);
      expect(outcome.code).toBe(2);
    }
  });
});

function estate(until: string): string {
  return `apiVersion: scantling/v1alpha1
kind: Estate
metadata: {name: shop}
spec:
  audit:
    exemptions:
      - {rule: AVL-001, selector: {name: web}, reason: it is tried out, owner: team-shop, until: "${until}"}
`;
}
