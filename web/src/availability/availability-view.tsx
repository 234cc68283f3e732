import type { JourneyAvailability } from "../../../src/availability/availability-report.ts";
import { journeysWorstFirst } from "../graph/worst-first.ts";
import { Choice } from "../symbols/choice.tsx";
import { availabilityParts } from "../view-state/view-state.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./availability-view.module.css";
import { CausesPart } from "./causes-part.tsx";
import { ChangesPart } from "./changes-part.tsx";
import { JourneyHead } from "./journey-head.tsx";
import { JourneyRows } from "./journey-rows.tsx";
import { RecoveryPart } from "./recovery-part.tsx";
import { YearsPart } from "./years-part.tsx";

const partLooks = {
  causes: { label: "Causes", hint: "What it leans on, and what takes it down" },
  recovery: {
    label: "Recovery",
    hint: "Time out of service and data lost; upgrades; whether clusters mend themselves",
  },
  changes: { label: "What helps", hint: "Changes ranked by what one unit of money buys" },
  years: { label: "Years", hint: "Good and bad years, simulated" },
} as const;

/** Journeys worst first; for one of them what takes it down, how it comes back and what would help. */
export function AvailabilityView() {
  const { assessment, view, change, keeps, terms } = useWorkbench();
  const journeys = journeysWorstFirst(assessment).filter(
    ({ workloads }) => terms.length === 0 || workloads.some(keeps),
  );
  const chosen = journeys.find(({ journey }) => journey === view.journey) ?? journeys[0];
  if (chosen === undefined) return <NoJourney filtered={assessment.availability.journeys.length > 0} />;
  const environments = [...new Set(journeys.map(({ environment }) => environment))];
  const inEnvironment = journeys.filter(({ environment }) => environment === chosen.environment);
  const choose = (journey: string | undefined) => change({ journey, cut: undefined, why: undefined });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the view scrolls, which needs the keyboard.
    <section className={classes.view} aria-label="Availability" tabIndex={0}>
      {environments.length < 2 ? null : (
        <div className={classes.bar}>
          <Choice
            label="Environment"
            value={chosen.environment}
            options={environments.map((name) => ({ value: name, label: name }))}
            onChange={(name) => choose(journeys.find(({ environment }) => environment === name)?.journey)}
          />
        </div>
      )}
      <JourneyRows journeys={inEnvironment} chosen={chosen} onChoose={choose} />
      <JourneyHead journey={chosen} />
      <div className={classes.bar}>
        <Choice
          label="Part"
          value={view.availability}
          options={availabilityParts.map((part) => ({ value: part, ...partLooks[part] }))}
          onChange={(availability) => change({ availability, why: undefined })}
        />
      </div>
      <Part journey={chosen} />
    </section>
  );
}

function Part({ journey }: { readonly journey: JourneyAvailability }) {
  const { view } = useWorkbench();
  switch (view.availability) {
    case "causes":
      return <CausesPart journey={journey} />;
    case "recovery":
      return <RecoveryPart journey={journey} />;
    case "changes":
      return <ChangesPart environment={journey.environment} />;
    case "years":
      return <YearsPart journey={journey} />;
  }
}

function NoJourney({ filtered }: { readonly filtered: boolean }) {
  return (
    <section className={classes.missing} aria-label="Availability">
      <h3>{filtered ? "No journey meets the filter" : "No journey"}</h3>
      <p>
        {filtered
          ? "Take the filter away to see all journeys."
          : "A journey begins at a way in: an Ingress, a route, a LoadBalancer, or what an Application declares under journeys. There is none here."}
      </p>
    </section>
  );
}
