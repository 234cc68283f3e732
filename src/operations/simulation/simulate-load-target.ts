import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { EntryPoint } from "../../estate/model/application.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate, LoadProfile } from "../../estate/model/estate.ts";

/** Where demand comes in and what serves it. */
export interface LoadTarget {
  readonly entryPoint: EntryPoint;
  readonly workload: Workload;
  readonly cluster: Cluster;
  /** Other clusters that the entry point leads to. */
  readonly otherClusters: readonly string[];
  /** Declared load of the workload. */
  readonly profile: LoadProfile | undefined;
  readonly perReplica: number | undefined;
}

export interface LoadTargetOptions {
  readonly entryPoint?: string;
  readonly environment?: string;
  readonly cluster?: string;
}

/** Nothing fits what was asked for; `hint` names what there is. */
export interface NoLoadTarget {
  readonly problem: string;
  readonly hint: string;
}

/**
 * The workload behind an entry point: by name, in the environment named or the last of promotion; without a name the first
 * entry point whose workload has a load profile, first the one whose journeys cost most when down. Of several clusters the one in the application's primary region.
 */
export function findLoadTarget(estate: Estate, options: LoadTargetOptions): LoadTarget | NoLoadTarget {
  const inEnvironment = entryPointsOf(estate, options.environment);
  const named = inEnvironment.filter(({ name }) => options.entryPoint === undefined || name === options.entryPoint);
  const targets = named.flatMap((entryPoint) => targetOf(estate, entryPoint, options.cluster) ?? []);
  const profiled = targets.filter(({ profile }) => profile !== undefined);
  const [best] = (profiled.length > 0 ? profiled : targets).toSorted(
    (left, right) => journeyCost(estate, right) - journeyCost(estate, left),
  );
  if (best !== undefined) return best;
  const names = [...new Set(inEnvironment.map(({ name }) => name))];
  return {
    problem:
      options.entryPoint === undefined
        ? "The estate has no entry point that leads to a workload whose pods are known"
        : `No entry point "${options.entryPoint}" leads to a workload whose pods are known`,
    hint:
      names.length === 0 ? "declare one under Application.spec.entryPoints" : `entry points are ${names.join(", ")}`,
  };
}

/** The dearest journey that begins at the entry point; -1 where none does. */
function journeyCost({ journeys }: Estate, { entryPoint }: LoadTarget): number {
  const costs = journeys
    .filter((journey) => journey.entryPoint.name === entryPoint.name)
    .map(({ downtimeCostPerMinute }) => downtimeCostPerMinute ?? 0);
  return Math.max(-1, ...costs);
}

function entryPointsOf(estate: Estate, environment: string | undefined): readonly EntryPoint[] {
  const { entryPoints } = estate;
  if (environment !== undefined) return entryPoints.filter((each) => each.environment === environment);
  const last = estate.environments.findLast(({ name }) => entryPoints.some((each) => each.environment === name));
  return last === undefined ? entryPoints : entryPoints.filter((each) => each.environment === last.name);
}

function targetOf(estate: Estate, entryPoint: EntryPoint, wanted: string | undefined): LoadTarget | undefined {
  const workloads = estate.workloads.filter(
    ({ id, opaque, run }) => entryPoint.workloads.includes(id) && !opaque && run === "serving",
  );
  const candidates = workloads.flatMap((workload) => {
    const cluster = estate.clusters.find(({ name }) => name === workload.cluster);
    return cluster === undefined ? [] : [{ workload, cluster }];
  });
  const application = estate.applications.find(({ name }) => name === candidates[0]?.workload.application);
  const chosen =
    wanted === undefined
      ? (candidates.find(({ cluster }) => cluster.region === application?.regions.primary) ?? candidates[0])
      : candidates.find(({ cluster }) => cluster.name === wanted);
  if (chosen === undefined) return undefined;
  const { workload, cluster } = chosen;
  const reference = `${workload.namespace}/${workload.kind}/${workload.name}`;
  const load = application?.load.find((each) => each.workload === reference);
  const profileName = load?.profile.slice(load.profile.indexOf("/") + 1);
  return {
    entryPoint,
    workload,
    cluster,
    otherClusters: [...new Set(candidates.map((each) => each.cluster.name))].filter((name) => name !== cluster.name),
    profile: estate.loadProfiles.find(({ name }) => name === profileName),
    perReplica: load !== undefined && load.perReplica > 0 ? load.perReplica : undefined,
  };
}
