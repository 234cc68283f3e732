import { primaryRegion, servingRegion } from "../../estate/assumptions/failure-structure-rules.ts";
import type { Application, Journey } from "../../estate/model/application.ts";
import { switchEvent, switchExposure } from "../failover/switch-exposure.ts";
import type { NodeId } from "../fault-tree/fault-tree.ts";
import { entryChain } from "./entry-chain.ts";
import { entryFailure } from "./entry-path.ts";
import { type Exposure, fullExposure } from "./exposure.ts";
import type { FaultModel } from "./fault-model.ts";
import { isStoodInFor } from "./idle-workloads.ts";
import type { JourneyScope, ServingFailures } from "./serving-failure.ts";

/** A cluster's part in a journey. */
interface Site {
  readonly cluster: string;
  readonly region: string;
  /** Workloads behind the entry point and those that the journey names, on this cluster. */
  readonly starts: readonly string[];
}

/**
 * The top event `serve` of a journey: its entry path, the workloads behind it, and all that they need, on the clusters
 * that serve it, joined as the application's regions say; what stands in front of the regions is joined outside.
 */
export function journeyFailure(
  model: FaultModel,
  serving: ServingFailures,
  journey: Journey,
  scope: JourneyScope,
): NodeId {
  reportBroken(model, journey, scope);
  const sites = sitesOf(model, journey, scope);
  const chain = entryChain(model, journey, [...new Set(sites.map(({ region }) => region))], scope);
  const causes = [...chain.outside];
  const elsewhere = journey.through.filter((id) => !sites.some(({ starts }) => starts.includes(id)));
  if (elsewhere.length > 0) causes.push(serving.failureOf(elsewhere, fullExposure, scope));
  const siteFailure = (site: Site, exposure: Exposure) =>
    model.book.tree.or([
      serving.failureOf(site.starts, exposure, scope),
      entryFailure(model, serving, journey.entryPoint, site.cluster, exposure, scope),
      ...chain.ofRegion(site.region, exposure),
    ]);
  causes.push(joinSites(model, journey, sites, siteFailure));
  return model.book.tree.or(causes);
}

/** What could not be used of the application leaves the journey not evaluable. */
function reportBroken({ applications, errors }: FaultModel, journey: Journey, scope: JourneyScope): void {
  for (const broken of applications.get(journey.application)?.broken ?? []) scope.missing.add(broken);
  for (const broken of journey.broken ?? []) scope.missing.add(broken);
  for (const message of errors.get(journey.id) ?? []) scope.missing.add(message);
}

function sitesOf(model: FaultModel, journey: Journey, scope: JourneyScope): readonly Site[] {
  const starts = new Map<string, string[]>();
  for (const id of journey.entryPoint.workloads) {
    const workload = model.workloads.get(id);
    if (workload === undefined) {
      scope.missing.add(`workload ${id}, behind entry point ${journey.entryPoint.name}`);
      continue;
    }
    if (isStoodInFor(model, workload)) continue;
    const known = starts.get(workload.cluster);
    if (known === undefined) starts.set(workload.cluster, [id]);
    else known.push(id);
  }
  if (journey.entryPoint.workloads.length === 0 && (journey.broken ?? []).length === 0) {
    scope.missing.add(`a workload behind entry point ${journey.entryPoint.name}`);
  }
  for (const id of journey.through) {
    const cluster = model.workloads.get(id)?.cluster;
    if (cluster !== undefined) starts.get(cluster)?.push(id);
  }
  return [...starts]
    .map(([cluster, ids]) => ({ cluster, region: model.clusters.get(cluster)?.region ?? cluster, starts: ids }))
    .sort((left, right) => (left.cluster < right.cluster ? -1 : 1));
}

function joinSites(
  model: FaultModel,
  journey: Journey,
  sites: readonly Site[],
  failureOf: (site: Site, exposure: Exposure) => NodeId,
): NodeId {
  const { tree } = model.book;
  const [first] = sites;
  if (first === undefined) return tree.or([]);
  const application = model.applications.get(journey.application);
  const mode = application?.regions.mode ?? "single";
  const everySite = (members: readonly Site[], exposure: Exposure) =>
    tree.and(members.map((site) => failureOf(site, exposure)));
  if (sites.length === 1) return failureOf(first, fullExposure);
  switch (mode) {
    case "activeActive":
      return everySite(sites, fullExposure);
    case "single": {
      const serving = sites.find(({ region }) => region === application?.regions.primary) ?? first;
      const clusters = sites.map(({ cluster }) => cluster);
      const parameters = { application: journey.application, clusters, serving: serving.cluster };
      model.failures.assume(servingRegion, `Application/${journey.application}`, parameters, application?.place);
      return failureOf(serving, fullExposure);
    }
    case "activePassive": {
      const primary = primaryOf(model, application, sites);
      const active = sites.filter(({ region }) => region === primary);
      const passive = sites.filter(({ region }) => region !== primary);
      if (passive.length === 0) return everySite(active, fullExposure);
      const exposure = switchExposure(model, application, journey.entryPoint);
      const switchover = tree.or([everySite(passive, fullExposure), switchEvent(model, journey)]);
      return tree.or([everySite(active, exposure), tree.and([everySite(active, fullExposure), switchover])]);
    }
  }
}

function primaryOf(model: FaultModel, application: Application | undefined, sites: readonly Site[]): string {
  const declared = application?.regions.primary;
  if (declared !== undefined && sites.some(({ region }) => region === declared)) return declared;
  const region = sites[0]?.region ?? "";
  const name = application?.name ?? "";
  model.failures.assume(primaryRegion, `Application/${name}`, { application: name, region }, application?.place);
  return region;
}
