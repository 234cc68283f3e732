import { type Figure, likelyValue } from "../../../src/estate/figures/figure.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./bill-view.module.css";

interface FigureButtonProps {
  readonly figure: Figure;
  readonly format: (value: number) => string;
}

/** A number that shows on a click what it stands on. */
export function FigureButton({ figure, format }: FigureButtonProps) {
  const { change } = useWorkbench();
  const value = likelyValue(figure);
  return (
    <button type="button" className={classes.figure} title={figure.label} onClick={() => change({ why: figure.id })}>
      {value === undefined ? "not evaluable" : format(value)}
    </button>
  );
}
