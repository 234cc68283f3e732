import { regionChanges } from "../../../availability/improvements/region-changes.ts";
import { MINUTES_PER_MONTH } from "../../../availability/journey-figures.ts";
import type { Catalog } from "../../../catalog/catalog.ts";
import { platformClusterHours } from "../../../estate/assumptions/planning-rules.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { plannedEstate } from "../../../planning/estate/planned-estate.ts";
import { planStructure } from "../../../planning/plan-structure.ts";
import type { PoolChoices } from "../../../planning/pools/pool-choices.ts";
import type { Structure } from "../../../planning/structure-plan.ts";
import { nearestRegion } from "../../availability/rank-improvements.ts";
import { type TriedEstate, tryContext, tryEstate } from "../../availability/try-change.ts";
import type { RejectedAlternative } from "../plan-report.ts";
import { alternativeWay, withWork } from "./alternative-ways.ts";

interface SecondRegionContext {
  readonly estate: Estate;
  readonly catalog: Catalog;
  readonly structure: Structure;
  readonly choices: PoolChoices;
  readonly today: string;
  /** Journeys of the planned estate, solved. */
  readonly before: TriedEstate;
  readonly signal?: AbortSignal | undefined;
}

const hoursPerMonth = 730;

/**
 * All applications of a tenant that are in one region, with all that they need, in a second one, for environments of high
 * criticality: planned anew as packed, like every other alternative, and solved.
 */
export function secondRegion(context: SecondRegionContext, tenant: string): RejectedAlternative {
  const { estate, catalog, structure, choices, today, before, signal } = context;
  const what = "a second region too, active/passive";
  const told = (verdict: "refused" | "notEvaluable", reason: string) =>
    alternativeWay("secondRegion", {
      what,
      verdict,
      reason,
      difference: undefined,
      operatorHours: 0,
      availability: undefined,
    });
  const critical = new Set(
    estate.environments.filter(({ criticality }) => criticality === "high").map(({ name }) => name),
  );
  const applications = new Set(
    estate.workloads.filter((each) => each.tenant === tenant).flatMap(({ application }) => application ?? []),
  );
  const own = estate.journeys.filter(
    ({ application, environment }) => applications.has(application) && critical.has(environment),
  );
  if (own.length === 0) return told("notEvaluable", "it has no journey in an environment of high criticality");
  const changed = inTwoRegions(estate, catalog, applications, critical);
  if (changed === undefined) return told("refused", "it is in two regions already, or the estate has no other");
  const other = planStructure(changed, catalog, { policy: structure.policy, solvers: undefined, choices, signal });
  if (other.unplanned.length > structure.unplanned.length)
    return told("notEvaluable", "no size of that region can carry its pods");
  const after = tryEstate(plannedEstate(changed, other), tryContext(catalog, today));
  const down = ({ journeys }: TriedEstate) =>
    own.reduce((sum, { id }) => sum + (journeys.get(id)?.unavailability ?? 0) * MINUTES_PER_MONTH, 0);
  const operatorHours = platformClusterHours.hours * (other.clusters.length - structure.clusters.length);
  const bill = ((other.hourlyMicros - structure.hourlyMicros) / 1e6) * hoursPerMonth;
  const difference = withWork(bill, operatorHours, estate);
  return alternativeWay("secondRegion", {
    what,
    difference,
    operatorHours,
    availability: `${down(after).toFixed(1)} instead of ${down(before).toFixed(1)} min down`,
    verdict: difference > 0.005 ? "dearer" : "worse",
    reason: "without its data and the traffic between regions",
  });
}

/** The estate with everything of these applications that is in one region in another too; undefined where nothing is. */
function inTwoRegions(
  declared: Estate,
  catalog: Catalog,
  applications: ReadonlySet<string>,
  environments: ReadonlySet<string>,
): Estate | undefined {
  let estate = declared;
  for (const application of applications) {
    const present = estate;
    const [change] = regionChanges({
      estate: { ...present, journeys: present.journeys.filter((each) => each.application === application) },
      environments,
      workloads: new Set(present.workloads.map(({ id }) => id)),
      stores: new Set(present.dataStores.map(({ name }) => name)),
      services: new Set(present.cloudServices.map(({ name }) => name)),
      nearestRegion: (region) => nearestRegion(present, catalog, region),
      // A change of the mode alone is of an application that is in two regions.
    }).filter(({ kind, because }) => kind === "activePassive" && because.endsWith(" only"));
    if (change === undefined) continue;
    const changed = change.estate();
    const journeys = new Map(changed.journeys.map((journey) => [journey.id, journey]));
    estate = { ...changed, journeys: present.journeys.map((journey) => journeys.get(journey.id) ?? journey) };
  }
  return estate === declared ? undefined : estate;
}
