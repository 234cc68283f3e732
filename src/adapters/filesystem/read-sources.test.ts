import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SourceSet } from "../../estate/sources/source-set.ts";
import { readSources } from "./read-sources.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scantling-sources-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(files: { readonly [path: string]: string | Uint8Array }): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

function read(paths: readonly string[], workingFolder = folder): Promise<SourceSet> {
  return readSources(paths, {}, { workingFolder });
}

/** `name source[:line:column]` of each diagnostic. */
function problems({ diagnostics }: SourceSet): readonly string[] {
  return diagnostics.map(({ name, place }) => {
    const position = place?.line === undefined ? "" : `:${place.line}:${place.column}`;
    return `${name} ${place?.source}${position}`;
  });
}

describe("folders", () => {
  it("gives manifests below them, sorted, without what is hidden or installed", async () => {
    write({
      "b.yaml": "b: 1",
      "a.yml": "a: 1",
      "sub/c.json": "{}",
      "sub/D.YAML": "d: 1",
      "sub/Kustomization": "k: 1",
      "readme.md": "no",
      "sub/app.properties": "no",
      ".hidden.yaml": "no",
      ".git/config.yaml": "no",
      ".github/ci.yaml": "no",
      "node_modules/x/y.yaml": "no",
    });
    const sources = await read(["."]);
    expect([...sources.texts.keys()]).toStrictEqual([
      "a.yml",
      "b.yaml",
      "sub/D.YAML",
      "sub/Kustomization",
      "sub/c.json",
    ]);
    expect(sources.texts.get("a.yml")).toBe("a: 1");
    expect(sources.roots).toStrictEqual(["."]);
    expect(sources.diagnostics).toStrictEqual([]);
  });

  it("gives paths as they were asked for", async () => {
    write({ "work/here/x.yaml": "x: 1", "apps/a.yaml": "a: 1" });
    const working = join(folder, "work");
    const relative = await read(["../apps/", "./here"], working);
    expect([...relative.texts.keys()]).toStrictEqual(["../apps/a.yaml", "here/x.yaml"]);
    expect(relative.roots).toStrictEqual(["../apps", "here"]);
    const absolute = await read([join(folder, "apps")], working);
    expect([...absolute.texts.keys()]).toStrictEqual([join(folder, "apps/a.yaml")]);
  });

  it("gives each text once, when folders overlap", async () => {
    write({ "a/b/c.yaml": "c: 1" });
    for (const roots of [
      ["a", "a/b"],
      ["a/b", "a"],
      ["a", "a"],
      ["a/b/c.yaml", "a"],
    ]) {
      const sources = await read(roots);
      expect([...sources.texts.keys()]).toStrictEqual(["a/b/c.yaml"]);
      expect(sources.diagnostics).toStrictEqual([]);
    }
  });

  it("gives all texts of a chart, but neither large nor binary ones", async () => {
    write({
      "chart/Chart.yaml": "name: shop",
      "chart/values.yaml": "a: 1",
      "chart/templates/_helpers.tpl": "{{ define }}",
      "chart/templates/NOTES.txt": "notes",
      "chart/files/logo.png": new Uint8Array([137, 80, 0, 1]),
      "chart/files/large.txt": "x".repeat(1_100_000),
      "other.tpl": "no",
    });
    const sources = await read(["."]);
    expect([...sources.texts.keys()]).toStrictEqual([
      "chart/Chart.yaml",
      "chart/templates/NOTES.txt",
      "chart/templates/_helpers.tpl",
      "chart/values.yaml",
    ]);
    expect(sources.diagnostics).toStrictEqual([]);
  });
});

