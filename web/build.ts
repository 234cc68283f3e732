import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

const webFolder = import.meta.dirname;
const projectFolder = join(webFolder, "..");
/** Folder of the built page. */
export const webRoot: string = join(webFolder, "dist");
const stampFile = join(webRoot, ".inputs");

/** Everything the page is made of; tests are left out, so that editing one does not rebuild. */
const inputs = ["web/src", "web/public", "web/index.html", "web/vite.config.ts", "src", "package-lock.json"];

/** The built page is missing, or was made from other sources than those on disk. */
export async function isWebStale(): Promise<boolean> {
  if (!existsSync(join(webRoot, "index.html")) || !existsSync(stampFile)) return true;
  return readFileSync(stampFile, "utf8") !== (await fingerprint());
}

/** Builds the page when it is missing or stale. Needs no network. Returns the folder to serve. */
export async function ensureWebBuilt(): Promise<string> {
  if (await isWebStale()) await buildWeb();
  return webRoot;
}

/** Builds the page into `web/dist`. */
export async function buildWeb(): Promise<void> {
  const { build } = await import("vite");
  await build({ configFile: join(webFolder, "vite.config.ts"), logLevel: "warn" });
  writeFileSync(stampFile, await fingerprint());
}

/** Hash over paths and contents of the inputs, independent of file times, which a checkout resets. */
async function fingerprint(): Promise<string> {
  const hash = createHash("sha256");
  for (const input of inputs) {
    for (const file of await filesUnder(join(projectFolder, input))) {
      hash.update(relative(projectFolder, file)).update("\0");
      hash.update(await readFile(file)).update("\0");
    }
  }
  return hash.digest("hex");
}

async function filesUnder(path: string): Promise<readonly string[]> {
  if (!existsSync(path)) return [];
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => undefined);
  if (entries === undefined) return [path];
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

if (import.meta.main) await buildWeb();
