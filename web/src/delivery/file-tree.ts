/** A folder or file of the previewed repository. */
export interface FileNode {
  /** From the root of the repository; unique. */
  readonly path: string;
  readonly name: string;
  /** Undefined for a file. */
  readonly children: readonly FileNode[] | undefined;
  /** Files within, at any depth; 1 for a file. */
  readonly files: number;
}

export interface FileRow {
  readonly node: FileNode;
  readonly depth: number;
  readonly open: boolean;
}

/** Folders first, each in the order of its names. */
export function fileTree(paths: readonly string[]): readonly FileNode[] {
  return nodesOf(
    paths.map((path) => path.split("/")),
    "",
  );
}

function nodesOf(paths: readonly (readonly string[])[], parent: string): readonly FileNode[] {
  const byName = Map.groupBy(paths, ([name = ""]) => name);
  const nodes = [...byName].map(([name, own]): FileNode => {
    const path = parent === "" ? name : `${parent}/${name}`;
    const within = own.filter(({ length }) => length > 1).map((parts) => parts.slice(1));
    if (within.length === 0) return { path, name, children: undefined, files: 1 };
    return { path, name, children: nodesOf(within, path), files: within.length };
  });
  return nodes.toSorted(
    (left, right) =>
      Number(left.children === undefined) - Number(right.children === undefined) || (left.name < right.name ? -1 : 1),
  );
}

/** Paths that hold every word, whatever their case. */
export function filterPaths(paths: readonly string[], words: string): readonly string[] {
  const wanted = words.toLowerCase().split(/\s+/);
  return paths.filter((path) => wanted.every((word) => path.toLowerCase().includes(word)));
}

/** Rows as a person sees them: what is in a closed folder is left out. */
export function fileRows(
  nodes: readonly FileNode[],
  isOpen: (node: FileNode) => boolean,
  depth = 0,
): readonly FileRow[] {
  return nodes.flatMap((node) => {
    const open = node.children !== undefined && isOpen(node);
    return [{ node, depth, open }, ...(open ? fileRows(node.children ?? [], isOpen, depth + 1) : [])];
  });
}

/** What a key does in the tree, by the ARIA tree pattern. */
export type FileStep = { readonly kind: "move" | "toggle" | "open"; readonly node: FileNode };

/** Undefined for keys that the tree leaves alone. */
export function fileKey(key: string, rows: readonly FileRow[], current: FileRow): FileStep | undefined {
  const index = rows.indexOf(current);
  const isFolder = current.node.children !== undefined;
  const move = (row: FileRow | undefined): FileStep | undefined =>
    row === undefined ? undefined : { kind: "move", node: row.node };
  switch (key) {
    case "ArrowDown":
      return move(rows[index + 1]);
    case "ArrowUp":
      return move(rows[index - 1]);
    case "Home":
      return move(rows[0]);
    case "End":
      return move(rows.at(-1));
    case "ArrowRight":
      if (!isFolder) return undefined;
      return current.open ? move(rows[index + 1]) : { kind: "toggle", node: current.node };
    case "ArrowLeft":
      if (current.open) return { kind: "toggle", node: current.node };
      return move(rows.slice(0, index).findLast(({ depth }) => depth === current.depth - 1));
    case "Enter":
    case " ":
      return { kind: isFolder ? "toggle" : "open", node: current.node };
    default:
      return undefined;
  }
}

/** Every folder above a path, outermost first. */
export function foldersAbove(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}
