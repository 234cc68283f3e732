import type { JourneyAvailability } from "../../../availability/availability-report.ts";
import { exactFigure, likelyValue } from "../../../estate/figures/figure.ts";
import { formatMinutes } from "../../../estate/figures/format-figure.ts";
import type { Journey } from "../../../estate/model/application.ts";
import {
  journeyOutcome,
  journeyPasses,
  solvedJourneys,
  unknownPart,
  withoutPools,
} from "../../journeys/journey-outcome.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";

/** AVL-034: what is done on purpose leaves room in the error budget for what is not. */
export const budgetForFailures: Rule = {
  id: "AVL-034",
  name: "budget-for-failures",
  title: "Deployments and upgrades spend no more than their share of a journey's error budget.",
  severity: { high: "medium", medium: "low", low: undefined },
  inputs: ["manifests", "nodePools", "objectives"],
  judges: "objects",
  parameters: [
    {
      name: "mostPlannedPercent",
      description: "Largest share of the error budget that deployments and upgrades may take, in percent.",
      default: 50,
    },
  ],
  *evaluate(context) {
    const hasObjective = ({ objectiveUnavailability }: Journey) => objectiveUnavailability !== undefined;
    for (const { journey, report } of solvedJourneys(context, hasObjective)) yield judge(context, journey, report);
  },
};

const minutesPerMonth = 43_830;
const monthsPerYear = 12;

function judge(
  { estate, parameters }: AuditContext,
  journey: Journey,
  report: JourneyAvailability | undefined,
): RuleOutcome {
  const allowed = journey.objectiveUnavailability;
  if (report === undefined || allowed === undefined) return withoutPools(estate, journey);
  const deployments = report.parts === undefined ? undefined : likelyValue(report.parts.deployments);
  const upgrades = report.parts === undefined ? undefined : likelyValue(report.parts.upgrades);
  if (report.parts === undefined || deployments === undefined || upgrades === undefined) {
    const { result } = report.unavailability;
    return unknownPart(estate, journey, result.kind === "notEvaluable" ? result.missing : []);
  }
  const budget = allowed * minutesPerMonth;
  const most = Number(parameters["mostPlannedPercent"]);
  const planned = deployments + upgrades;
  if (planned <= (budget * most) / 100) return journeyPasses(estate, journey);
  const over = (planned - (budget * most) / 100) * monthsPerYear;
  return journeyOutcome(estate, journey, {
    verdict: "fail",
    message: `Journey ${journey.id} may be down ${formatMinutes(budget)} a month (${journey.objective ?? ""}), and deployments take ${formatMinutes(deployments)} of it and upgrades ${formatMinutes(upgrades)}: ${Math.round((planned / budget) * 100)} % of the error budget goes on purpose, at most ${most} % is allowed.`,
    fix: {
      description:
        "Roll out in smaller steps with a check after each (scantling simulate rollout), or let drains take fewer pods at a time.",
    },
    downtimeMinutesPerYear: exactFigure(
      `audit/AVL-034/${journey.id}/downtime-per-year`,
      `Downtime of ${journey.id} by planned work beyond its share`,
      "minutes/year",
      over,
      [
        {
          kind: "formula",
          text: `(deployments + upgrades - ${most} % of ${Number(budget.toPrecision(4))} minutes a month) x ${monthsPerYear}`,
        },
        { kind: "figure", figure: report.parts.deployments },
        { kind: "figure", figure: report.parts.upgrades },
      ],
    ),
  });
}
