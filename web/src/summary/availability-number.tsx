import { worstJourney } from "../../../src/operations/assessment/headline.ts";
import { journeyText, objectiveBadge } from "../details/journey-text.ts";
import { figureText } from "../figures/figure-text.ts";
import { journeysWorstFirst } from "../graph/worst-first.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import { BigNumber } from "./big-number.tsx";

/** The journey of production that is down longest: percentage, minutes a month, objective. */
export function AvailabilityNumber() {
  const { assessment, change } = useWorkbench();
  const evaluable = worstJourney(assessment.availability.journeys, assessment.estate.environments);
  const journey = evaluable ?? journeysWorstFirst(assessment)[0];
  if (journey === undefined) {
    return (
      <BigNumber
        label="Worst journey"
        value="none"
        note="No way in was found: no Ingress, route or LoadBalancer."
        hint="Show the list of journeys"
        onClick={() => change({ view: "list", table: "availability" })}
      />
    );
  }
  const text = journeyText(journey);
  return (
    <BigNumber
      label="Worst journey"
      value={text?.percent ?? "not evaluable"}
      {...(text === undefined ? {} : { unit: text.downtime })}
      badge={objectiveBadge(journey)}
      note={text === undefined ? `${journey.label}: ${figureText(journey.unavailability).certainty}` : journey.label}
      hint="Unfold this journey"
      onClick={() => change({ selection: `journey/${journey.journey}`, why: journey.unavailability.id })}
    />
  );
}
