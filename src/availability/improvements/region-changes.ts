import type { Dependency, DependencyTarget } from "../../estate/dependencies/dependency.ts";
import type { Application, Journey, RegionMode } from "../../estate/model/application.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { DataStore } from "../../estate/model/service.ts";
import type { CandidateChange, CandidateScope } from "./candidate.ts";

type TwoRegions = "activePassive" | "activeActive";

/** A second region for applications that are in one, and active/active for those that switch over. */
export function regionChanges(scope: CandidateScope): readonly CandidateChange[] {
  const { estate, environments } = scope;
  const pairs = Map.groupBy(
    estate.journeys.filter(({ environment }) => environments.has(environment)),
    ({ environment, application }) => `${environment}/${application}`,
  );
  return [...pairs.values()].flatMap(([journey]) => {
    if (journey === undefined) return [];
    const { environment } = journey;
    const declared = estate.applications.find(({ name }) => name === journey.application);
    return changesOf(scope, declared ?? impliedApplication(estate, journey), environment);
  });
}

/** An application that no document declares, as far as regions need one. */
function impliedApplication(estate: Estate, { application: name, environment, entryPoint }: Journey): Application {
  const behind = estate.workloads.filter(({ id }) => entryPoint.workloads.includes(id));
  return {
    name,
    tenant: behind[0]?.tenant ?? "unassigned",
    class: undefined,
    environments: [environment],
    clusters: new Map([[environment, [...new Set(behind.map(({ cluster }) => cluster))]]]),
    namespace: behind[0]?.namespace,
    regions: { mode: "single", primary: undefined, switchSeconds: undefined, detectSeconds: undefined },
    load: [],
    recovery: {},
    delivery: {},
    requires: {},
    broken: [],
  };
}

function changesOf(scope: CandidateScope, application: Application, environment: string): readonly CandidateChange[] {
  const { estate } = scope;
  const clusters = estate.clusters.filter(({ name }) => application.clusters.get(environment)?.includes(name));
  const regions = new Set(clusters.map(({ region }) => region));
  const { mode } = application.regions;
  if (regions.size > 1) {
    const modes: readonly TwoRegions[] =
      mode === "activeActive" ? [] : mode === "activePassive" ? ["activeActive"] : ["activePassive", "activeActive"];
    return modes.map((wanted) => modeChange(estate, application, environment, wanted));
  }
  const [cluster] = clusters;
  const region = cluster === undefined ? undefined : otherRegionOf(scope, cluster, environment);
  if (cluster === undefined || region === undefined) return [];
  const copied = storesToCopy(scope, application, cluster);
  const listPriced = copied.filter(({ price }) => price !== undefined).map(({ name }) => `DataStore/${name}`);
  return (["activePassive", "activeActive"] as const).map((wanted) => ({
    id: `${wanted}/${environment}/${application.name}`,
    kind: wanted,
    what: `run ${application.name} with all that it needs in ${region} too, ${inWords(wanted)}`,
    because: `it is in ${cluster.region} only`,
    estate: () => inSecondRegion(scope, application, environment, cluster, region, wanted),
    touches: undefined,
    listPriced,
    caveat: "traffic and data between the regions are not in the bill; stores copy asynchronously",
    ...(application.place === undefined ? {} : { place: application.place }),
  }));
}

function inWords(mode: TwoRegions): string {
  return mode === "activeActive" ? "active/active" : "active/passive";
}

function modeChange(estate: Estate, application: Application, environment: string, mode: TwoRegions): CandidateChange {
  const { name, place } = application;
  return {
    id: `${mode}/${environment}/${name}`,
    kind: mode,
    what: `let both regions of ${name} serve ${inWords(mode)}`,
    because: `it runs in two regions as ${application.regions.mode === "single" ? "if there were one" : "active/passive"}`,
    estate: () => withApplication(estate, { ...application, regions: { ...application.regions, mode } }),
    touches: undefined,
    caveat: "both regions must be able to write, or send writes to the one that does",
    ...(place === undefined ? {} : { place }),
  };
}

/** Another region: one where the environment has a cluster, else the first that the estate names, else the nearest. */
function otherRegionOf(
  { estate, nearestRegion }: CandidateScope,
  cluster: Cluster,
  environment: string,
): string | undefined {
  const others = estate.clusters.filter(
    ({ region, environments }) => region !== cluster.region && environments.includes(environment),
  );
  const named = estate.regions.find(({ name }) => name !== cluster.region)?.name;
  return others[0]?.region ?? named ?? nearestRegion(cluster.region);
}

function withApplication(estate: Estate, changed: Application): Estate {
  const others = estate.applications.filter(({ name }) => name !== changed.name);
  return { ...estate, applications: [...others, changed] };
}

