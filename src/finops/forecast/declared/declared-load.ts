import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Application } from "../../../estate/model/application.ts";
import type { Estate, LoadProfile } from "../../../estate/model/estate.ts";
import { type DemandEvent, type DemandShape, shapeDemand } from "../../../scheduling/clock/demand/shape-demand.ts";
import { profileEvents, profileShape } from "../../../scheduling/clock/from-estate/estate-demand.ts";

/** What a workload is held to; the same share as in simulations of load. */
export const targetShare = 0.7;
const secondsPerDay = 86_400;

/** Declared demand on one workload of an application. */
export interface DeclaredLoad {
  readonly application: string;
  readonly tenant: string;
  readonly environment: string;
  readonly workload: Workload;
  readonly profile: LoadProfile;
  readonly perReplica: number;
  /** Undefined where the profile has only a measured series. */
  readonly shape: DemandShape | undefined;
  readonly events: readonly DemandEvent[];
}

/** One day of demand: units over the day, and the mean share of the way from the smallest to the largest replicas. */
export interface LoadOfDay {
  readonly units: number;
  readonly use: number;
}

/** The declared loads, each in the last environment of its application and in its primary region. */
export function declaredLoads(estate: Estate): readonly DeclaredLoad[] {
  return estate.applications.flatMap((application) =>
    application.load.flatMap(({ profile: reference, workload: written, perReplica }): readonly DeclaredLoad[] => {
      const profile = estate.loadProfiles.find(({ name }) => name === reference.slice(reference.indexOf("/") + 1));
      const workload = workloadOf(estate, application, written);
      if (profile === undefined || workload === undefined || !(perReplica > 0)) return [];
      const { environment, tenant } = workload;
      const [shape, events] = [profileShape(profile), profileEvents(profile)];
      return [{ application: application.name, tenant, environment, workload, profile, perReplica, shape, events }];
    }),
  );
}

function workloadOf(estate: Estate, application: Application, written: string): Workload | undefined {
  const matching = estate.workloads.filter(
    (each) => each.application === application.name && `${each.namespace}/${each.kind}/${each.name}` === written,
  );
  const last = estate.environments.findLast(({ name }) => matching.some(({ environment }) => environment === name));
  const there = matching.filter(({ environment }) => last === undefined || environment === last.name);
  const regionOf = ({ cluster }: Workload) => estate.clusters.find(({ name }) => name === cluster)?.region;
  return there.find((each) => regionOf(each) === application.regions.primary) ?? there[0];
}

/** Demand day by day: a week of the shape is computed once, days of events on their own. */
export class LoadCalendar {
  private readonly load: DeclaredLoad;
  private readonly growthPerDay: number;
  private readonly growsFrom: number;
  private readonly known = new Map<string, LoadOfDay>();

  /** `monthlyGrowth` is a share, from day `growsFrom` on. */
  constructor(load: DeclaredLoad, monthlyGrowth = 0, growsFrom = 0) {
    this.load = load;
    this.growthPerDay = (1 + monthlyGrowth) ** (12 / 365) - 1;
    this.growsFrom = growsFrom;
  }

  /** `withEvents: false`: as if no event had been declared. */
  onDay(day: number, withEvents = true): LoadOfDay {
    const { shape, events } = this.load;
    if (shape === undefined) return { units: 0, use: 0 };
    const start = day * secondsPerDay;
    const own = withEvents
      ? events.filter(
          (each) => each.startSeconds < start + secondsPerDay && each.startSeconds + each.durationSeconds > start,
        )
      : [];
    const growth = (1 + this.growthPerDay) ** Math.max(0, day - this.growsFrom);
    // Days of one kind and size are alike; growth is counted by the month so that there are few sizes.
    const rounded =
      growth === 1 ? 1 : (1 + this.growthPerDay) ** (Math.floor(Math.max(0, day - this.growsFrom) / 30) * 30 + 15);
    const key = own.length > 0 ? `${day}` : `${day % 7}/${rounded}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const period = { startSeconds: start, durationSeconds: secondsPerDay };
    const { rates } = shapeDemand({ ...shape, noise: 0 }, own, period, () => 0.5);
    const result = this.sumUp(rates.map((rate) => rate * rounded));
    this.known.set(key, result);
    return result;
  }

  private sumUp(rates: readonly number[]): LoadOfDay {
    const { workload, perReplica } = this.load;
    const { minimum, maximum } = workload.replicas;
    const seconds = secondsPerDay / Math.max(1, rates.length);
    let [units, use] = [0, 0];
    for (const rate of rates) {
      units += rate * seconds;
      const needed = Math.min(maximum, Math.max(minimum, Math.ceil(rate / (perReplica * targetShare) - 1e-9)));
      if (maximum > minimum) use += (needed - minimum) / (maximum - minimum) / rates.length;
    }
    return { units, use };
  }
}
