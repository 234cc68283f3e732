import { useState } from "react";
import { useWorkbench } from "../workbench/workbench.ts";
import { type Column, type Sorting, sortRows } from "./column.ts";
import classes from "./data-table.module.css";

interface DataTableProps<Row> {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly empty: string;
  readonly onSelect?: (row: Row) => void;
  readonly isSelected?: (row: Row) => boolean;
}

/** Rows drawn at once; more come on a click, so that large estates stay quick. */
const portion = { wide: 200, narrow: 25 } as const;

/** A sortable table; a click on a row selects. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, rows, columns, empty } = props;
  const { narrow } = useWorkbench();
  const step = narrow ? portion.narrow : portion.wide;
  const [sorting, setSorting] = useState<Sorting>();
  const [limit, setLimit] = useState<number>(step);
  const sorted = sortRows(rows, columns, sorting);
  if (rows.length === 0) return <p className={classes.empty}>{empty}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls, which needs the keyboard.
    <section className={classes.scroll} aria-label={caption} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} sorting={sorting} onSort={setSorting} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, limit).map((row) => (
            <BodyRow key={props.rowKey(row)} row={row} {...props} />
          ))}
        </tbody>
      </table>
      {sorted.length > limit ? (
        <button type="button" className={classes.more} onClick={() => setLimit(limit + step)}>
          Show {Math.min(step, sorted.length - limit)} more of {sorted.length}
        </button>
      ) : null}
    </section>
  );
}

interface HeaderCellProps<Row> {
  readonly column: Column<Row>;
  readonly sorting: Sorting | undefined;
  readonly onSort: (sorting: Sorting) => void;
}

function HeaderCell<Row>({ column, sorting, onSort }: HeaderCellProps<Row>) {
  const active = sorting?.key === column.key ? sorting : undefined;
  const sorted = active === undefined ? "none" : active.descending ? "descending" : "ascending";
  const descending = active === undefined ? column.numeric === true : !active.descending;
  return (
    <th
      scope="col"
      {...(column.sortBy === undefined ? {} : { "aria-sort": sorted })}
      data-numeric={column.numeric === true}
      data-wide={column.wideOnly === true}
      data-grow={column.grow === true}
    >
      {column.sortBy === undefined ? (
        column.title
      ) : (
        <button type="button" className={classes.sort} onClick={() => onSort({ key: column.key, descending })}>
          {column.title}
          <svg className={classes.arrow} data-sorted={sorted} viewBox="0 0 8 8" aria-hidden="true">
            <path d="M4 1v6M1.5 4.5 4 7l2.5-2.5" />
          </svg>
        </button>
      )}
    </th>
  );
}

function BodyRow<Row>({ row, columns, onSelect, isSelected }: DataTableProps<Row> & { readonly row: Row }) {
  const [first, ...others] = columns;
  if (first === undefined) return null;
  const content = first.cell(row);
  return (
    <tr
      data-selected={isSelected?.(row) === true}
      data-clickable={onSelect !== undefined}
      onClick={() => onSelect?.(row)}
    >
      <td data-first="true">
        {onSelect === undefined ? (
          content
        ) : (
          <button type="button" className={classes.select}>
            {content}
          </button>
        )}
      </td>
      {others.map((column) => (
        <td key={column.key} data-numeric={column.numeric === true} data-wide={column.wideOnly === true}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}
