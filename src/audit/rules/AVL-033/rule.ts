import type { JourneyAvailability } from "../../../availability/availability-report.ts";
import type { EventImportance } from "../../../availability/event-report.ts";
import { exactFigure, likelyValue } from "../../../estate/figures/figure.ts";
import { formatAvailability, formatMinutes } from "../../../estate/figures/format-figure.ts";
import type { Journey } from "../../../estate/model/application.ts";
import { minutesPerYear } from "../../journeys/average-year.ts";
import { journeyOutcome, journeyPasses, solvedJourneys, withoutPools } from "../../journeys/journey-outcome.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";

/** AVL-033: nobody leans on what promises less than he does. */
export const dependenciesHold: Rule = {
  id: "AVL-033",
  name: "dependencies-hold",
  title: "Nothing that a journey cannot do without takes more than its share of the downtime that is allowed.",
  severity: { high: "medium", medium: "low", low: undefined },
  inputs: ["objectives", "manifests"],
  judges: "objects",
  parameters: [
    {
      name: "mostSharePercent",
      description:
        "Largest share of a journey's allowed downtime that one dependency may take, in percent; 10 asks for a nine more.",
      default: 100,
      strict: 10,
    },
  ],
  *evaluate(context) {
    const hasObjective = ({ objectiveUnavailability }: Journey) => objectiveUnavailability !== undefined;
    for (const { journey, report } of solvedJourneys(context, hasObjective)) yield* judge(context, journey, report);
  },
};

/** Events that are things of others, with an availability that somebody states. */
const ofOthers = new Set(["service", "dataStore", "external", "registry"]);

function* judge(
  context: AuditContext,
  journey: Journey,
  report: JourneyAvailability | undefined,
): Iterable<RuleOutcome> {
  const { estate, parameters } = context;
  const allowed = journey.objectiveUnavailability;
  if (report === undefined || allowed === undefined) {
    yield withoutPools(estate, journey);
    return;
  }
  const most = (allowed * Number(parameters["mostSharePercent"])) / 100;
  // What the journey can do without for a while has a small dP/dq.
  const weak = report.importance.filter(
    ({ category, unavailability, birnbaum }) => ofOthers.has(category) && birnbaum * unavailability > most,
  );
  const outcomes = weak.map((event) => weakDependency(context, journey, report, event, allowed));
  yield* outcomes.length === 0 ? [journeyPasses(estate, journey)] : outcomes;
}

function weakDependency(
  { estate }: AuditContext,
  journey: Journey,
  report: JourneyAvailability,
  { event, label, unavailability, birnbaum, place }: EventImportance,
  allowed: number,
): RuleOutcome {
  const minutes = unavailability * birnbaum * minutesPerYear;
  const outcome = journeyOutcome(estate, journey, {
    verdict: "fail",
    path: event,
    message: `Journey ${journey.id} promises ${journey.objective ?? formatAvailability(allowed)} and cannot do without ${label}, available ${formatAvailability(unavailability)}: it alone takes ${formatMinutes(minutes)} of the ${formatMinutes(allowed * minutesPerYear)} a year that are allowed.`,
    fix: { description: "Choose a better tier, a second of it, a fallback or a buffer, or promise less." },
    downtimeMinutesPerYear: exactFigure(
      `audit/AVL-033/${journey.id}/${event}/downtime-per-year`,
      `Downtime of ${journey.id} that ends if ${label} never fails`,
      "minutes/year",
      minutes,
      [
        {
          kind: "formula",
          text: `q ${Number(unavailability.toPrecision(4))} x dP/dq ${Number(birnbaum.toPrecision(4))} x ${minutesPerYear.toLocaleString("en-US")} minutes`,
        },
        ...(likelyValue(report.unavailability) === undefined
          ? []
          : [{ kind: "figure" as const, figure: report.unavailability }]),
      ],
    ),
  });
  return place === undefined ? outcome : { ...outcome, place };
}
