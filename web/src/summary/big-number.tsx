import type { ReactNode } from "react";
import type { Badge as BadgeContent } from "../lenses/look.ts";
import { Badge } from "../symbols/badge.tsx";
import classes from "./summary.module.css";

interface BigNumberProps {
  readonly label: string;
  readonly value: string;
  readonly unit?: string;
  /** State of the number, beside its label. */
  readonly badge?: BadgeContent | undefined;
  readonly note: ReactNode;
  readonly onClick: () => void;
  /** What a click does, for the tooltip. */
  readonly hint: string;
}

/** One of the three numbers that the page is about; a click unfolds it. */
export function BigNumber({ label, value, unit, badge, note, onClick, hint }: BigNumberProps) {
  return (
    <button type="button" className={classes.number} onClick={onClick} title={hint}>
      <span className={classes.labelRow}>
        <span className={classes.label}>{label}</span>
        {badge === undefined ? null : <Badge badge={badge} />}
      </span>
      <span className={classes.value}>
        {value}
        {unit === undefined ? null : <span className={classes.unit}> {unit}</span>}
      </span>
      <span className={classes.note}>{note}</span>
    </button>
  );
}
