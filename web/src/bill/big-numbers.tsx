import type { ReactNode } from "react";
import classes from "./bill-view.module.css";

/** The two or three numbers that a part of the bill comes to. */
export function BigNumbers({ children }: { readonly children: ReactNode }) {
  return <dl className={classes.numbers}>{children}</dl>;
}

interface BigNumberProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: string;
}

export function BigNumber({ label, value, note }: BigNumberProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
      {note === undefined ? null : <dd className={classes.note}>{note}</dd>}
    </div>
  );
}
