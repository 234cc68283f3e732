import type { TreeNode, visibleRows } from "../graph/tree.ts";

type Row = ReturnType<typeof visibleRows>[number];

/** What a key does in the tree, by the ARIA tree pattern. */
export type TreeStep = { readonly kind: "move" | "toggle" | "select"; readonly node: TreeNode };

/** The step for a key on the current row; undefined for keys that the tree leaves alone. */
export function treeKey(key: string, rows: readonly Row[], current: Row): TreeStep | undefined {
  const index = rows.indexOf(current);
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
      if (current.node.children.length === 0) return undefined;
      return current.open ? move(rows[index + 1]) : { kind: "toggle", node: current.node };
    case "ArrowLeft":
      if (current.open) return { kind: "toggle", node: current.node };
      return move(rows.slice(0, index).findLast((row) => row.depth === current.depth - 1));
    case "Enter":
    case " ":
      return { kind: "select", node: current.node };
    default:
      return undefined;
  }
}

function move(row: Row | undefined): TreeStep | undefined {
  return row === undefined ? undefined : { kind: "move", node: row.node };
}
