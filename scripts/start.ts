import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildWebIfStale } from "./build-web.ts";

const root = join(import.meta.dirname, "..");
const entry = join(root, "bin/scantling.js");
const paths = process.argv.length > 2 ? process.argv.slice(2) : [join("examples", "nordwind")];

function scantling(...commandLine: readonly string[]): number {
  return spawnSync(process.execPath, [entry, ...commandLine], { stdio: "inherit" }).status ?? 2;
}

const assessed = scantling("assess", ...paths);
if (assessed > 1) process.exit(assessed);
await buildWebIfStale(root);
process.exit(scantling("serve", ...paths));
