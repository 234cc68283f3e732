import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";

/** A source file with the modules it imports, type imports and dynamic imports included. */
export interface SourceFile {
  /** Path from the repository's root, forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Specifiers as written. */
  readonly specifiers: readonly string[];
  /** Repository paths of relative imports. */
  readonly imports: readonly string[];
}

const root = join(import.meta.dirname, "../..");
const specifierPattern =
  /(?:^|[;\n}])\s*(?:import|export)\b[^"'`;]*?from\s*["']([^"']+)["']|\bimport\s*\(\s*["']([^"']+)["']|(?:^|\n)\s*import\s*["']([^"']+)["']/g;

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" || entry.name === "dist" ? [] : listFiles(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** Reads every TypeScript file under the named folders of the repository. */
export function readSourceFiles(...folders: readonly string[]): SourceFile[] {
  return folders
    .flatMap((folder) => listFiles(join(root, folder)))
    .map((file) => readSourceFile(file))
    .sort((left, right) => (left.path < right.path ? -1 : 1));
}

function readSourceFile(file: string): SourceFile {
  const text = readFileSync(file, "utf8");
  const specifiers = [...text.matchAll(specifierPattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
  return {
    path: toRepositoryPath(file),
    text,
    specifiers,
    imports: specifiers
      .filter((specifier) => specifier.startsWith("."))
      .map((specifier) => toRepositoryPath(normalize(join(dirname(file), specifier)))),
  };
}

function toRepositoryPath(path: string): string {
  return relative(root, path).split(sep).join("/");
}

/** The area a file belongs to: the folder under `src`, or `web`. */
export function areaOf(path: string): string {
  const [top, second = ""] = path.split("/");
  return top === "src" && second.endsWith(".ts") ? "surface" : top === "src" ? second : (top ?? "");
}

/** True for files that only tests load. */
export function isTestCode(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.includes("/testing/");
}
