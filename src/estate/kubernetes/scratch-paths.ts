/** Where processes keep what they can make again. */
const scratchPaths = [
  "/tmp",
  "/var/tmp",
  "/run",
  "/var/run",
  "/cache",
  "/var/cache",
  "/var/log",
  "/log",
  "/logs",
  "/dev",
  "/etc",
  "/scratch",
];

/** What belongs to the node itself: agents read and write there on purpose. */
const systemPaths = ["/proc", "/sys", "/boot", "/lib", "/usr", "/opt/cni", "/var/lib/kubelet", "/var/lib/docker"];

/** True for a mount path under which nothing is kept that a new pod would miss. */
export function isScratchPath(path: string): boolean {
  const parts = path.toLowerCase().split("/");
  return isBelow(path, scratchPaths) || parts.some((part) => ["tmp", "temp", "cache", ".cache"].includes(part));
}

/** True for a path of the node that holds the node's own files. */
export function isSystemPath(path: string): boolean {
  return (
    path === "/" || path === "/var" || isBelow(path, [...systemPaths, "/run", "/var/run", "/dev", "/etc", "/var/log"])
  );
}

function isBelow(path: string, roots: readonly string[]): boolean {
  const normal = path.length > 1 ? path.replace(/\/+$/, "") : path;
  return roots.some((root) => normal === root || normal.startsWith(`${root}/`));
}
