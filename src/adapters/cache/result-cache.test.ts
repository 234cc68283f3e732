import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cacheFolder } from "./cache-folder.ts";
import { programFingerprint } from "./program-fingerprint.ts";
import { createResultCache } from "./result-cache.ts";

let parent: string;
let folder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "scantling-cache-"));
  folder = join(parent, "deep/results");
});

afterEach(() => {
  rmSync(parent, { recursive: true, force: true });
});

function givenCache(program = "1") {
  return createResultCache(folder, () => program, { entries: 3, bytes: 1_000 });
}

describe("a key", () => {
  it("is of the parts, where they end, and the program", () => {
    const cache = givenCache();
    const keys = [["a", "b"], ["ab"], ["ab", ""], ["", "ab"], ["b", "a"], ["1\nab"]].map((parts) => cache.keyOf(parts));
    expect(new Set([...keys, givenCache("2").keyOf(["a", "b"])]).size).toBe(keys.length + 1);
    expect(givenCache().keyOf(["a", "b"])).toBe(keys[0]);
  });

  it("depends on the files that the program runs from", () => {
    expect(programFingerprint()).toMatch(/src\/version\.ts \d+ \d+/);
    expect(programFingerprint()).toMatch(/catalog\/tables\/[\w-]+\.json \d+ \d+/);
    expect(programFingerprint()).toBe(programFingerprint());
  });
});

describe("a result", () => {
  const key = givenKey("a");

  function givenKey(part: string): string {
    return createResultCache("", () => "1").keyOf([part]);
  }

  it("is given back as it was written, byte for byte", async () => {
    const text = 'line\r\n"größe" \u{1f6a2}\0\n';
    expect(await givenCache().read(key)).toBeUndefined();
    await givenCache().write(key, text);
    expect(await givenCache().read(key)).toBe(text);
  });

  it("may be empty", async () => {
    await givenCache().write(key, "");
    expect(await givenCache().read(key)).toBe("");
  });

  it("that was cut off, changed or emptied is not there", async () => {
    await givenCache().write(key, "some result\n");
    const whole = readFileSync(join(folder, key));
    const flipped = Buffer.from(whole);
    flipped[whole.length - 2] = (flipped[whole.length - 2] ?? 0) ^ 1;
    const damaged = [whole.subarray(0, -1), whole.subarray(0, 10), flipped, Buffer.alloc(0), Buffer.from("\n")];
    for (const bytes of damaged) {
      writeFileSync(join(folder, key), bytes);
      expect(await givenCache().read(key)).toBeUndefined();
    }
  });

  it("is for its user's eyes", async () => {
    await givenCache().write(key, "some result");
    expect(statSync(join(folder, key)).mode & 0o077).toBe(0);
    expect(statSync(folder).mode & 0o077).toBe(0);
  });

  it("that cannot be kept is no error", async () => {
    writeFileSync(join(parent, "file"), "");
    const cache = createResultCache(join(parent, "file/results"), () => "1");
    await cache.write(key, "some result");
    expect(await cache.read(key)).toBeUndefined();
  });

  it("leaves no temporary file behind", async () => {
    await givenCache().write(key, "some result");
    expect(readdirSync(folder)).toStrictEqual([key]);
  });

  it("makes room for others when it was not used for longest", async () => {
    const keys = ["a", "b", "c", "d"].map(givenKey);
    for (const [index, each] of keys.entries()) {
      await givenCache().write(each, "x");
      utimesSync(join(folder, each), 1_000 + index, 1_000 + index);
      if (index === 2) await givenCache().read(keys[0] ?? "");
    }
    expect(new Set(readdirSync(folder))).toStrictEqual(new Set([keys[0], keys[2], keys[3]]));
  });

  it("makes room for others by its size, and stays itself", async () => {
    const [first = "", second = ""] = ["a", "b"].map(givenKey);
    await givenCache().write(first, "x".repeat(600));
    utimesSync(join(folder, first), 1_000, 1_000);
    await givenCache().write(second, "x".repeat(2_000));
    expect(readdirSync(folder)).toStrictEqual([second]);
  });
});

describe("the folder", () => {
  it("is the user's own for caches", () => {
    expect(cacheFolder({ XDG_CACHE_HOME: parent })).toBe(join(parent, "scantling"));
    expect(cacheFolder({})).toMatch(/\.cache[\\/]scantling$/);
  });

  it("is not taken from a relative path, which would lie in the repository", () => {
    expect(cacheFolder({ XDG_CACHE_HOME: "cache" })).toBe(cacheFolder({}));
  });
});
