import { plural } from "../graph/plural.ts";
import { journeysWorstFirst } from "../graph/worst-first.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import { BillBar } from "./bill-bar.tsx";
import classes from "./details.module.css";
import { JourneyList } from "./journey-list.tsx";
import { Section } from "./section.tsx";

/** What the panel shows while nothing is selected: the bill by part, journeys worst first. */
export function Overview() {
  const { assessment, change } = useWorkbench();
  const journeys = journeysWorstFirst(assessment);
  const { unpriced } = assessment.cost;
  return (
    <div className={classes.panel}>
      <p className={classes.kind}>The whole estate</p>
      <h2 className={classes.title}>{assessment.estate.name}</h2>
      <p className={classes.soft}>
        {plural(assessment.estate.workloads.length, "workload")} of {plural(assessment.estate.tenants.length, "tenant")}{" "}
        on {plural(assessment.structure.clusters.length, "cluster")}
      </p>
      <Section title="The bill by part">
        <BillBar />
        {unpriced.length === 0 ? null : (
          <p className={classes.soft}>
            <button type="button" className={classes.link} onClick={() => change({ view: "list", table: "bill" })}>
              {unpriced.length} without a price
            </button>
            , so the total is partial.
          </p>
        )}
      </Section>
      <Section title="Journeys, worst first">
        <JourneyList journeys={journeys.slice(0, 12)} />
        {journeys.length > 12 ? (
          <button
            type="button"
            className={classes.link}
            onClick={() => change({ view: "list", table: "availability" })}
          >
            All {journeys.length} journeys
          </button>
        ) : null}
      </Section>
    </div>
  );
}
