import type { JourneyAvailability } from "../../../src/availability/availability-report.ts";
import { formatValue } from "../../../src/estate/figures/format-figure.ts";
import { journeyText, objectiveBadge } from "../details/journey-text.ts";
import { wholeMoney } from "../figures/money.ts";
import { Badge } from "../symbols/badge.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./availability-view.module.css";

interface JourneyRowsProps {
  /** Worst first. */
  readonly journeys: readonly JourneyAvailability[];
  readonly chosen: JourneyAvailability;
  readonly onChoose: (journey: string) => void;
}

/** Each journey with its three numbers: available, down a month, and what that costs or how often it is. */
export function JourneyRows({ journeys, chosen, onChoose }: JourneyRowsProps) {
  return (
    <ul className={classes.journeys} aria-label="Journeys, worst first">
      {journeys.map((journey) => (
        <li key={journey.journey}>
          <button
            type="button"
            className={classes.journey}
            aria-pressed={journey === chosen}
            onClick={() => onChoose(journey.journey)}
          >
            <JourneyRow journey={journey} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function JourneyRow({ journey }: { readonly journey: JourneyAvailability }) {
  const badge = objectiveBadge(journey);
  const text = journeyText(journey);
  return (
    <>
      <span className={classes.journeyName}>
        {journey.label.replace(`${journey.environment}/`, "")}
        {badge === undefined ? null : <Badge badge={badge} />}
      </span>
      <span className={classes.journeyNumber}>{text?.percent ?? "not evaluable"}</span>
      <span className={classes.journeyNumber}>{text?.downtime.replace("/month", " a month") ?? ""}</span>
      <LastNumber journey={journey} />
    </>
  );
}

/** Money where it is declared, else how often. */
function LastNumber({ journey }: { readonly journey: JourneyAvailability }) {
  const { assessment } = useWorkbench();
  const { downtimeCostMonthly: cost, outagesPerYear } = journey;
  if (cost !== undefined) {
    return <span className={classes.journeyNumber}>{wholeMoney(cost, assessment.cost.currency)} a month</span>;
  }
  return (
    <span className={classes.journeyNumber}>
      {outagesPerYear === undefined ? "" : `${formatValue(outagesPerYear, "")} outages a year`}
    </span>
  );
}
