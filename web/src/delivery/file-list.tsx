import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { Icon } from "../symbols/icon.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import type { PreviewedFile } from "./delivery-request.ts";
import classes from "./delivery-view.module.css";
import { type FileNode, type FileRow, fileKey, fileRows, fileTree, filterPaths, foldersAbove } from "./file-tree.ts";

/** Rows that are drawn; beyond them the filter has to help. */
const mostRows = 500;

interface FileListProps {
  readonly files: readonly PreviewedFile[];
  /** Path of the file whose text is shown. */
  readonly shown: string | undefined;
}

/** The files as a tree of folders, filtered by words of their paths. */
export function FileList({ files, shown }: FileListProps) {
  const { view, change } = useWorkbench();
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const words = view.fileFilter.trim();
  const kept = useMemo(
    () =>
      filterPaths(
        files.map(({ path }) => path),
        words,
      ),
    [files, words],
  );
  const nodes = useMemo(() => fileTree(kept), [kept]);
  // What is looked for stands open, and so does what is shown; a click turns either round.
  const openFolders = useMemo(() => new Set(shown === undefined ? [] : foldersAbove(shown)), [shown]);
  const isOpen = ({ path }: FileNode) => (words !== "" || openFolders.has(path)) !== toggled.has(path);
  const rows = fileRows(nodes, isOpen);
  const toggle = ({ path }: FileNode) => {
    const next = new Set(toggled);
    if (!next.delete(path)) next.add(path);
    setToggled(next);
  };
  return (
    <div className={classes.tree}>
      <div className={classes.treeHead}>
        <input
          className={classes.input}
          type="search"
          aria-label="Filter files"
          placeholder="Filter files: prod orders"
          autoComplete="off"
          spellCheck={false}
          value={view.fileFilter}
          onChange={({ currentTarget: { value } }) => {
            setToggled(new Set());
            change({ fileFilter: value }, "replace");
          }}
        />
        <span className={classes.soft} role="status">
          {kept.length} of {files.length}
        </span>
      </div>
      <Rows rows={rows.slice(0, mostRows)} shown={shown} toggle={toggle} />
      {rows.length > mostRows ? (
        <p className={classes.soft}>{rows.length - mostRows} more: filter, or close folders.</p>
      ) : null}
    </div>
  );
}

interface RowsProps {
  readonly rows: readonly FileRow[];
  readonly shown: string | undefined;
  readonly toggle: (node: FileNode) => void;
}

/** One tab stop; arrows move, left and right fold, Enter shows. */
function Rows({ rows, shown, toggle }: RowsProps) {
  const { change } = useWorkbench();
  const list = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string>();
  const current =
    rows.find(({ node }) => node.path === active) ?? rows.find(({ node }) => node.path === shown) ?? rows[0];
  const act = (node: FileNode) => {
    setActive(node.path);
    if (node.children === undefined) change({ file: node.path });
    else toggle(node);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = current === undefined ? undefined : fileKey(event.key, rows, current);
    if (step === undefined) return;
    event.preventDefault();
    if (step.kind === "toggle") toggle(step.node);
    if (step.kind === "open") act(step.node);
    if (step.kind !== "move") return;
    setActive(step.node.path);
    list.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(step.node.path)}"]`)?.focus();
  };
  if (rows.length === 0) return null;
  return (
    <div ref={list} role="tree" aria-label="Files of the repository" className={classes.rows} onKeyDown={onKeyDown}>
      {rows.map(({ node, depth, open }) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles Enter and space for its rows.
        <div
          key={node.path}
          role="treeitem"
          aria-level={depth + 1}
          aria-selected={node.path === shown}
          {...(node.children === undefined ? {} : { "aria-expanded": open })}
          tabIndex={node === current?.node ? 0 : -1}
          data-path={node.path}
          className={classes.row}
          style={{ paddingLeft: 8 + depth * 14 }}
          onClick={() => act(node)}
        >
          <span className={classes.caret} data-open={open} aria-hidden="true">
            {node.children === undefined ? null : <Icon name="caret" />}
          </span>
          <span className={classes.fileName}>{node.name}</span>
          {node.children === undefined ? null : <span className={classes.soft}>{node.files}</span>}
        </div>
      ))}
    </div>
  );
}
