import { solveJourneys } from "../../availability/improvements/solve-journeys.ts";
import { MINUTES_PER_MONTH } from "../../availability/journey-figures.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import { compensatedSum } from "../../estate/figures/money.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { priceEstate } from "../../finops/compute-cost.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";

/** What an estate costs and how long its journeys are down, by the engines that report both. */
export interface StructureValue {
  readonly monthly: number;
  /** Minutes down a month by journey; undefined where it is not known. */
  readonly minutes: ReadonlyMap<string, number | undefined>;
  readonly downtimeMinutes: number;
  readonly downtimeCost: number;
  readonly objectivesMissed: number;
}

export function valueStructure(estate: Estate, catalog: Catalog, today: string): StructureValue {
  const placement = placeWorkloads(estate, catalog);
  const { charges } = priceEstate(estate, placement, catalog, { today, ceiling: undefined });
  const solved = new Map(solveJourneys(estate, placement, catalog).map((each) => [each.journey, each]));
  const minutes = new Map(
    estate.journeys.map(({ id }) => {
      const { unavailability, missing } = solved.get(id) ?? { unavailability: undefined, missing: [] };
      const isKnown = unavailability !== undefined && missing.length === 0;
      return [id, isKnown ? unavailability * MINUTES_PER_MONTH : undefined] as const;
    }),
  );
  const known = estate.journeys.map((journey) => ({ journey, down: minutes.get(journey.id) ?? 0 }));
  return {
    monthly: compensatedSum(charges.map(({ likely }) => likely)),
    minutes,
    downtimeMinutes: compensatedSum(known.map(({ down }) => down)),
    downtimeCost: compensatedSum(known.map(({ journey, down }) => down * (journey.downtimeCostPerMinute ?? 0))),
    objectivesMissed: known.filter(
      ({ journey: { objectiveUnavailability }, down }) =>
        objectiveUnavailability !== undefined && down > objectiveUnavailability * MINUTES_PER_MONTH,
    ).length,
  };
}
