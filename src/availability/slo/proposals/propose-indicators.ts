import type { Estate } from "../../../estate/model/estate.ts";
import { journeyIndicators } from "./journey-indicators.ts";
import type { IndicatorProposal, KeyFigureProposal } from "./proposal.ts";
import { workloadIndicators } from "./workload-indicators.ts";

export interface Proposals {
  readonly indicators: readonly IndicatorProposal[];
  readonly keyFigures: readonly KeyFigureProposal[];
}

/**
 * SLIs for what has no SLO, in the environment that is last in order of promotion: requests and latency of journeys,
 * queue and saturation of the workloads of an application; and the unit cost of each application as a key figure.
 * Sorted by name, each name once.
 */
export function proposeIndicators(estate: Estate): Proposals {
  const environment = estate.environments.at(-1)?.name;
  const workloads = new Map(estate.workloads.map((workload) => [workload.id, workload]));
  const covered = new Set(estate.serviceLevelObjectives.map(({ service }) => service));
  const journeys = estate.journeys.filter((journey) => journey.environment === environment);
  const uncovered = journeys.filter(
    ({ id, name, application }) =>
      ![id, name, application, `${application}/${name}`].some((service) => covered.has(service)),
  );
  const proposals = [
    ...uncovered.flatMap((journey) => journeyIndicators(journey, workloads)),
    ...estate.workloads
      .filter((workload) => workload.environment === environment && workload.run === "serving" && !workload.opaque)
      .flatMap((workload) =>
        workload.application === undefined ? [] : workloadIndicators(workload, workload.application, estate.objects),
      ),
  ];
  // The same workload on several clusters asks for the same SLI.
  const byName = new Map(proposals.toReversed().map((proposal) => [proposal.name, proposal]));
  return {
    indicators: [...byName.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    keyFigures: unitCosts(estate, environment, proposals),
  };
}

function unitCosts(
  estate: Estate,
  environment: string | undefined,
  proposals: readonly IndicatorProposal[],
): readonly KeyFigureProposal[] {
  return estate.applications
    .filter(({ environments }) => environment !== undefined && environments.includes(environment))
    .map(({ name }) => {
      const requests = proposals.find(({ kind, service }) => kind === "requests" && service.startsWith(`${name}/`));
      const total = requests?.metric.kind === "ratio" ? requests.metric.totalQuery : undefined;
      return {
        name: `${name}-unit-cost`,
        service: name,
        description: `Cost of a request to ${name}: what it is charged a month, divided by its requests.`,
        numerator: `monthly cost of ${name} in the allocation of scantling assess`,
        denominator:
          total === undefined
            ? "requests of the SLI that is declared"
            : total.replace(/\brate\(/, "increase(").replaceAll("{{.window}}", "30d"),
      };
    })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
