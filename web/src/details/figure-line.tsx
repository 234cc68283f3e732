import type { Figure } from "../../../src/estate/figures/figure.ts";
import { figureText } from "../figures/figure-text.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./details.module.css";

/** A number that unfolds on a click. `text` replaces the figure's own words where the panel has better ones. */
export function FigureLine({
  figure,
  label,
  text,
}: {
  readonly figure: Figure;
  readonly label: string;
  readonly text?: string;
}) {
  const { change } = useWorkbench();
  const { value, certainty } = figureText(figure);
  return (
    <button type="button" className={classes.figure} onClick={() => change({ why: figure.id })}>
      <span className={classes.figureLabel}>{label}</span>
      <span className={classes.figureValue}>{text ?? value}</span>
      {certainty === "" || (text !== undefined && figure.result.kind !== "notEvaluable") ? null : (
        <span className={classes.figureCertainty}>{certainty}</span>
      )}
      <span className={classes.why} aria-hidden="true">
        why
      </span>
    </button>
  );
}
