import type { CandidateScope } from "../../../availability/improvements/candidate.ts";
import { economyChanges } from "../../../availability/improvements/economies.ts";
import type { Catalog } from "../../../catalog/catalog.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { declaredDemand } from "../../../finops/commitments/demand/declared-demand.ts";
import { spotCandidates } from "../../../finops/commitments/offers/spot-candidates.ts";
import type { PricedEstate } from "../../../finops/compute-cost.ts";
import type { IdleThing } from "../../../finops/right-sizing/idle/idle-things.ts";
import { changePool } from "../../../finops/right-sizing/nodes/packed-cluster.ts";
import type { SizedPool } from "../../../finops/right-sizing/nodes/size-nodes.ts";
import { resizeWorkload } from "../../../finops/right-sizing/requests/resize-workload.ts";
import { sizingSubjects } from "../../../finops/right-sizing/requests/sizing-subject.ts";
import { usageTargets } from "../../../finops/usage/usage-targets.ts";
import type { CostRightSizing } from "../rightsize-report.ts";
import { nodesOf, withFittingCounts } from "./fitting-counts.ts";
import type { SavedEstate } from "./saved-estate.ts";
import { document, onEstate, type SavingCandidate } from "./saving-candidate.ts";

/** What candidates are drawn from. */
export interface SavingScope {
  readonly priced: PricedEstate;
  readonly catalog: Catalog;
  readonly sizing: CostRightSizing;
  readonly economies: CandidateScope;
}

/** Every measure but commitments, which are chosen for what is left. */
export function savingCandidates(scope: SavingScope): readonly SavingCandidate[] {
  const { sizing } = scope;
  return [
    ...sizing.idle.flatMap(unusedThing),
    ...requestsByUsage(scope),
    ...sizing.nodePools.flatMap((pool) => [...fewerNodes(pool, scope), ...otherSize(pool, scope)]),
    ...officeHours(scope),
    ...spotPools(scope),
    ...givenUp(scope),
  ];
}

/** Empty pools go with their node counts; what is idle but runs goes with what it asks for. */
function unusedThing({ id, kind, label, reason, effect }: IdleThing): readonly SavingCandidate[] {
  if (effect !== "cash" || kind === "emptyPool") return [];
  const isOther = (each: { readonly id: string }) => each.id !== id;
  return [
    {
      id: `unused/${id}`,
      kind: "unused",
      because: reason,
      what: () => `remove ${label}`,
      realise: () => document(`delete ${label}`),
      take: onEstate((estate) => ({
        ...estate,
        claims: estate.claims.filter(isOther),
        services: estate.services.filter(isOther),
        cloudServices: estate.cloudServices.filter(({ name }) => `CloudService/${name}` !== id),
      })),
    },
  ];
}

function requestsByUsage({ sizing, priced }: SavingScope): readonly SavingCandidate[] {
  const { requests } = sizing;
  const changed = (requests?.rows ?? []).filter(
    ({ cpu, memory }) => cpu.current !== cpu.proposed || memory.current !== memory.proposed,
  );
  if (requests === undefined || changed.length === 0) return [];
  const proposed = new Map(changed.map(({ workload, containers }) => [workload, containers]));
  const subjects = new Map(
    sizingSubjects(priced.context.estate, usageTargets(priced.context)).map((each) => [each.workload.id, each]),
  );
  const resized = (workload: Estate["workloads"][number]) => {
    const containers = proposed.get(workload.id);
    const subject = subjects.get(workload.id);
    return containers === undefined || subject === undefined
      ? workload
      : resizeWorkload({ ...subject, workload }, containers);
  };
  return [
    {
      id: "requests",
      kind: "requests",
      because: `${requests.source} shows what they use`,
      caveat: "what runs on fewer or other nodes below stands on these requests",
      what: () => `set the proposed requests of ${changed.length} workloads`,
      realise: () => ({ kind: "command", words: ["cost", "rightsize", "--usage", requests.source] }),
      take: onEstate((estate) => ({ ...estate, workloads: estate.workloads.map(resized) })),
    },
  ];
}

const noSpareRoom = "no node is kept to take over from a lost one, beyond what spread over zones asks for";

function fewerNodes(sized: SizedPool, { catalog, priced }: SavingScope): readonly SavingCandidate[] {
  const { cluster, pool: name, declared, own } = sized;
  const before = declared.nodes;
  if (own !== undefined && own.nodes >= before) return [];
  if (before === 0) return [];
  const pool = { cluster, name };
  const isPool = (each: { readonly cluster: string; readonly name: string }) =>
    each.cluster === cluster && each.name === name;
  return [
    {
      id: `nodeCount/${cluster}/${name}`,
      kind: "nodeCount",
      because: "its pods fit on fewer nodes",
      caveat: noSpareRoom,
      place: placeOf(priced, pool),
      what: (after) =>
        `run ${nodesOf(after.priced.context.placement, pool)} instead of ${before} nodes in ${cluster}/${name}`,
      realise: (after) => document(`${poolField(cluster, name)}.${countField(after, pool)}`),
      take: onEstate((estate) => withFittingCounts(estate, catalog, isPool)),
    },
  ];
}

