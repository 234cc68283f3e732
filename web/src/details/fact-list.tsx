import type { ReactNode } from "react";
import classes from "./details.module.css";

export interface FactRow {
  readonly name: string;
  readonly value: ReactNode;
}

/** Names and values, one a line. */
export function FactList({ rows }: { readonly rows: readonly FactRow[] }) {
  return (
    <dl className={classes.facts}>
      {rows.map((row) => (
        <div key={row.name} className={classes.fact}>
          <dt>{row.name}</dt>
          <dd>{row.value}</dd>
        </div>
      ))}
    </dl>
  );
}
