import classes from "./chart.module.css";
import type { LineLook } from "./chart-look.ts";

/** How a line looks in the drawing. */
export function LineSample({ colour, dash }: LineLook) {
  return (
    <svg className={classes.sample} viewBox="0 0 28 8" aria-hidden="true">
      <path d="M0 4h28" stroke={colour} strokeWidth="2.5" strokeDasharray={dash.join(" ")} fill="none" />
    </svg>
  );
}
