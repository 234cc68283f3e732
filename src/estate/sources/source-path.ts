/**
 * Path arithmetic of source sets: forward slashes, relative to where the reader started or absolute, purely by text.
 * Links are the reader's business.
 */

/** Without `.` parts, doubled slashes and trailing slash; `..` folded where something stands before it. */
export function normalizeSourcePath(path: string): string {
  const absolute = path.startsWith("/");
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    const last = parts.at(-1);
    if (part === ".." && last !== undefined && last !== "..") parts.pop();
    else if (part !== ".." || !absolute) parts.push(part);
  }
  const joined = parts.join("/");
  return absolute ? `/${joined}` : joined === "" ? "." : joined;
}

/** `path` as seen from `directory`; an absolute path stays as it is. */
export function joinSourcePath(directory: string, path: string): string {
  if (isAbsoluteSourcePath(path)) return normalizeSourcePath(path);
  return normalizeSourcePath(directory === "" ? path : `${directory}/${path}`);
}

/** Folder that a path lies in: `.` for a bare name and for standard input. */
export function sourceDirectory(path: string): string {
  const slash = path.lastIndexOf("/");
  if (slash < 0) return ".";
  return slash === 0 ? "/" : path.slice(0, slash);
}

/** Last part of a path. */
export function sourceName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** True for `/x` and for `C:/x`. */
export function isAbsoluteSourcePath(path: string): boolean {
  return path.startsWith("/") || /^[A-Za-z]:\//.test(path);
}

/** True when `path` is `root` or lies below it. */
export function isUnder(path: string, root: string): boolean {
  if (path === root) return true;
  if (root === ".") return !path.startsWith("/") && !path.startsWith("../") && path !== ".." && path !== "-";
  return path.startsWith(root.endsWith("/") ? root : `${root}/`);
}
