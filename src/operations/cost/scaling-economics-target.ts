import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { declaredLoads } from "../../finops/forecast/declared/declared-load.ts";
import { findLoadTarget, type LoadTarget, type NoLoadTarget } from "../simulation/simulate-load-target.ts";

export interface ScalingTargetOptions {
  /** `namespace/Kind/name`, `namespace/name` or `name`; undefined: behind the entry point whose journeys cost most. */
  readonly workload?: string;
  readonly environment?: string;
  readonly cluster?: string;
}

/** The workload to look at, with its load; it need not be behind an entry point. */
export function findScalingTarget(estate: Estate, options: ScalingTargetOptions): LoadTarget | NoLoadTarget {
  const { workload: wanted, environment, cluster } = options;
  if (wanted === undefined) {
    const asked = {
      ...(environment === undefined ? {} : { environment }),
      ...(cluster === undefined ? {} : { cluster }),
    };
    const found = findLoadTarget(estate, asked);
    if ("problem" in found && found.problem.includes("no entry point"))
      return { problem: found.problem, hint: `name a workload with --workload: ${namesOf(estate)}` };
    return found;
  }
  const serving = estate.workloads.filter((each) => answersTo(each, wanted) && !each.opaque && each.run === "serving");
  if (serving.length === 0)
    return {
      problem: `No workload that serves is called "${wanted}"`,
      hint: `workloads with load are ${namesOf(estate)}`,
    };
  const environments = new Set(serving.map((each) => each.environment));
  const last = environment ?? estate.environments.findLast(({ name }) => environments.has(name))?.name;
  const there = serving.filter((each) => last === undefined || each.environment === last);
  const application = estate.applications.find(({ name }) => name === serving[0]?.application);
  const regionOf = (each: Workload) => estate.clusters.find(({ name }) => name === each.cluster)?.region;
  const chosen =
    cluster === undefined
      ? (there.find((each) => regionOf(each) === application?.regions.primary) ?? there[0])
      : there.find((each) => each.cluster === cluster);
  const home = estate.clusters.find(({ name }) => name === chosen?.cluster);
  if (chosen === undefined || home === undefined)
    return {
      problem: `"${wanted}" does not run ${cluster === undefined ? `in ${last ?? "any environment"}` : `on ${cluster}`}`,
      hint: `it runs in ${[...environments].join(", ")} on ${[...new Set(serving.map((each) => each.cluster))].join(", ")}`,
    };
  const reference = `${chosen.namespace}/${chosen.kind}/${chosen.name}`;
  const load = application?.load.find((each) => each.workload === reference);
  const profileName = load?.profile.slice(load.profile.indexOf("/") + 1);
  return {
    entryPoint: {
      name: reference,
      workloads: [chosen.id],
      environment: chosen.environment,
      hostname: undefined,
      exposure: "internal",
      through: [],
      origin: "declared",
    },
    workload: chosen,
    cluster: home,
    otherClusters: [...new Set(there.map((each) => each.cluster))].filter((name) => name !== home.name),
    profile: estate.loadProfiles.find(({ name }) => name === profileName),
    perReplica: load !== undefined && load.perReplica > 0 ? load.perReplica : undefined,
  };
}

function answersTo({ namespace, kind, name, id }: Workload, wanted: string): boolean {
  return [id, `${namespace}/${kind}/${name}`, `${namespace}/${name}`, name].includes(wanted);
}

function namesOf(estate: Estate): string {
  const names = declaredLoads(estate).map(({ workload }) => `${workload.namespace}/${workload.name}`);
  return names.length === 0 ? "none: declare Application.spec.load" : [...new Set(names)].join(", ");
}
