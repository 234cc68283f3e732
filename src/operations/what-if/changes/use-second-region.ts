import { regionChanges } from "../../../availability/improvements/region-changes.ts";
import type { Catalog } from "../../../catalog/catalog.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { nearestRegion } from "../../availability/rank-improvements.ts";
import { modeWords, type WhatIfChange } from "../what-if-change.ts";
import type { ChangedEstate } from "./changed-estate.ts";

/** An application with all that its journeys need in a second region too, or both of its regions serving otherwise. */
export function useSecondRegion(
  estate: Estate,
  catalog: Catalog,
  { application, environment, mode }: Extract<WhatIfChange, { kind: "secondRegion" }>,
): ChangedEstate {
  const ofApplication = estate.journeys.filter(
    (journey) => journey.application === application && journey.environment === environment,
  );
  if (ofApplication.length === 0) return { refused: `${application} has no journey in ${environment}` };
  const [change] = regionChanges({
    // Of other journeys nothing is asked, and each would be looked at.
    estate: { ...estate, journeys: ofApplication },
    environments: new Set([environment]),
    workloads: new Set(estate.workloads.map(({ id }) => id)),
    stores: new Set(estate.dataStores.map(({ name }) => name)),
    services: new Set(estate.cloudServices.map(({ name }) => name)),
    nearestRegion: (region) => nearestRegion(estate, catalog, region),
  }).filter(({ kind }) => kind === mode);
  if (change === undefined) return { refused: `${application} cannot be made ${modeWords[mode]} in ${environment}` };
  const changed = change.estate();
  const journeys = new Map(changed.journeys.map((journey) => [journey.id, journey]));
  return {
    estate: { ...changed, journeys: estate.journeys.map((journey) => journeys.get(journey.id) ?? journey) },
    ...(change.caveat === undefined ? {} : { caveats: [change.caveat] }),
  };
}
