import { assessAvailability } from "../../availability/assess-availability.ts";
import type { AvailabilityReport, JourneyAvailability } from "../../availability/availability-report.ts";
import { DiagramCache } from "../../availability/fault-tree/diagram-cache.ts";
import type { CandidateChange, CandidateScope } from "../../availability/improvements/candidate.ts";
import { clusterChanges } from "../../availability/improvements/cluster-changes.ts";
import { diskChanges } from "../../availability/improvements/disk-changes.ts";
import {
  type SolvedJourney,
  solveJourneys,
  type WeighedJourney,
  weighJourneys,
} from "../../availability/improvements/solve-journeys.ts";
import { workloadChanges } from "../../availability/improvements/workload-changes.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import { exactFigure, type Figure, type FigureResult, type Reason } from "../../estate/figures/figure.ts";
import { formatAvailability } from "../../estate/figures/format-figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import type { Placement } from "../../scheduling/placement.ts";
import { clustersWithAssumedPools } from "../evidence.ts";
import { minutesPerYear } from "../journeys/average-year.ts";

/** Less downtime a year is nobody's. */
const negligibleMinutes = 0.05;
/** Changes that one audit tries; each takes a placement and a solution of the journeys that it touches. */
const mostChanges = 120;

/** What a change of the structure would take off the downtime of a year. */
interface Avoided {
  readonly result: FigureResult;
  readonly what: string;
  readonly reasons: readonly Reason[];
}

/**
 * Downtime of the estate's journeys by its own fault trees, and how much of it a change takes away: the change is made in
 * memory, placed and solved anew. Journeys on clusters whose pools are only assumed are left out.
 */
export class DowntimeStudy {
  readonly #estate: Estate;
  readonly #placement: Placement;
  readonly #catalog: Catalog;
  readonly #triesChanges: boolean;
  readonly #diagrams = new DiagramCache();
  readonly #avoided = new Map<string, Avoided | undefined>();
  #weighed: ReadonlyMap<string, WeighedJourney> | undefined;
  #changes: ReadonlyMap<string, CandidateChange> | undefined;
  #report: AvailabilityReport | undefined;
  #left = mostChanges;
  #skipped = 0;

  /** @param known report of the same estate that was made before: only what it says is used, and no change is tried */
  constructor(estate: Estate, placement: Placement, catalog: Catalog, known?: AvailabilityReport) {
    const assumed = clustersWithAssumedPools(estate);
    const clusterOf = new Map(estate.workloads.map(({ id, cluster }) => [id, cluster]));
    const isDeclared = (workload: string) => !assumed.has(clusterOf.get(workload) ?? "");
    const journeys = estate.journeys.filter(({ through, entryPoint }) =>
      [...through, ...entryPoint.workloads].every(isDeclared),
    );
    this.#estate = journeys.length === estate.journeys.length ? estate : { ...estate, journeys };
    this.#placement = placement;
    this.#catalog = catalog;
    this.#report = known;
    this.#triesChanges = known === undefined;
  }

  /** Changes that were not tried, as others came first. */
  get skipped(): number {
    return this.#skipped;
  }

