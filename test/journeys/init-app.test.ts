import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

const forms = [
  ["--pattern", "orders"],
  ["--pattern", "orders-actor"],
  ["--store", "cosmos"],
] as const;

interface Finding {
  readonly rule: string;
  readonly severity: string;
}

interface Advice {
  readonly stores: readonly { readonly verdict: string }[];
  readonly notEvaluable: readonly unknown[];
}

describe("init app", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "scantling-init-app-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("writes into a folder that does not exist, says what and what comes next", () => {
    const run = runScantling(["init", "app", "--to", "shop"], { in: folder });
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^src +\d+ files {2}domain, ports, application, adapters$/m);
    expect(run.stderr).toContain("cd shop\n  npm ci && npm test");
    expect(readdirSync(join(folder, "shop")).toSorted()).toEqual([
      ".dockerignore",
      ".gitignore",
      "Dockerfile",
      "README.md",
      "deploy",
      "estate",
      "package-lock.json",
      "package.json",
      "slo",
      "src",
      "test",
      "tsconfig.json",
    ]);
  });

  test("refuses a folder that holds something, and leaves it alone", () => {
    const occupied = mkdtempSync(join(folder, "occupied-"));
    writeFileSync(join(occupied, "mine.txt"), "mine");
    const run = runScantling(["init", "app", "--to", occupied]);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/is not an empty folder; nothing was written\.\n {2}hint: /);
    expect(readdirSync(occupied)).toEqual(["mine.txt"]);
  });

  test("refuses a file where a folder has to be, and an unknown pattern", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(runScantling(["init", "app", "--to", file]).code).toBe(2);
    const run = runScantling(["init", "app", "--pattern", "crud", "--to", join(folder, "crud")]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("orders-actor");
    const both = ["init", "app", "--pattern", "orders-actor", "--store", "cosmos", "--to", join(folder, "both")];
    expect(runScantling(both).code).toBe(2);
  });

  test.each(forms)(
    "%s %s passes our own audit without a finding at or above medium, says the others, and keeps its store by our advice",
    (option, value) => {
      const target = join(folder, `audited-${value}`);
      expect(runScantling(["init", "app", option, value, "--to", target]).code).toBe(0);
      const run = runScantling(["audit", target, "-o", "json"]);
      const audit = JSON.parse(run.stdout) as {
        readonly findings: readonly Finding[];
        readonly diagnostics?: readonly Finding[];
      };
      expect(audit.findings.length).toBeGreaterThan(0);
      expect(
        audit.findings.filter(({ severity }) => !["low", "info"].includes(severity)).map(({ rule }) => rule),
      ).toEqual([]);
      expect(
        (audit.diagnostics ?? []).filter(({ severity }) => severity === "error" || severity === "warning"),
      ).toEqual([]);
      const said = readFileSync(join(target, "README.md"), "utf8");
      expect(audit.findings.filter(({ rule }) => !said.includes(rule.slice(0, "FIN-011".length)))).toEqual([]);
      const advice = JSON.parse(runScantling(["stateful", "advise", target, "-o", "json"]).stdout) as Advice;
      expect(advice).toMatchObject({ stores: [{ verdict: "keep" }], notEvaluable: [] });
    },
  );

  test.each(forms)(
    "%s %s imports no file that was left out, and names no registry in its lock file",
    (option, value) => {
      const target = join(folder, `closed-${value}`);
      runScantling(["init", "app", option, value, "--to", target]);
      const files = readdirSync(target, { recursive: true, encoding: "utf8" }).map((path) =>
        path.replaceAll("\\", "/"),
      );
      const missing = files
        .filter((path) => path.endsWith(".ts"))
        .flatMap((path) =>
          [...readFileSync(join(target, path), "utf8").matchAll(/from "(\.[^"]+)"/g)].map(([, specifier = ""]) =>
            join(path, "..", specifier).replaceAll("\\", "/"),
          ),
        )
        .filter((imported) => !files.includes(imported));
      expect(missing).toEqual([]);
      expect(readFileSync(join(target, "package-lock.json"), "utf8")).not.toContain("resolved");
      expect(files.filter((path) => /(?:main|commands|kustomization|README)-actors\./.test(path))).toEqual([]);
    },
  );
});

test("the lock file of the template belongs to its package, and the versions are those that its tests run with here", () => {
  const read = (path: string) => JSON.parse(readFileSync(join(repositoryRoot, path), "utf8")) as Package;
  const template = read("templates/orders/package.json");
  const lock = read("templates/orders/package-lock.json").packages?.[""];
  const ours = read("package.json");
  expect(lock).toMatchObject({ dependencies: template.dependencies, devDependencies: template.devDependencies });
  const known = { ...ours.dependencies, ...ours.devDependencies };
  expect({ ...template.dependencies, ...template.devDependencies }).toEqual(
    Object.fromEntries(
      Object.keys({ ...template.dependencies, ...template.devDependencies }).map((name) => [name, known[name]]),
    ),
  );
});

interface Package {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly packages?: Readonly<Record<string, Package>>;
}

test("the tests of both forms pass", () => {
  const folder = join(repositoryRoot, "templates/orders");
  const commandLine = ["--test", "--test-isolation=none", "--test-reporter=tap", "test/**/*.test.ts"];
  const report = execFileSync(process.execPath, commandLine, {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env["PATH"] },
  });
  expect(report).toMatch(/^# fail 0$/m);
  expect(Number(/^# pass (\d+)$/m.exec(report)?.[1])).toBeGreaterThan(55);
}, 240_000);
