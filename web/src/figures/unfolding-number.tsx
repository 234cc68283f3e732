import { type Figure, likelyValue } from "../../../src/estate/figures/figure.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./unfolding-number.module.css";

interface UnfoldingNumberProps {
  readonly figure: Figure;
  readonly format: (value: number) => string;
}

/** A number that shows on a click what it stands on. */
export function UnfoldingNumber({ figure, format }: UnfoldingNumberProps) {
  const { change } = useWorkbench();
  const value = likelyValue(figure);
  return (
    <button type="button" className={classes.number} title={figure.label} onClick={() => change({ why: figure.id })}>
      {value === undefined ? "not evaluable" : format(value)}
    </button>
  );
}
