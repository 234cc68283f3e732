import { type SolvedJourney, solveJourneys } from "../../../availability/improvements/solve-journeys.ts";
import type { Catalog } from "../../../catalog/catalog.ts";
import { compensatedSum } from "../../../estate/figures/money.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { declaredCommitments } from "../../../finops/commitments/declared-commitments.ts";
import { declaredDemand } from "../../../finops/commitments/demand/declared-demand.ts";
import { demandOver } from "../../../finops/commitments/demand/node-demand.ts";
import { billMix } from "../../../finops/commitments/mix/bill-mix.ts";
import { emptyMix, usageOf } from "../../../finops/commitments/mix/commitment-mix.ts";
import { type PricedEstate, priceEstate } from "../../../finops/compute-cost.ts";
import { placeWorkloads } from "../../../scheduling/place-workloads.ts";

/** An estate with measures taken, as far as its bill goes. */
export interface SavedEstate {
  readonly estate: Estate;
  readonly priced: PricedEstate;
  /** The bill of a month, to the cent. */
  readonly bill: number;
  /** Pods that find no node. */
  readonly waiting: number;
}

/**
 * Places and prices an estate. The bill counts every hour of a month; `stopped` are the clusters that a measure stops
 * outside the hours of their environments: what their nodes cost less, under the commitments that are there, goes off.
 */
export function savedEstate(
  estate: Estate,
  catalog: Catalog,
  today: string,
  stopped: ReadonlySet<string>,
): SavedEstate {
  const placement = placeWorkloads(estate, catalog);
  const priced = priceEstate(estate, placement, catalog, { today, ceiling: undefined });
  const whole = compensatedSum(priced.charges.map(({ likely }) => likely));
  return {
    estate,
    priced,
    bill: Math.round((whole - hoursOff(priced, stopped)) * 100) / 100,
    waiting: placement.unplaced.reduce((sum, { pods }) => sum + pods, 0),
  };
}

/** Journeys of the estate; beside the bill, as it takes longer. */
export function savedJourneys({ estate, priced }: SavedEstate, catalog: Catalog): ReadonlyMap<string, SolvedJourney> {
  return new Map(solveJourneys(estate, priced.context.placement, catalog).map((each) => [each.journey, each]));
}

/** The estate with the clusters stopped outside hours. */
export function withStops(estate: Estate, stopped: ReadonlySet<string>): Estate {
  return {
    ...estate,
    clusters: estate.clusters.map((each) => (stopped.has(each.name) ? { ...each, stopsOutsideHours: true } : each)),
  };
}

function hoursOff({ context }: PricedEstate, stopped: ReadonlySet<string>): number {
  if (stopped.size === 0) return 0;
  const nodesOf = (estate: Estate): number => {
    const { pools, nodes, pattern } = declaredDemand({ ...context, estate }, false);
    const owned = declaredCommitments(
      context,
      pools.map((pool, index) => usageOf(pool, nodes[index] ?? 0)),
    );
    const demand = demandOver(pools, pattern, { months: 1, growthPerMonth: 0 });
    return billMix(demand, owned, emptyMix).total;
  };
  return nodesOf(context.estate) - nodesOf(withStops(context.estate, stopped));
}
