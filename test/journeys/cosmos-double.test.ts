import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { repositoryRoot } from "./run-scantling.ts";

interface Overlay {
  readonly over: string;
  readonly omit: readonly string[];
}

/** The Cosmos DB form of the orders application as `init app` puts it together, on the packages of this repository. */
describe("templates/orders-cosmos", () => {
  const folder = mkdtempSync(join(tmpdir(), "orders-cosmos-"));
  const templates = join(repositoryRoot, "templates");

  beforeAll(() => {
    const overlay = join(templates, "orders-cosmos");
    const { over, omit } = JSON.parse(readFileSync(join(overlay, "overlay.json"), "utf8")) as Overlay;
    const isSource = (path: string) => !path.includes("node_modules");
    cpSync(join(templates, over), folder, { recursive: true, filter: isSource });
    for (const path of omit) rmSync(join(folder, path), { recursive: true, force: true });
    cpSync(overlay, folder, { recursive: true, filter: isSource });
    symlinkSync(join(repositoryRoot, "node_modules"), join(folder, "node_modules"));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("the contract double keeps its laws, and the application its promises on it", () => {
    const suites = ["test/**/*.test.ts"];
    const { NODE_OPTIONS: _ignored, NODE_TEST_CONTEXT: _nested, ...env } = process.env;
    const run = spawnSync(process.execPath, ["--test", "--test-isolation=none", "--test-reporter=tap", ...suites], {
      cwd: folder,
      env,
      encoding: "utf8",
      timeout: 55_000,
    });
    expect(run.status, `${run.stdout}\n${run.stderr}`).toBe(0);
    expect(Number(/^# pass (\d+)$/m.exec(run.stdout)?.[1])).toBeGreaterThan(100);
  });
});
