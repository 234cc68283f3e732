import type { JourneyAvailability } from "../../../src/availability/availability-report.ts";
import { Badge } from "../symbols/badge.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./journey-list.module.css";
import { journeyText, objectiveBadge } from "./journey-text.ts";

/** Journeys with downtime and objective, in the given order; a click shows one on the map. */
export function JourneyList({ journeys }: { readonly journeys: readonly JourneyAvailability[] }) {
  if (journeys.length === 0) return <p className={classes.none}>None.</p>;
  return (
    <ul className={classes.journeys}>
      {journeys.map((journey) => (
        <li key={journey.journey}>
          <JourneyRow journey={journey} />
        </li>
      ))}
    </ul>
  );
}

function JourneyRow({ journey }: { readonly journey: JourneyAvailability }) {
  const { change, view } = useWorkbench();
  const text = journeyText(journey);
  const badge = objectiveBadge(journey);
  const selection = `journey/${journey.journey}`;
  return (
    <button
      type="button"
      className={classes.journey}
      aria-current={view.selection === selection}
      onClick={() => change({ selection, why: undefined })}
    >
      <span className={classes.name}>{journey.label}</span>
      <span className={classes.downtime}>{text === undefined ? "not evaluable" : text.downtime}</span>
      <span className={classes.environment}>{journey.environment}</span>
      <span className={classes.badge}>{badge === undefined ? text?.percent : <Badge badge={badge} />}</span>
    </button>
  );
}
