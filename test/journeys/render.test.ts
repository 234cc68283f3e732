import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scantling-render-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const render = (...more: readonly string[]) =>
  runScantling(["render", "examples/shop", "--to", join(folder, "out"), ...more]);

describe("scantling render", () => {
  test("a repository is written, says what it did, and stays as it is", () => {
    const first = render();
    expect(first.code).toBe(0);
    expect(first.stdout).toContain("Kustomize for Flux");
    expect(first.stdout).toContain("every leaf builds to exactly its objects");
    expect(existsSync(join(folder, "out/README.md"))).toBe(true);
    expect(readFileSync(join(folder, "out/.scantling/manifest.json"), "utf8")).toContain('"README.md"');
    const second = render("-o", "json");
    expect(JSON.parse(second.stdout)).toMatchObject({
      kind: "Repository",
      files: { added: 0, changed: 0, removed: 0 },
    });
  });

  test("a dry run and a diff write nothing and exit 1 while there is something to write", () => {
    const dry = render("--dry-run");
    expect([dry.code, existsSync(join(folder, "out"))]).toEqual([1, false]);
    const diff = render("--diff");
    expect(diff.code).toBe(1);
    expect(diff.stdout).toContain("+++ b/README.md");
    expect(existsSync(join(folder, "out"))).toBe(false);
  });

  test("an estate with an error is not rendered, and no name leads out of the folder", () => {
    const estate = join(folder, "estate");
    cpSync(join(repositoryRoot, "examples/shop"), estate, { recursive: true });
    const evil = `apiVersion: scantling/v1alpha1
kind: CloudService
metadata: {name: "../../../evil"}
spec: {service: frontDoor, tier: Premium}
`;
    writeFileSync(join(estate, "evil.yaml"), evil);
    const out = join(folder, "a/b/out");
    const run = runScantling(["render", estate, "--to", out]);
    expect([run.code, existsSync(out), existsSync(join(folder, "evil.yaml"))]).toEqual([2, false, false]);
    expect(run.stderr).toContain("Nothing was written.");
  });

  test("a folder of somebody else is refused and left as it is", () => {
    mkdirSync(join(folder, "out"));
    writeFileSync(join(folder, "out/notes.txt"), "mine");
    const refused = render();
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("EST-955");
    expect(readdirSync(join(folder, "out"))).toEqual(["notes.txt"]);
    writeFileSync(join(folder, "out/README.md"), "mine too");
    const forced = render("--force");
    expect(forced.code).toBe(0);
    expect(forced.stderr).toContain("EST-995");
    expect(forced.stderr).toContain("README.md");
    expect(forced.stderr).not.toContain("notes.txt");
    expect(readFileSync(join(folder, "out/notes.txt"), "utf8")).toBe("mine");
  });

  test("a source inside its repository is left as it is; a repository inside its source is refused", () => {
    const source = join(folder, "out/source");
    cpSync(join(repositoryRoot, "examples/shop"), source, { recursive: true });
    const inside = runScantling(["render", source, "--to", join(folder, "out")]);
    expect([inside.code, inside.stderr]).toEqual([0, ""]);
    expect(existsSync(join(folder, "out/estate"))).toBe(false);
    expect(readFileSync(join(folder, "out/README.md"), "utf8")).toContain("The source of truth is `source/`");
    expect(runScantling(["render", source, "--to", join(folder, "out"), "--dry-run"]).code).toBe(0);
    for (const [from, to] of [
      [source, join(source, "out")],
      [join(folder, "out"), join(folder, "out")],
      [join(folder, "out/clusters"), join(folder, "out")],
    ] as const) {
      const refused = runScantling(["render", from, "--to", to]);
      expect([refused.code, refused.stderr.includes("EST-998")]).toEqual([2, true]);
    }
  });

  test("an edit by hand survives, one against the estate is refused", () => {
    expect(render().code).toBe(0);
    const readme = join(folder, "out/README.md");
    writeFileSync(readme, `${readFileSync(readme, "utf8")}\nOur own words.\n`);
    const kept = render();
    expect(kept.code).toBe(0);
    expect(kept.stderr).toContain("EST-958");
    expect(readFileSync(readme, "utf8")).toContain("Our own words.");
  });

  test("changes that are not committed are refused where something would change", () => {
    expect(render().code).toBe(0);
    const git = (...line: readonly string[]) => spawnSync("git", ["-C", join(folder, "out"), ...line]).status;
    if (git("init", "--quiet") !== 0) return;
    const refused = render("--agent", "argocd");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("EST-956");
    git("add", "--all");
    git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", "first");
    expect(render("--agent", "argocd").code).toBe(0);
  });

  test("both packagings and both agents are proven equal", () => {
    const verified = render("--verify");
    expect(verified.code).toBe(0);
    expect(verified.stdout.match(/holds for/g)?.length).toBeGreaterThanOrEqual(4);
  });

  test("a cluster that nobody declares is told", () => {
    const unknown = render("--cluster", "nowhere");
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain("No cluster is called nowhere");
  });
});