/** The application's workloads and those they need, once more on a cluster of the other region. */
function inSecondRegion(
  scope: CandidateScope,
  application: Application,
  environment: string,
  cluster: Cluster,
  region: string,
  mode: TwoRegions,
): Estate {
  const { estate, workloads } = scope;
  const storesCopied = new Set(storesToCopy(scope, application, cluster));
  const existing = estate.clusters.find((each) => each.region === region && each.environments.includes(environment));
  const target = existing ?? { ...cluster, name: `${cluster.name}-${region}`, region };
  const here = `${environment}/${cluster.name}/`;
  const there = `${environment}/${target.name}/`;
  const moved = (id: string) => (id.startsWith(here) ? there + id.slice(here.length) : id);
  const needed = neededBy(estate, application, environment, cluster.name, workloads);
  const known = new Set([...estate.workloads, ...estate.services].map(({ id }) => id));
  const copies = estate.workloads
    .filter(({ id }) => needed.has(id) && !known.has(moved(id)))
    .map((each) => ({ ...each, id: moved(each.id), cluster: target.name }));
  const services = estate.services
    .filter((each) => each.cluster === cluster.name && each.workloads.some((id) => needed.has(id)))
    .filter(({ id }) => !known.has(moved(id)))
    .map((each) => ({ ...each, id: moved(each.id), cluster: target.name, workloads: each.workloads.map(moved) }));
  const copied = new Set(copies.map(({ id }) => id));
  const dependencies = estate.dependencies
    .filter(({ from }) => needed.has(from) && copied.has(moved(from)))
    .map((each): Dependency => ({ ...each, from: moved(each.from), to: movedTarget(each.to, moved) }));
  const withCopies = (ids: readonly string[]) => [
    ...new Set([...ids, ...ids.filter((id) => needed.has(id)).map(moved)]),
  ];
  const regions: RegionMode = { ...application.regions, mode, primary: cluster.region };
  const changed: Estate = {
    ...estate,
    clusters: existing === undefined ? [...estate.clusters, copyOf(target)] : estate.clusters,
    workloads: [...estate.workloads, ...copies],
    services: [...estate.services, ...services],
    dependencies: [...estate.dependencies, ...dependencies],
    objects: existing === undefined ? [...estate.objects, ...classesFor(estate, cluster, target)] : estate.objects,
    dataStores: estate.dataStores.map((store) => {
      if (!storesCopied.has(store)) return store;
      return { ...store, regions: { ...store.regions, readers: [...store.regions.readers, region] }, price: undefined };
    }),
    journeys: estate.journeys.map((journey): Journey => {
      if (journey.application !== application.name || journey.environment !== environment) return journey;
      const entryPoint = { ...journey.entryPoint, workloads: withCopies(journey.entryPoint.workloads) };
      return { ...journey, entryPoint, through: withCopies(journey.through) };
    }),
  };
  const names = [...(application.clusters.get(environment) ?? []), target.name];
  const clusters = new Map([...application.clusters, [environment, names]]);
  return withApplication(changed, { ...application, clusters, regions });
}

/** Stores of the application that are in the one region, which then have a copy in the other. */
function storesToCopy(
  { estate, stores }: CandidateScope,
  { name }: Application,
  { region }: Cluster,
): readonly DataStore[] {
  return estate.dataStores.filter(
    (store) =>
      stores.has(store.name) &&
      store.application === name &&
      store.regions.readers.length === 1 &&
      store.regions.readers[0] === region,
  );
}

/** What its journeys reach on the cluster, over Services and stores too; of what other journeys need, nothing. */
function neededBy(
  estate: Estate,
  application: Application,
  environment: string,
  cluster: string,
  workloads: ReadonlySet<string>,
): ReadonlySet<string> {
  const journeys = estate.journeys.filter(
    (journey) => journey.application === application.name && journey.environment === environment,
  );
  const services = new Map(estate.services.map((service) => [service.id, service.workloads]));
  const clusterOf = new Map(estate.workloads.map((workload) => [workload.id, workload.cluster]));
  const needed = new Set<string>();
  const open = journeys.flatMap(({ entryPoint, through }) => [...entryPoint.workloads, ...through]);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (needed.has(id) || clusterOf.get(id) !== cluster || !workloads.has(id)) continue;
    needed.add(id);
    for (const { from, to, type } of estate.dependencies) {
      if (from !== id || type === "soft") continue;
      if (to.kind === "workload") open.push(to.id);
      if (to.kind === "service") open.push(...(services.get(to.id) ?? []));
    }
  }
  return needed;
}

function movedTarget(target: DependencyTarget, moved: (id: string) => string): DependencyTarget {
  return target.kind === "workload" || target.kind === "service" ? { ...target, id: moved(target.id) } : target;
}

function copyOf(cluster: Cluster): Cluster {
  return { ...cluster, nodePools: cluster.nodePools.map((pool) => ({ ...pool, cluster: cluster.name })) };
}

/** Storage and runtime classes are of a cluster: the new one has those of the first. */
function classesFor(estate: Estate, cluster: Cluster, target: Cluster): Estate["objects"] {
  return estate.objects
    .filter((each) => each.cluster === cluster.name && /^(?:Storage|Runtime)Class$/.test(each.object.kind))
    .map((each) => ({ ...each, cluster: target.name }));
}
