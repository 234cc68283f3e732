import { Fragment } from "react";
import { plural } from "../graph/plural.ts";
import { Badge } from "../symbols/badge.tsx";
import { useWorkbench, type Workbench } from "../workbench/workbench.ts";
import type { BoardCell, BoardColumn, BoardRow, DeliveryBoard } from "./delivery-request.ts";
import classes from "./delivery-view.module.css";
import { approvalBadge, formLabel, stageTone, strategyBadge } from "./delivery-words.ts";
import { Differences } from "./differences.tsx";
import { Notes } from "./notes.tsx";
import { useBoard } from "./use-delivery.ts";

/** Applications by row, places in order of promotion by column. */
export function BoardPart() {
  const { texts } = useWorkbench();
  const board = useBoard(texts);
  switch (board.kind) {
    case "loading":
      return (
        <p className={classes.words} role="status">
          Placing every object, and comparing each place with the one before
        </p>
      );
    case "failed":
      return (
        <p className={classes.words} role="alert">
          {board.problem.sentence} {board.problem.hint}
        </p>
      );
    case "ready":
      return <Board board={board.report} />;
  }
}

function Board({ board }: { readonly board: DeliveryBoard }) {
  const workbench = useWorkbench();
  const rows = board.rows.filter((row) => isKept(row, workbench));
  if (board.rows.length === 0) {
    return <p className={classes.words}>Nothing is delivered: no application has manifests that land on a cluster.</p>;
  }
  return (
    <>
      <p className={classes.words}>
        {formLabel(board.form)}: {plural(board.columns.length, "place")} in order of promotion. A number says in how
        many fields and objects a place differs from the stage before; press it to see them.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, which needs the keyboard. */}
      <section className={classes.scroll} aria-label="Promotion board" tabIndex={0}>
        <table className={classes.board}>
          <thead>
            <tr>
              <th scope="col">Unit</th>
              {board.columns.map((column) => (
                <ColumnHead key={`${column.environment}/${column.cluster}`} column={column} />
              ))}
            </tr>
          </thead>
          <Group title="Applications" tree="apps" rows={rows} board={board} />
          <Group title="Platform, delivered before them" tree="platform" rows={rows} board={board} />
        </table>
      </section>
      {rows.length === 0 ? <p className={classes.words}>No application meets the filter.</p> : null}
      <Notes title="notes on what is delivered" diagnostics={board.diagnostics} />
    </>
  );
}

/** By the workloads of the application, or of the tenant that the platform serves. */
function isKept(row: BoardRow, { assessment, terms, keeps }: Workbench): boolean {
  if (terms.length === 0) return true;
  return assessment.estate.workloads.some(
    ({ id, application, tenant }) =>
      (row.tree === "apps" ? application === row.name : tenant === row.tenant) && keeps(id),
  );
}

function ColumnHead({ column }: { readonly column: BoardColumn }) {
  const { environment, ring, cluster, region, stage, leaves, objects } = column;
  return (
    <th scope="col" className={`${classes.stage} tone-${stageTone(stage)}`}>
      <span className={classes.stageName}>
        {environment}
        {ring === undefined ? null : <span className={classes.soft}> · ring {ring}</span>}
      </span>
      <span className={classes.place}>
        {cluster}, {region}
      </span>
      <span className={classes.place}>
        {plural(leaves, "unit")}, {plural(objects, "object")}
      </span>
      <Badge badge={approvalBadge(column)} />
    </th>
  );
}

interface GroupProps {
  readonly title: string;
  readonly tree: BoardRow["tree"];
  readonly rows: readonly BoardRow[];
  readonly board: DeliveryBoard;
}

function Group({ title, tree, rows, board }: GroupProps) {
  const { view } = useWorkbench();
  const own = rows.filter((row) => row.tree === tree);
  if (own.length === 0) return null;
  return (
    <tbody>
      <tr className={classes.group}>
        <th scope="rowgroup" colSpan={board.columns.length + 1}>
          {title}
        </th>
      </tr>
      {own.map((row) => {
        const open = board.columns.findIndex((column) => view.lands === landsAt(row, column));
        const column = board.columns[open];
        return (
          <Fragment key={row.unit}>
            <tr>
              <th scope="row">
                {row.name}
                <span className={classes.place}>{row.tenant}</span>
              </th>
              {board.columns.map((each, index) => (
                <Cell key={`${each.environment}/${each.cluster}`} row={row} column={each} cell={row.cells[index]} />
              ))}
            </tr>
            {column === undefined || row.cells[open] === undefined ? null : (
              <tr className={classes.unfolded}>
                <td colSpan={board.columns.length + 1}>
                  <Differences row={row} column={column} />
                </td>
              </tr>
            )}
          </Fragment>
        );
      })}
    </tbody>
  );
}

interface CellProps {
  readonly row: BoardRow;
  readonly column: BoardColumn;
  readonly cell: BoardCell | undefined;
}

function Cell({ row, column, cell }: CellProps) {
  const { view, change } = useWorkbench();
  if (cell === undefined) return <td className={classes.absent}>does not land</td>;
  const lands = landsAt(row, column);
  const isOpen = view.lands === lands;
  const said = cell.from === undefined ? "lands first" : differencesText(cell.differences);
  return (
    <td data-open={isOpen}>
      <button
        type="button"
        className={classes.cell}
        aria-expanded={isOpen}
        title={cell.folder}
        data-differs={cell.differences > 0}
        onClick={() => change({ lands: isOpen ? undefined : lands })}
      >
        {said}
        <span className="visually-hidden">
          {" "}
          for {row.name} in {column.environment} on {column.cluster},{" "}
        </span>
        <span className={classes.soft}> · {plural(cell.objects, "object")}</span>
      </button>
      {cell.strategy === undefined ? null : <Badge badge={strategyBadge(cell.strategy)} />}
    </td>
  );
}

function differencesText(count: number): string {
  return count === 0 ? "the same" : plural(count, "difference");
}

/** As the address names an unfolded cell. */
function landsAt({ unit }: BoardRow, { environment, cluster }: BoardColumn): string {
  return `${unit}@${environment}/${cluster}`;
}