describe("single files", () => {
  it("are read whatever their name", async () => {
    write({ "deploy.txt": "a: 1", ".hidden.yaml": "b: 1" });
    const sources = await read(["deploy.txt", ".hidden.yaml"]);
    expect([...sources.texts]).toStrictEqual([
      ["deploy.txt", "a: 1"],
      [".hidden.yaml", "b: 1"],
    ]);
  });

  it("may be written in UTF-16 with a mark, as some shells redirect output", async () => {
    const text = "name: größe\n";
    write({
      "le.yaml": Buffer.from(`\ufeff${text}`, "utf16le"),
      "be.yaml": Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
      "mark.yaml": `\ufeff${text}`,
    });
    const { texts } = await read(["."]);
    expect([...texts.values()]).toStrictEqual([text, text, text]);
  });
});

describe("standard input", () => {
  it("is the source -", async () => {
    const standardInput = Readable.from([Buffer.from("a: gr"), Buffer.from([0xc3]), Buffer.from([0xb6, 10])]);
    const sources = await readSources(["-"], {}, { workingFolder: folder, standardInput });
    expect([...sources.texts]).toStrictEqual([["-", "a: grö\n"]]);
    expect(sources.roots).toStrictEqual(["-"]);
  });

  it("may fail", async () => {
    const standardInput = new Readable({ read: (): void => undefined });
    standardInput.destroy(Object.assign(new Error("x"), { code: "EIO" }));
    const sources = await readSources(["-"], {}, { workingFolder: folder, standardInput });
    expect(problems(sources)).toStrictEqual(["unreadable -"]);
    expect(sources.diagnostics[0]?.message).toBe('"-" cannot be read: the disk reports an error.');
  });
});

describe("references", () => {
  it("bring in what a kustomization refers to outside of the folder, step by step", async () => {
    write({
      "apps/overlays/dev/kustomization.yaml":
        "resources: [../../base]\npatches: [{path: patch.yaml}]\nconfigMapGenerator: [{name: a, envs: [../../env/dev.env]}]",
      "apps/overlays/dev/patch.yaml": "a: 1",
      "apps/base/kustomization.yml": "resources: [deployment.yaml, ../more]",
      "apps/base/deployment.yaml": "kind: Deployment",
      "apps/base/unrelated.yaml": "no",
      "apps/more/Kustomization": "resources: [../missing, ../base, https://example.com/x]",
      "apps/env/dev.env": "A=1",
      "apps/overlays/prod/kustomization.yaml": "no: 1",
    });
    const sources = await read(["apps/overlays/dev"]);
    expect([...sources.texts.keys()]).toStrictEqual([
      "apps/overlays/dev/kustomization.yaml",
      "apps/overlays/dev/patch.yaml",
      "apps/base/kustomization.yml",
      "apps/env/dev.env",
      "apps/base/deployment.yaml",
      "apps/more/Kustomization",
    ]);
    expect(sources.roots).toStrictEqual(["apps/overlays/dev"]);
    expect(sources.diagnostics).toStrictEqual([]);
  });

  it("bring in manifests, charts and values of Scantling documents", async () => {
    write({
      "estate/shop.yaml":
        "apiVersion: scantling/v1alpha1\nkind: Application\nspec:\n  manifests:\n    default: ../apps/shop\n    prod: {chart: ../charts/shop, values: [../values.yaml]}",
      "apps/shop/a.yaml": "a: 1",
      "charts/shop/Chart.yaml": "name: shop",
      "charts/shop/templates/x.tpl": "x",
      "values.yaml": "v: 1",
    });
    const sources = await read(["estate"]);
    expect([...sources.texts.keys()]).toStrictEqual([
      "estate/shop.yaml",
      "apps/shop/a.yaml",
      "charts/shop/Chart.yaml",
      "charts/shop/templates/x.tpl",
      "values.yaml",
    ]);
  });

  it("end, also when they go in a circle or lead to the wrong kind of thing", async () => {
    write({
      "a/kustomization.yaml":
        "resources: [../b, kustomization.yaml, .]\nconfigMapGenerator: [{files: [../b, x=logo.png]}]",
      "b/kustomization.yaml": "resources: [../a]",
      "a/logo.png": new Uint8Array([1, 0, 2]),
    });
    const sources = await read(["a"]);
    expect([...sources.texts.keys()]).toStrictEqual(["a/kustomization.yaml", "b/kustomization.yaml"]);
    expect(problems(sources)).toStrictEqual(["binary-file a/logo.png"]);
  });
});

