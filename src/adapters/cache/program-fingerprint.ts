import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../..");

/**
 * What tells one state of the program from another: its version and that of Node, and path, size and time of change of
 * its files (code, catalog tables, installed packages), because the program runs from its sources, which change between
 * versions.
 */
export function programFingerprint(): string {
  const states = [readFileSync(join(root, "package.json"), "utf8"), process.version];
  addState(states, join(root, "package-lock.json"));
  addFolder(states, join(root, "src"));
  return states.join("\n");
}

function addFolder(states: string[], folder: string): void {
  const entries = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) addFolder(states, path);
    else if (/(?<!\.test)\.(ts|json)$/.test(entry.name)) addState(states, path);
  }
}

function addState(states: string[], path: string): void {
  const state = statSync(path, { throwIfNoEntry: false });
  states.push(`${path} ${state?.size} ${state?.mtimeMs}`);
}
