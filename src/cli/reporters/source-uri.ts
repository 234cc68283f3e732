/**
 * A source as the path that a code host knows it by: relative to the working folder, forward slashes. Standard input has
 * no path.
 */
export function relativeSource(source: string, workingFolder: string | undefined): string {
  if (source === "-") return "stdin";
  const path = source.replaceAll("\\", "/").replace(/^(?:\.\/+)+/, "");
  if (workingFolder === undefined || !path.startsWith("/")) return path;
  const from = workingFolder.split("/").filter((segment) => segment !== "");
  const to = path.split("/").filter((segment) => segment !== "");
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared += 1;
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
}

/** The same as a relative URI reference: what means something in a URI is escaped. */
export function relativeSourceUri(source: string, workingFolder: string | undefined): string {
  const path = relativeSource(source, workingFolder).split("/").map(encodeURIComponent).join("/");
  // A colon in the first segment would make it a scheme; encodeURIComponent has escaped it.
  return path;
}
