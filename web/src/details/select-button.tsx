import type { ReactNode } from "react";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./details.module.css";

/** Words that select something when clicked. */
export function SelectButton({ selection, children }: { readonly selection: string; readonly children: ReactNode }) {
  const { change } = useWorkbench();
  return (
    <button type="button" className={classes.link} onClick={() => change({ selection, why: undefined })}>
      {children}
    </button>
  );
}
