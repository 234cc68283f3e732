import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const reports = mkdtempSync(join(tmpdir(), "scantling-ci-"));

/** Passed and failed checks of one step. */
interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** A step, under `CI=true`: tests that skip elsewhere for want of something fail here. It counts as one check: it passes when the command does. */
function check(name: string, command: string, ...commandLine: readonly string[]): Count {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(command, commandLine, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, CI: "true" },
  });
  process.stdout.write(`${status === 0 ? "pass" : "FAIL"}: ${name}\n`);
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** A step that counts its tests. A run that fails without a failed test (it did not start, it saw none) counts as one failure. */
function tests(name: string, config: string): Count {
  const report = join(reports, `${name}.json`);
  const run = check(
    `tests: ${name}`,
    "npx",
    "vitest",
    "run",
    "--config",
    config,
    "--reporter=default",
    "--reporter=json",
    `--outputFile=${report}`,
  );
  const count = readCount(report);
  return run.failed > 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

function readCount(report: string): Count {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8")) as {
      numPassedTests: number;
      numFailedTests: number;
    };
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

const counts = [
  check("type check", "npm", "run", "--silent", "typecheck"),
  check("lint", "npm", "run", "--silent", "lint"),
  check("dead code", "npm", "run", "--silent", "dead-code"),
  check("web page builds", "npm", "run", "--silent", "build:web"),
  tests("unit", "vitest.config.ts"),
  tests("browser", "vitest.browser.config.ts"),
  tests("corpus", "vitest.corpus.config.ts"),
  tests("conformance", "vitest.conformance.config.ts"),
  tests("tools", "vitest.tools.config.ts"),
];
rmSync(reports, { recursive: true });
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
process.exitCode = failed === 0 ? 0 : 1;
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
