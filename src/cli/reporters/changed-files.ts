import type { FileChange } from "../../operations/planning/changed-files.ts";
import type { Style } from "../terminal/style.ts";
import { changedLines } from "./unified-diff.ts";

/** One line a file: its path, lines added and removed, and whether it is new. */
export function changedFileLines(
  files: readonly FileChange[],
  { style, width }: { readonly style: Style; readonly width: number },
): readonly string[] {
  const widest = Math.min(Math.max(0, ...files.map(({ path }) => path.length)), width - 20);
  return files.map(({ path, before, after }) => {
    const { added, removed } = changedLines(before, after);
    const state = before === undefined ? style.dim("  new") : "";
    return `  ${path.padEnd(widest)}  ${`+${added}`.padStart(4)} ${removed === 0 ? "" : `-${removed}`}${state}`.trimEnd();
  });
}
