import type { visibleRows } from "../graph/tree.ts";
import { Icon } from "../symbols/icon.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./estate-tree.module.css";

interface TreeRowProps {
  readonly row: ReturnType<typeof visibleRows>[number];
  readonly focusable: boolean;
  readonly onToggle: () => void;
  readonly onSelect: () => void;
}

/** One line of the tree. Keys are handled by the tree itself. */
export function TreeRow({ row, focusable, onToggle, onSelect }: TreeRowProps) {
  const { view } = useWorkbench();
  const { node, depth, open } = row;
  const isBranch = node.children.length > 0;
  // There is room for the first part; the rest is in the row's name all the same.
  const [short, ...rest] = node.detail.split(" · ");
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles Enter and space for its rows.
    <div
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={node.selection === view.selection}
      {...(isBranch ? { "aria-expanded": open } : {})}
      tabIndex={focusable ? 0 : -1}
      data-node={node.id}
      data-kind={node.kind}
      className={classes.row}
      style={{ paddingLeft: 8 + depth * 14 }}
      onClick={onSelect}
    >
      {isBranch ? (
        <span
          className={classes.caret}
          data-open={open}
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            onToggle();
          }}
        >
          <Icon name="caret" />
        </span>
      ) : (
        <span className={classes.caret} />
      )}
      <span className={classes.label}>{node.label}</span>
      <span className={classes.detail}>
        {short}
        {rest.length === 0 ? null : <span className="visually-hidden"> · {rest.join(" · ")}</span>}
      </span>
    </div>
  );
}
