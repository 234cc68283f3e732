/** The folders and files that a set of paths stands for: the first part of each path, each once. */
export function rootsOf(texts: { readonly [path: string]: string }): readonly string[] {
  return [...new Set(Object.keys(texts).map((path) => path.split("/")[0] ?? path))].sort();
}
