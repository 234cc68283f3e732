import type { EChartsCoreOption } from "echarts/core";
import { lazy, Suspense } from "react";
import classes from "./chart.module.css";
import type { LineLook } from "./chart-look.ts";
import { LineSample } from "./line-sample.tsx";

/** The drawing library is large, and comes when there is something to draw. */
const Chart = lazy(async () => {
  const { Chart: chart } = await import("./chart.tsx");
  return { default: chart };
});

interface ChartFigureProps {
  readonly title: string;
  readonly option: EChartsCoreOption;
  /** What it shows, in words; the numbers stand in a table beside it. */
  readonly words: string;
  /** What runs to the right. */
  readonly axis: string;
  /** What the lines are; marks that are no lines have no look. */
  readonly lines: readonly { readonly name: string; readonly look: LineLook }[];
  /** Called with the name of a mark that is clicked; the same must be offered beside the drawing. */
  readonly onPick?: ((name: string) => void) | undefined;
}

/** A drawing with its title and the key of its lines. */
export function ChartFigure({ title, option, words, axis, lines, onPick }: ChartFigureProps) {
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.title}>{title}</figcaption>
      <ul className={classes.key} aria-label={`Lines of ${title}`}>
        {lines.map(({ name, look }) => (
          <li key={name}>
            <LineSample {...look} />
            {name}
          </li>
        ))}
      </ul>
      <Suspense fallback={<div className={classes.room} />}>
        <Chart
          option={option}
          label={`${title}: ${words}`}
          size="large"
          {...(onPick === undefined ? {} : { onPick })}
        />
      </Suspense>
      <p className={classes.axis} aria-hidden="true">
        {axis}
      </p>
    </figure>
  );
}
