import { type ReactNode, useId } from "react";
import { Choice } from "../symbols/choice.tsx";
import { billPeriods } from "../view-state/view-state.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./bill-view.module.css";

/** What is chosen in a part of the bill. */
export function Controls({ children }: { readonly children: ReactNode }) {
  return <div className={classes.controls}>{children}</div>;
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The options. */
  readonly children: ReactNode;
}

/** One of many. */
export function Select({ label, value, onChange, children }: SelectProps) {
  const id = useId();
  return (
    <span className={classes.control}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {children}
      </select>
    </span>
  );
}

/** The span that the bill is said for. */
export function PeriodChoice() {
  const { view, change } = useWorkbench();
  return (
    <Choice
      label="Period"
      value={view.period}
      options={billPeriods.map((period) => ({
        value: period,
        label: period.slice(0, 1).toUpperCase() + period.slice(1),
      }))}
      onChange={(period) => change({ period, why: undefined })}
    />
  );
}
