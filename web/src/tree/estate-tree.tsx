import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { filterTree, placeTree, type TreeNode, tenantTree, visibleRows } from "../graph/tree.ts";
import { Choice } from "../symbols/choice.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./estate-tree.module.css";
import { treeKey } from "./tree-keys.ts";
import { TreeRow } from "./tree-row.tsx";

/** Depth down to which the tree is open before anybody touched it. */
const openDepth = { place: 2, tenant: 1 } as const;

/** Left of the map: the estate by place or by owner. */
export function EstateTree() {
  const { assessment, boxes, view, change, keeps, terms } = useWorkbench();
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const all = useMemo(
    () => (view.tree === "place" ? placeTree(boxes) : tenantTree(assessment)),
    [view.tree, boxes, assessment],
  );
  const nodes = useMemo(() => (terms.length === 0 ? all : filterTree(all, keeps)), [all, terms, keeps]);
  const isOpen = (node: TreeNode, depth: number) => depth < openDepth[view.tree] !== toggled.has(node.id);
  const toggle = (node: TreeNode) => {
    const next = new Set(toggled);
    if (!next.delete(node.id)) next.add(node.id);
    setToggled(next);
  };
  return (
    <div className={classes.tree}>
      <div className={classes.head}>
        <Choice
          label="Order of the tree"
          value={view.tree}
          options={[
            { value: "place", label: "Place" },
            { value: "tenant", label: "Tenant" },
          ]}
          onChange={(tree) => change({ tree }, "replace")}
        />
      </div>
      <Rows rows={visibleRows(nodes, isOpen)} toggle={toggle} />
    </div>
  );
}

interface RowsProps {
  readonly rows: ReturnType<typeof visibleRows>;
  readonly toggle: (node: TreeNode) => void;
}

/** One tab stop; arrows move, left and right fold. */
function Rows({ rows, toggle }: RowsProps) {
  const { view, change } = useWorkbench();
  const list = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string>();
  const selectedRow = rows.find((row) => row.node.selection === view.selection);
  const current = rows.find((row) => row.node.id === active) ?? selectedRow ?? rows[0];
  const onKeyDown = (event: KeyboardEvent) => {
    const step = current === undefined ? undefined : treeKey(event.key, rows, current);
    if (step === undefined) return;
    event.preventDefault();
    if (step.kind === "toggle") toggle(step.node);
    if (step.kind === "select") change({ selection: step.node.selection, why: undefined });
    if (step.kind !== "move") return;
    setActive(step.node.id);
    list.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(step.node.id)}"]`)?.focus();
  };
  if (rows.length === 0) return <p className={classes.none}>No workload meets the filter.</p>;
  return (
    <div ref={list} role="tree" aria-label="Estate" className={classes.rows} onKeyDown={onKeyDown}>
      {rows.map((row) => (
        <TreeRow
          key={row.node.id}
          row={row}
          focusable={row.node.id === current?.node.id}
          onToggle={() => toggle(row.node)}
          onSelect={() => {
            setActive(row.node.id);
            change({ selection: row.node.selection, why: undefined });
          }}
        />
      ))}
    </div>
  );
}
