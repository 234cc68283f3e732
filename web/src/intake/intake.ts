import type { AssessmentActions } from "../assessing/use-assessment.ts";
import { plural } from "../graph/plural.ts";
import { type PathedFile, readFiles } from "./read-files.ts";

/** Reads files and hands them to the engines; what it is called on the page follows from what was given. */
export async function openFiles(files: readonly PathedFile[], open: AssessmentActions["open"]): Promise<void> {
  const { texts, notRead } = await readFiles(files);
  open(texts, labelOf(Object.keys(texts)), notRead);
}

/** Hands pasted text to the engines. */
export function openPaste(text: string, open: AssessmentActions["open"]): void {
  open({ "pasted.yaml": text }, "pasted manifests", []);
}

/** The one folder or file, or how many. */
function labelOf(paths: readonly string[]): string {
  const roots = new Set(paths.map((path) => path.split("/")[0] ?? path));
  const [first] = roots;
  return roots.size === 1 && first !== undefined ? first : plural(paths.length, "file");
}
