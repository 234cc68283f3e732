import type { EventImportance, JourneyAvailability } from "../../../src/availability/availability-report.ts";
import { formatMinutes, formatValue } from "../../../src/estate/figures/format-figure.ts";
import { exactMoney } from "../figures/money.ts";
import { PlaceLink } from "../places/place-link.tsx";
import { Badge } from "../symbols/badge.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./details.module.css";
import { FigureLine } from "./figure-line.tsx";
import { journeyText, objectiveBadge } from "./journey-text.ts";
import { Meter } from "./meter.tsx";
import { Section } from "./section.tsx";

/** A journey: how available it is, what takes it down, what matters most. */
export function JourneyDetails({ journey }: { readonly journey: JourneyAvailability }) {
  const { assessment } = useWorkbench();
  const text = journeyText(journey);
  const badge = objectiveBadge(journey);
  return (
    <div className={classes.panel}>
      <p className={classes.kind}>Journey in {journey.environment}</p>
      <h2 className={classes.title}>{journey.label}</h2>
      {badge === undefined ? null : <Badge badge={badge} />}
      <Section title="Availability">
        <FigureLine
          figure={journey.unavailability}
          label="Available"
          {...(text === undefined ? {} : { text: text.percent })}
        />
        <FigureLine
          figure={journey.downtimeMinutesPerMonth}
          label="Down"
          {...(text === undefined ? {} : { text: text.downtime })}
        />
        {journey.atLeast === undefined ? null : <FigureLine figure={journey.atLeast} label="Down at least" />}
        <Outages journey={journey} />
        {journey.downtimeCostMonthly === undefined ? null : (
          <p className={classes.soft}>
            That downtime costs {exactMoney(journey.downtimeCostMonthly, assessment.cost.currency)} a month.
          </p>
        )}
      </Section>
      <SinglePoints journey={journey} />
      {journey.importance.length === 0 ? null : <Importance events={journey.importance} />}
    </div>
  );
}

/** How often and how long, and what crowded replicas would add. */
function Outages({ journey }: { readonly journey: JourneyAvailability }) {
  const { outagesPerYear, meanOutageMinutes, worstCase } = journey;
  return (
    <>
      {outagesPerYear === undefined || meanOutageMinutes === undefined ? null : (
        <p className={classes.soft}>
          About {formatValue(outagesPerYear, "")} outages a year, {formatMinutes(meanOutageMinutes)} each on average.
        </p>
      )}
      {worstCase === undefined ? null : <p className={classes.soft}>{sentence(worstCase.words)}</p>}
    </>
  );
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${words.endsWith(".") ? "" : "."}`;
}

function SinglePoints({ journey }: { readonly journey: JourneyAvailability }) {
  const [pairs = "0", triples = "0"] = journey.cutSetCounts.slice(1);
  return (
    <Section title="Takes it down alone">
      {journey.singlePointsOfFailure.length === 0 ? (
        <p className={classes.soft}>Nothing alone.</p>
      ) : (
        <ul className={classes.list}>
          {journey.singlePointsOfFailure.map((cut) => (
            <li key={cut.events.join()} className={classes.item}>
              {sentence(cut.words)}
            </li>
          ))}
        </ul>
      )}
      <p className={classes.soft}>
        {pairs} pairs and {triples} triples of events together.
      </p>
    </Section>
  );
}

function Importance({ events }: { readonly events: readonly EventImportance[] }) {
  return (
    <Section title="Share of the downtime that goes if it never happens">
      <ul className={classes.list}>
        {events.slice(0, 8).map((event) => (
          <li key={event.event} className={classes.item}>
            <span>{event.label}</span>
            <Meter label={event.category} share={event.share} />
            {event.place === undefined ? null : <PlaceLink place={event.place} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}
