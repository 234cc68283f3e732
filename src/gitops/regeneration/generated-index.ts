import { isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { Stamp } from "../repository/stamp.ts";

/** Which files a render wrote, and what it wrote into them: by it, edits are noticed and merged. */
const MANIFEST_PATH = ".scantling/manifest.json";
const GENERATED_PATH = ".scantling/generated.json";

/** One file of the last render. */
export interface GeneratedFile extends Stamp {
  readonly path: string;
  /** Without the line of the stamp. */
  readonly content: string;
}

/** The two index files of a render: one entry a line, sorted, so that changes of two people touch different lines. */
export function indexFiles(files: readonly GeneratedFile[]): ReadonlyMap<string, string> {
  const sorted = files.toSorted((left, right) => (left.path < right.path ? -1 : 1));
  const lines = (entryOf: (file: GeneratedFile) => unknown) =>
    sorted.map((file) => `${JSON.stringify(file.path)}: ${JSON.stringify(entryOf(file))}`).join(",\n");
  return new Map([
    [MANIFEST_PATH, `{\n${lines(({ model, text }) => ({ model, text }))}\n}\n`],
    [GENERATED_PATH, `{\n${lines(({ content }) => content)}\n}\n`],
  ]);
}

/** Files of the last render by path; undefined where the folder has no index, or none that can be read. */
export function readIndex(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> | undefined {
  const text = files.get(GENERATED_PATH);
  if (text === undefined) return undefined;
  try {
    const contents: unknown = JSON.parse(text);
    if (!isJsonObject(contents)) return undefined;
    return new Map(
      Object.entries(contents).flatMap(([path, content]) => (typeof content === "string" ? [[path, content]] : [])),
    );
  } catch {
    return undefined;
  }
}