function otherSize(sized: SizedPool, { catalog, priced }: SavingScope): readonly SavingCandidate[] {
  const { cluster, pool: name, declared, advised } = sized;
  if (advised === undefined || advised.vmSize === declared.vmSize) return [];
  const pool = { cluster, name };
  return [
    {
      id: `nodeSize/${cluster}/${name}`,
      kind: "nodeSize",
      because: "the same pods cost less on it",
      caveat: noSpareRoom,
      place: placeOf(priced, pool),
      what: (after) =>
        `run ${cluster}/${name} on ${nodesOf(after.priced.context.placement, pool)} × ${advised.vmSize.replace(/^Standard_/, "")} instead of ${declared.vmSize.replace(/^Standard_/, "")}`,
      realise: (after) =>
        document(
          `${poolField(cluster, name)}: {vmSize: ${advised.vmSize}, ${countField(after, pool)}, osDisk: {type: ${advised.osDisk}}}`,
        ),
      take: onEstate((estate) =>
        withFittingCounts(
          changePool(estate, pool, (each) => ({
            ...each,
            vmSize: advised.vmSize,
            osDisk: advised.osDisk === each.osDisk.type ? each.osDisk : { ...each.osDisk, type: advised.osDisk },
          })),
          catalog,
          (each) => each.cluster === cluster && each.name === name,
        ),
      ),
    },
  ];
}

function placeOf({ context }: PricedEstate, pool: { readonly cluster: string; readonly name: string }) {
  const cluster = context.estate.clusters.find(({ name }) => name === pool.cluster);
  return cluster?.nodePools.find(({ name }) => name === pool.name)?.place;
}

function poolField(cluster: string, name: string): string {
  return `Cluster ${cluster}: spec.nodePools[${name}]`;
}

/** The count as the pool declares it: fixed, or the least that the autoscaler keeps. */
function countField({ estate }: SavedEstate, { cluster, name }: { readonly cluster: string; readonly name: string }) {
  const pool = estate.clusters.find((each) => each.name === cluster)?.nodePools.find((each) => each.name === name);
  const least = pool?.minimumNodes ?? 0;
  return pool?.autoscaling === true ? `autoscaling: {min: ${least}, max: ${pool.maximumNodes}}` : `count: ${least}`;
}

/** Clusters whose environments all have hours, and that run outside of them. */
function officeHours({ priced: { context } }: SavingScope): readonly SavingCandidate[] {
  const already = new Set(declaredDemand(context, false).stopped);
  return declaredDemand(context, true)
    .stopped.filter((cluster) => !already.has(cluster))
    .map((cluster) => ({
      id: `schedule/${cluster}`,
      kind: "schedule",
      because: "nobody uses its environments outside their hours",
      caveat: "nobody reaches it while it is stopped",
      place: context.estate.clusters.find(({ name }) => name === cluster)?.place,
      what: () => `stop ${cluster} outside the hours of its environments`,
      realise: () => document(`Cluster ${cluster}: spec.stopsOutsideHours: true`),
      take: ({ estate, stopped }) => ({ estate, stopped: new Set([...stopped, cluster]) }),
    }));
}

/** User pools whose every workload says that it may be evicted; no others. */
function spotPools({ priced: { context } }: SavingScope): readonly SavingCandidate[] {
  return spotCandidates(context, declaredDemand(context, false).pools).flatMap(
    ({ cluster, name, obstacle }): readonly SavingCandidate[] => {
      if (obstacle !== undefined) return [];
      return [
        {
          id: `spot/${cluster}/${name}`,
          kind: "spot",
          because: "every workload on it tolerates the spot taint",
          place: context.estate.clusters
            .find((each) => each.name === cluster)
            ?.nodePools.find((each) => each.name === name)?.place,
          caveat: "nodes may be taken away with 30 seconds' notice; the availability of journeys does not count it",
          what: () => `run ${cluster}/${name} on spot nodes`,
          realise: () => document(`${poolField(cluster, name)}.spot: true`),
          take: onEstate((estate) => changePool(estate, { cluster, name }, (pool) => ({ ...pool, spot: true }))),
        },
      ];
    },
  );
}

/** Tiers, redundancy and replicas; node counts are measures of their own. */
function givenUp({ economies: scope }: SavingScope): readonly SavingCandidate[] {
  const kinds = { controlPlaneTier: "tier", serviceZones: "redundancy", replicas: "replicas" } as const;
  return economyChanges(scope).flatMap((change): readonly SavingCandidate[] => {
    const { id, kind, what, because, caveat, place, listPriced = [] } = change;
    // Its declared price does not hold without, and the list price is not what is paid.
    if (listPriced.length > 0) return [];
    if (kind !== "controlPlaneTier" && kind !== "serviceZones" && kind !== "replicas") return [];
    if (kind === "controlPlaneTier" && isCritical(scope.estate, id.split("/")[1])) return [];
    return [
      {
        id,
        kind: kinds[kind],
        because,
        caveat,
        place,
        what: () => what,
        realise: () => document(documentChange(id, what)),
        take: onEstate((estate) =>
          economyChanges({ ...scope, estate })
            .find((each) => each.id === id)
            ?.estate(),
        ),
      },
    ];
  });
}

/** An API server that nobody promises is nothing to save on where an environment of high criticality runs. */
function isCritical({ clusters, environments }: Estate, cluster: string | undefined): boolean {
  const names = clusters.find(({ name }) => name === cluster)?.environments ?? [];
  return environments.some(({ name, criticality }) => criticality === "high" && names.includes(name));
}

function documentChange(id: string, what: string): string {
  const [kind, first = "", second = ""] = id.split("/");
  if (kind === "controlPlaneTier") return `Cluster ${first}: spec.tier: Free`;
  if (kind === "serviceZones") return `${first} ${second}: spec.zoneRedundant: false`;
  return what.replace(/^run (\d+) instead of (\d+) replicas of (.*)$/, "$3: spec.replicas: $1");
}
