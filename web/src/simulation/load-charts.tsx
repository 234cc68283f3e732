import { useMemo } from "react";
import type { LoadSimulation } from "../../../src/operations/simulation/simulate-load-report.ts";
import { chartPanels } from "./chart-panels.ts";
import classes from "./load-view.module.css";
import { TimeChart } from "./time-chart.tsx";

/** Demand, replicas, nodes, pending replicas and cost over time; what never changes is said in words. */
export function LoadCharts({ report }: { readonly report: LoadSimulation }) {
  const panels = useMemo(() => chartPanels(report), [report]);
  const flat = panels.filter((panel) => panel.flat);
  return (
    <>
      <div className={classes.charts}>
        {panels
          .filter((panel) => !panel.flat)
          .map((panel) => (
            <figure key={panel.key} className={classes.chart} data-chart={panel.key}>
              <figcaption className={classes.chartTitle}>{panel.title}</figcaption>
              <TimeChart panel={panel} />
            </figure>
          ))}
      </div>
      {flat.length === 0 ? null : (
        <ul className={classes.flat}>
          {flat.map(({ key, title, words }) => (
            <li key={key}>
              {title}: {words}.
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