describe("what cannot be read", () => {
  it("is missing: with the nearest name there is", async () => {
    write({ "manifests/app.yaml": "a: 1" });
    const sources = await read(["manifest", "manifests/ap.yaml", "none/where.yaml", "manifests/app.yaml/x"]);
    expect(problems(sources)).toStrictEqual([
      "path-not-found manifest",
      "path-not-found manifests/ap.yaml",
      "path-not-found none/where.yaml",
      "path-not-found manifests/app.yaml/x",
    ]);
    expect(sources.diagnostics.map(({ hint }) => hint)).toStrictEqual([
      'Did you mean "manifests"?',
      'Did you mean "manifests/app.yaml"?',
      "Check the spelling; relative paths start at the folder the command runs in.",
      "Check the spelling; relative paths start at the folder the command runs in.",
    ]);
    expect(sources.texts.size).toBe(0);
  });

  it("is an empty folder", async () => {
    write({ "docs/readme.md": "x", ".hidden/a.yaml": "a: 1" });
    expect(problems(await read(["docs", "."]))).toStrictEqual(["empty-folder docs", "empty-folder ."]);
  });

  it("is binary, or no UTF-8; the rest is still read", async () => {
    write({
      "a.yaml": new Uint8Array([97, 0, 98]),
      "b.yaml": Buffer.concat([Buffer.from("a: ö\nb: x"), Buffer.from([0xff, 0x20])]),
      "c.yaml": "c: 1",
      "d.yaml": new Uint8Array([0x61, 0x3a, 0x20, 0xe2, 0x82]),
    });
    const sources = await read(["."]);
    expect(problems(sources)).toStrictEqual(["binary-file a.yaml", "not-utf8 b.yaml:2:5", "not-utf8 d.yaml:1:4"]);
    expect([...sources.texts.keys()]).toStrictEqual(["c.yaml"]);
  });

  it("is larger than 256 MiB", async () => {
    write({ "large.yaml": "a: 1", "small.yaml": "b: 1" });
    truncateSync(join(folder, "large.yaml"), 256 * 2 ** 20 + 1);
    const sources = await read(["."]);
    expect(problems(sources)).toStrictEqual(["file-too-large large.yaml"]);
    expect(sources.diagnostics[0]?.message).toBe('"large.yaml" is larger than 256 MiB and was not read.');
    expect([...sources.texts.keys()]).toStrictEqual(["small.yaml"]);
  });

  it.runIf(process.platform !== "win32")("is forbidden", async () => {
    write({ "a/secret.yaml": "a: 1", "b/x.yaml": "b: 1", "c.yaml": "c: 1" });
    chmodSync(join(folder, "a/secret.yaml"), 0);
    chmodSync(join(folder, "b"), 0);
    const sources = await withoutPrivileges(() => read(["."]));
    chmodSync(join(folder, "b"), 0o700);
    expect(problems(sources)).toStrictEqual(["unreadable a/secret.yaml", "unreadable b"]);
    expect(sources.diagnostics[0]?.message).toBe('"a/secret.yaml" cannot be read: permission denied.');
    expect([...sources.texts.keys()]).toStrictEqual(["c.yaml"]);
  });
});

/** Runs as a user whom permissions bind: to the super-user, as whom containers often run tests, nothing is forbidden. */
async function withoutPrivileges<Result>(run: () => Promise<Result>): Promise<Result> {
  const nobody = 65_534;
  if (process.geteuid?.() !== 0) return run();
  chmodSync(folder, 0o755);
  process.seteuid?.(nobody);
  try {
    return await run();
  } finally {
    process.seteuid?.(0);
  }
}

