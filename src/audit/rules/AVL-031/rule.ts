import type { JourneyAvailability } from "../../../availability/availability-report.ts";
import { exactFigure, likelyValue } from "../../../estate/figures/figure.ts";
import { formatAvailability, formatMinutes } from "../../../estate/figures/format-figure.ts";
import type { Journey } from "../../../estate/model/application.ts";
import { minutesPerYear } from "../../journeys/average-year.ts";
import {
  journeyOutcome,
  journeyPasses,
  solvedJourneys,
  unknownPart,
  withoutPools,
} from "../../journeys/journey-outcome.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";

/** AVL-031: what is promised can be kept by what is built. */
export const objectiveWithinReach: Rule = {
  id: "AVL-031",
  name: "objective-within-reach",
  title: "The structure keeps the availability objective of every journey.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["manifests", "nodePools", "objectives"],
  judges: "objects",
  *evaluate(context) {
    const hasObjective = ({ objectiveUnavailability }: Journey) => objectiveUnavailability !== undefined;
    for (const { journey, report } of solvedJourneys(context, hasObjective)) yield judge(context, journey, report);
  },
};

function judge({ estate }: AuditContext, journey: Journey, report: JourneyAvailability | undefined): RuleOutcome {
  const allowed = journey.objectiveUnavailability;
  if (report === undefined || allowed === undefined) return withoutPools(estate, journey);
  const { result } = report.unavailability;
  if (result.kind === "notEvaluable") return unknownPart(estate, journey, result.missing);
  const down = likelyValue(report.unavailability);
  if (report.objectiveMet === "notEvaluable" || down === undefined) return unknownPart(estate, journey, []);
  if (report.objectiveMet !== false) return journeyPasses(estate, journey);
  const over = (down - allowed) * minutesPerYear;
  const [worst] = report.importance;
  const cause =
    worst === undefined ? "" : `; ${Math.round(worst.share * 100)} % of it goes with one cause: ${worst.label}`;
  return journeyOutcome(estate, journey, {
    verdict: "fail",
    message: `Journey ${journey.id} promises ${journey.objective ?? formatAvailability(allowed)} and is available ${formatAvailability(down)} of the time as it is built, ${formatMinutes(over)} a year too little${cause}.`,
    fix: { description: "Take away the largest causes (scantling availability ranks what helps), or promise less." },
    downtimeMinutesPerYear: exactFigure(
      `audit/AVL-031/${journey.id}/downtime-per-year`,
      `Downtime of ${journey.id} beyond its objective`,
      "minutes/year",
      over,
      [
        {
          kind: "formula",
          text: `(share of time down - ${allowed}) x ${minutesPerYear.toLocaleString("en-US")} minutes`,
        },
        { kind: "declared", name: "objective", value: journey.objective ?? "" },
        { kind: "figure", figure: report.unavailability },
      ],
    ),
  });
}
