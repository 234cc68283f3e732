import type { AvailabilityReport } from "../../availability/availability-report.ts";
import type { JourneyPrediction } from "../../availability/drills/prediction.ts";
import { downtimeQuantile } from "../../availability/slo/budget/expected-outages.ts";
import { ruleObjectives } from "../../availability/slo/objectives/rule-objective.ts";
import { proposeIndicators } from "../../availability/slo/proposals/propose-indicators.ts";
import { errorRatioName, seriesOf } from "../../availability/slo/rules/series-names.ts";
import type { Journey } from "../../estate/model/application.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { journeysOf } from "../slo/slo-traffic.ts";

/** A journey that experiments hit, with its steady state and what it may spend. */
export interface JourneyTarget {
  readonly journey: string;
  readonly label: string;
  readonly objective?: string;
  /** Share of bad requests that is steady state; absent without objective. */
  readonly mostErrors?: number;
  /** PromQL of the share of bad requests over five minutes; absent where nothing says what its metrics are. */
  readonly errorRatio?: string;
  /** Address to watch; absent where no host name is declared. */
  readonly url?: string;
  /** Seconds of full outage in 30 days, and how many of them outages leave with 90 % probability. */
  readonly budgetSeconds?: number;
  readonly safeSeconds?: number;
  readonly downtimeCostPerMinute?: number;
}

/** Whether the error budget can bear an experiment. */
export interface BudgetCheck {
  /** False where a journey would spend more than half of what is safely left of its budget; true without objective. */
  readonly fits: boolean;
  /** The journey that decides it, with the seconds it would spend and may spend. */
  readonly journey?: string;
  readonly spendSeconds: number;
  readonly allowedSeconds?: number;
  /** Declared cost of the predicted downtime of all journeys, all stages together. */
  readonly cost: number;
}

const windowMinutes = 30 * 24 * 60;
const minutesPerYear = 525_960;
const safeProbability = 0.9;

export function journeyTargets(
  estate: Estate,
  journeys: readonly Journey[],
  report: AvailabilityReport,
): readonly JourneyTarget[] {
  const ratios = errorRatios(estate);
  return journeys.map((journey) => {
    const known = report.journeys.find((each) => each.journey === journey.id);
    const { objectiveUnavailability: allowed, downtimeCostPerMinute: cost, entryPoint } = journey;
    const ratio = ratios.get(journey.id);
    const budgetSeconds = allowed === undefined ? undefined : allowed * windowMinutes * 60;
    const { outagesPerYear, meanOutageMinutes } = known ?? {};
    const downtime =
      outagesPerYear === undefined || meanOutageMinutes === undefined
        ? undefined
        : downtimeQuantile(
            { perWindow: (outagesPerYear * windowMinutes) / minutesPerYear, meanMinutes: meanOutageMinutes },
            safeProbability,
          ) * 60;
    return {
      journey: journey.id,
      label:
        journeys.filter(({ name }) => name === journey.name).length === 1
          ? journey.name
          : (known?.label ?? journey.name),
      ...(journey.objective === undefined ? {} : { objective: journey.objective }),
      ...(allowed === undefined ? {} : { mostErrors: allowed }),
      ...(ratio === undefined ? {} : { errorRatio: ratio }),
      ...(entryPoint.hostname === undefined ? {} : { url: `https://${entryPoint.hostname}/` }),
      ...(budgetSeconds === undefined ? {} : { budgetSeconds: rounded(budgetSeconds) }),
      // What is not known may take all of the budget.
      ...(budgetSeconds === undefined
        ? {}
        : { safeSeconds: downtime === undefined ? 0 : rounded(Math.max(0, budgetSeconds - downtime)) }),
      ...(cost === undefined ? {} : { downtimeCostPerMinute: cost }),
    };
  });
}

/** Series of declared SLOs, else the query of a proposed indicator, by journey. */
function errorRatios(estate: Estate): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { service, name, metric } of proposeIndicators(estate).indicators) {
    if (metric.kind !== "ratio" || !name.endsWith("-requests")) continue;
    const over = (query: string) => query.replaceAll("{{.window}}", "5m");
    const share = `${over(metric.partQuery)} / ${over(metric.totalQuery)}`;
    for (const { id } of journeysOf(estate, service)) found.set(id, metric.part === "bad" ? share : `1 - ${share}`);
  }
  for (const objective of ruleObjectives(estate.serviceLevelObjectives).objectives) {
    for (const { id } of journeysOf(estate, objective.service))
      found.set(id, seriesOf(errorRatioName("5m"), objective));
  }
  return found;
}

/** @param stages predictions of all stages; @param predictions of the stage with all faults */
export function checkBudget(
  stages: readonly JourneyPrediction[],
  predictions: readonly JourneyPrediction[],
  targets: readonly JourneyTarget[],
): BudgetCheck {
  const spends = predictions.map(({ journey }) => {
    const target = targets.find((each) => each.journey === journey);
    const seconds = stages
      .filter((each) => each.journey === journey)
      .reduce((sum, each) => sum + each.downtimeSeconds, 0);
    const allowed = target?.safeSeconds === undefined ? undefined : target.safeSeconds / 2;
    return { journey, seconds, allowed, cost: ((target?.downtimeCostPerMinute ?? 0) * seconds) / 60 };
  });
  const cost = Math.round(spends.reduce((sum, each) => sum + each.cost, 0) * 100) / 100;
  const worst = spends
    .filter(({ seconds, allowed }) => seconds > 0 && allowed !== undefined)
    .toSorted((left, right) => (left.allowed ?? 0) - left.seconds - ((right.allowed ?? 0) - right.seconds))[0];
  if (worst?.allowed === undefined)
    return { fits: true, spendSeconds: Math.max(0, ...spends.map(({ seconds }) => seconds)), cost };
  return {
    fits: worst.seconds <= worst.allowed,
    journey: worst.journey,
    spendSeconds: worst.seconds,
    allowedSeconds: rounded(worst.allowed),
    cost,
  };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