describe.runIf(process.platform !== "win32")("links", () => {
  it("to files and folders are followed, but no folder is read twice", async () => {
    write({ "estate/real/a.yaml": "a: 1", "outside/b.yaml": "b: 1", "file.yaml": "f: 1" });
    symlinkSync("real", join(folder, "estate/again"));
    symlinkSync("../outside", join(folder, "estate/out"));
    symlinkSync("../file.yaml", join(folder, "estate/linked.yaml"));
    const sources = await read(["estate"]);
    expect([...sources.texts.keys()]).toStrictEqual(["estate/linked.yaml", "estate/real/a.yaml", "estate/out/b.yaml"]);
    expect(problems(sources)).toStrictEqual(["repeated-folder estate/again"]);
  });

  it("in a circle are told and left", async () => {
    write({ "a/b/x.yaml": "x: 1" });
    symlinkSync("..", join(folder, "a/b/up"));
    symlinkSync(".", join(folder, "a/self"));
    symlinkSync(folder, join(folder, "a/top"));
    symlinkSync("loop.yaml", join(folder, "a/loop.yaml"));
    symlinkSync("nowhere.yaml", join(folder, "a/gone.yaml"));
    symlinkSync("nowhere", join(folder, "a/gone"));
    const sources = await read(["a"]);
    expect([...sources.texts.keys()]).toStrictEqual(["a/b/x.yaml"]);
    expect([...problems(sources)].sort()).toStrictEqual([
      "cyclic-link a/b/up",
      "cyclic-link a/self",
      "cyclic-link a/top",
      "unreadable a/gone.yaml",
      "unreadable a/loop.yaml",
    ]);
  });

  it("as a root are read, once", async () => {
    write({ "real/a.yaml": "a: 1" });
    symlinkSync("real", join(folder, "link"));
    expect([...(await read(["link"])).texts.keys()]).toStrictEqual(["link/a.yaml"]);
    const both = await read(["real", "link"]);
    expect([...both.texts.keys()]).toStrictEqual(["real/a.yaml"]);
    expect(problems(both)).toStrictEqual(["repeated-folder link"]);
  });

  it("and what is no file below a folder does not block", async () => {
    write({ "a.yaml": "a: 1" });
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(folder, "socket.yaml"), resolve));
    try {
      const sources = await read(["."]);
      expect(problems(sources)).toStrictEqual(["not-a-file socket.yaml"]);
      expect([...sources.texts.keys()]).toStrictEqual(["a.yaml"]);
    } finally {
      server.close();
    }
  });
});

describe("a long run", () => {
  it("tells how far it is", async () => {
    write(Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`f${index}.yaml`, `a: ${index}`])));
    const messages: string[] = [];
    await readSources(["."], { onProgress: (message) => messages.push(message) }, { workingFolder: folder });
    expect(messages).toStrictEqual(["reading .", "read 500 files"]);
  });

  it("stops when it is told to", async () => {
    write(Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`f${index}.yaml`, `a: ${index}`])));
    const controller = new AbortController();
    const onProgress = (message: string): void => {
      if (message.startsWith("read ")) controller.abort(new Error("enough"));
    };
    const reading = readSources(["."], { signal: controller.signal, onProgress }, { workingFolder: folder });
    await expect(reading).rejects.toThrow("enough");
    await expect(readSources(["."], { signal: AbortSignal.abort() }, { workingFolder: folder })).rejects.toThrow(
      "aborted",
    );
  });

  it("stops waiting for standard input", async () => {
    const controller = new AbortController();
    const standardInput = new Readable({ read: (): void => undefined });
    const reading = readSources(["-"], { signal: controller.signal }, { workingFolder: folder, standardInput });
    controller.abort(new Error("enough"));
    await expect(reading).rejects.toThrow("enough");
  });
});
