import { assessAvailability } from "../../availability/assess-availability.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import { journeysOf } from "./slo-traffic.ts";

const mostSuspects = 3;

/**
 * What most likely takes each service down, by its name in the SLOs: the events of the fault trees of its journeys with
 * the largest share, for the annotations of alerts. Services without evaluable journey have none.
 */
export function sloSuspects(estate: Estate, catalog: Catalog): ReadonlyMap<string, readonly string[]> {
  const services = [...new Set(estate.serviceLevelObjectives.map(({ service }) => service))];
  if (services.length === 0) return new Map();
  const { journeys } = assessAvailability(estate, placeWorkloads(estate, catalog), catalog);
  return new Map(
    services.map((service) => {
      const ids = new Set(journeysOf(estate, service).map(({ id }) => id));
      const events = journeys.filter(({ journey }) => ids.has(journey)).flatMap(({ importance }) => importance);
      const byShare = events.toSorted((one, other) => other.share - one.share).map(({ label }) => label);
      return [service, [...new Set(byShare)].slice(0, mostSuspects)];
    }),
  );
}