  /** What the availability command reports of the journeys. */
  get journeys(): readonly JourneyAvailability[] {
    this.#report ??= assessAvailability(this.#estate, this.#placement, this.#catalog, this.#diagrams);
    const known = new Set(this.#estate.journeys.map(({ id }) => id));
    return this.#report.journeys.filter(({ journey }) => known.has(journey));
  }

  /**
   * What a finding costs in downtime: the minutes of a year that all journeys together are down less once its change is
   * made. Undefined where the change is none, touches no journey, or takes nothing away.
   * @param change id of a change of the structure, such as `replicas/prod/shop/Deployment/web`
   */
  avoidedBy(change: string, rule: string): Figure | undefined {
    if (!this.#triesChanges || this.#estate.journeys.length === 0) return undefined;
    if (!this.#avoided.has(change)) this.#avoided.set(change, this.#solve(change));
    const avoided = this.#avoided.get(change);
    if (avoided === undefined) return undefined;
    const { result, what, reasons } = avoided;
    const figure = exactFigure(
      `audit/${rule}/${change}/downtime-per-year`,
      `Downtime that goes away with the change: ${what}`,
      "minutes/year",
      0,
      reasons,
    );
    return { ...figure, result };
  }

  get #base(): ReadonlyMap<string, WeighedJourney> {
    this.#weighed ??= new Map(
      weighJourneys(this.#estate, this.#placement, this.#catalog, this.#diagrams).map((each) => [each.journey, each]),
    );
    return this.#weighed;
  }

  get #candidates(): ReadonlyMap<string, CandidateChange> {
    if (this.#changes === undefined) {
      const scope: CandidateScope = {
        estate: this.#estate,
        environments: new Set(this.#estate.environments.map(({ name }) => name)),
        workloads: new Set([...this.#base.values()].flatMap(({ workloads }) => workloads)),
        stores: new Set(),
        services: new Set(),
        nearestRegion: () => undefined,
      };
      const changes = [...workloadChanges(scope), ...clusterChanges(scope), ...diskChanges(scope)];
      this.#changes = new Map(changes.map((change) => [change.id, change]));
    }
    return this.#changes;
  }

  #solve(id: string): Avoided | undefined {
    const change = this.#candidates.get(id);
    if (change === undefined) return undefined;
    const touched = this.#touchedBy(change);
    if (touched.size === 0) return undefined;
    if (this.#left === 0) {
      this.#skipped += 1;
      return undefined;
    }
    this.#left -= 1;
    const journeys = this.#estate.journeys.filter((journey) => touched.has(journey.id));
    const beside = { crowded: change.kind === "zoneSpread", upgrades: change.kind === "disruptionBudget" };
    const before =
      beside.crowded || beside.upgrades
        ? solveJourneys({ ...this.#estate, journeys }, this.#placement, this.#catalog, beside, this.#diagrams)
        : journeys.flatMap(({ id: journey }) => this.#base.get(journey) ?? []);
    const changed = { ...change.estate(), journeys };
    const placement = placeWorkloads(changed, this.#catalog);
    // Pods that find no node with it make the two worlds incomparable.
    if (waitingPods(placement) > waitingPods(this.#placement)) return undefined;
    const solved = solveJourneys(changed, placement, this.#catalog, beside, this.#diagrams);
    const after = new Map(solved.map((each) => [each.journey, each]));
    return compare(change.what, before, after);
  }

  /**
   * Journeys in which the events that the change touches weigh something: it cannot take away more. How crowded replicas
   * may be is not among the events.
   */
  #touchedBy({ kind, touches = [] }: CandidateChange): ReadonlySet<string> {
    const least = kind === "zoneSpread" ? 0 : negligibleMinutes / minutesPerYear;
    const touched = [...this.#base.values()].filter(({ events }) => {
      const own = events.filter(({ id }) => touches.some((part) => id.includes(part)));
      return own.length > 0 && own.reduce((sum, { weight }) => sum + weight, 0) >= least;
    });
    return new Set(touched.map(({ journey }) => journey));
  }
}

function waitingPods({ unplaced }: Placement): number {
  return unplaced.reduce((sum, { pods }) => sum + pods, 0);
}

/** Before less after, over the journeys that can be solved exactly both ways. */
function compare(
  what: string,
  before: readonly SolvedJourney[],
  after: ReadonlyMap<string, SolvedJourney>,
): Avoided | undefined {
  let likely = 0;
  let crowded = 0;
  const reasons: Reason[] = [];
  for (const was of before) {
    const is = after.get(was.journey);
    if (was.unavailability === undefined || is?.unavailability === undefined) return undefined;
    const upgrades = ((was.upgradeMinutesPerMonth ?? 0) - (is.upgradeMinutesPerMonth ?? 0)) * 12;
    const gain = (was.unavailability - is.unavailability) * minutesPerYear + upgrades;
    likely += gain;
    crowded += ((was.crowded ?? 0) - (is.crowded ?? 0)) * minutesPerYear;
    if (Math.abs(gain) < negligibleMinutes) continue;
    const text =
      upgrades === 0
        ? `available ${formatAvailability(was.unavailability)} of the time as it is, ${formatAvailability(is.unavailability)} with the change`
        : `upgrades of node pools take ${Number(upgrades.toPrecision(3))} minutes a year less with the change`;
    const figure = exactFigure(`${was.journey}/avoided`, was.journey, "minutes/year", gain, [
      { kind: "formula", text },
    ]);
    reasons.push({ kind: "figure", figure });
  }
  const high = Math.max(likely, crowded);
  if (high < negligibleMinutes) return undefined;
  const low = Math.max(0, likely);
  return {
    what,
    result: high - low < negligibleMinutes ? { kind: "exact", value: low } : { kind: "range", low, likely: low, high },
    reasons: [
      {
        kind: "formula",
        text: `(share of time down as it is - with the change) x ${minutesPerYear.toLocaleString("en-US")} minutes, summed over the journeys`,
      },
      ...(high - low < negligibleMinutes
        ? []
        : [
            {
              kind: "formula" as const,
              text: "low and likely with the replicas where they are placed, high with them as crowded as their constraints allow",
            },
          ]),
      ...reasons,
    ],
  };
}
