import { regionMode } from "../assumptions/estate-rules.ts";
import type { Application, RegionMode } from "../model/application.ts";
import type { Cluster } from "../model/cluster.ts";
import type { LoadProfile, Region } from "../model/estate.ts";
import { parseDuration } from "../quantities/duration.ts";
import { parsePercentage } from "../quantities/percentage.ts";
import { type BoundApplication, reportBroken } from "./bind-applications.ts";
import { bindRecovery } from "./bind-services.ts";
import type { BindingLog } from "./binding-log.ts";
import type { NamespaceOwners } from "./namespace-owners.ts";
import { UNASSIGNED_TENANT } from "./namespace-owners.ts";
import type { WorkloadDirectory } from "./workload-directory.ts";
import { referencedName } from "./written-reference.ts";

interface FinishingContext {
  readonly clusters: readonly Cluster[];
  readonly regions: readonly Region[] | undefined;
  readonly loadProfiles: readonly LoadProfile[];
  readonly owners: NamespaceOwners;
  readonly directory: WorkloadDirectory;
  readonly log: BindingLog;
}

/** The applications as engines see them, once everything that they refer to is known. */
export function finishApplications(
  applications: readonly BoundApplication[],
  context: FinishingContext,
): readonly Application[] {
  return applications.map((application) => {
    const spec = application.document.value.spec ?? {};
    const load = bindLoad(application, context);
    const regions = bindRegionMode(application, context);
    return {
      name: application.name,
      tenant: application.tenant ?? tenantByNamespace(application, context.owners),
      class: spec.class,
      environments: application.environments,
      clusters: application.clusters,
      namespace: application.namespace,
      regions,
      load,
      ...bindLongestRequest(spec.longestRequest),
      recovery: bindRecovery(spec.recovery),
      delivery: bindDelivery(spec.delivery),
      requires: spec.requires ?? {},
      broken: application.needs.ofAll,
      place: application.document.locate([]),
    };
  });
}

function tenantByNamespace({ namespace }: BoundApplication, owners: NamespaceOwners): string {
  return namespace === undefined ? UNASSIGNED_TENANT : owners.ownerOf(namespace);
}

function bindLoad(
  application: BoundApplication,
  { loadProfiles, directory, log }: FinishingContext,
): Application["load"] {
  const names = loadProfiles.map(({ name }) => name);
  return (application.document.value.spec?.load ?? []).flatMap((load, index) => {
    const path = ["spec", "load", index];
    const profile = referencedName(load.profile);
    if (!names.includes(profile)) {
      reportBroken(application, [...path, "profile"], { what: "LoadProfile", target: profile, candidates: names }, log);
      return [];
    }
    const found = application.environments.flatMap((environment) =>
      application.clusters.has(environment)
        ? directory.resolve(application, environment, load.workload, [...path, "workload"], log)
        : [],
    );
    return found.length === 0 ? [] : [{ profile, workload: load.workload, perReplica: load.perReplica }];
  });
}

function bindLongestRequest(text: string | undefined): Pick<Application, "longestRequestSeconds"> {
  const seconds = text === undefined ? undefined : parseDuration(text);
  return seconds === undefined ? {} : { longestRequestSeconds: seconds };
}

type DeliverySpec = NonNullable<BoundApplication["document"]["value"]["spec"]>["delivery"];

function bindDelivery(delivery: DeliverySpec): Application["delivery"] {
  const { strategy, controller, steps, perMonth } = delivery ?? {};
  const share = delivery?.badShare;
  const badShare = typeof share === "string" ? parsePercentage(share) : share;
  return {
    ...(strategy === undefined ? {} : { strategy }),
    ...(controller === undefined ? {} : { controller }),
    ...(steps === undefined ? {} : { steps }),
    ...(perMonth === undefined ? {} : { perMonth }),
    ...(badShare === undefined ? {} : { badShare }),
  };
}

function bindRegionMode(application: BoundApplication, context: FinishingContext): RegionMode {
  const declared = application.document.value.spec?.regions;
  const own = regionsOf(application, context.clusters);
  checkPrimary(application, context);
  const mode = declared?.mode ?? assumeMode(application, own, context.log);
  return {
    mode,
    primary: declared?.primary ?? (mode === "activeActive" ? undefined : own[0]),
    switchSeconds: declared?.switchSeconds,
    detectSeconds: declared?.detectSeconds,
  };
}

/** Regions of the clusters of that environment where it is in most of them. */
function regionsOf({ clusters: bound }: BoundApplication, clusters: readonly Cluster[]): readonly string[] {
  const byEnvironment = [...bound.values()].map((names) => [
    ...new Set(clusters.filter(({ name }) => names.includes(name)).map(({ region }) => region)),
  ]);
  return byEnvironment.reduce<readonly string[]>(
    (most, regions) => (regions.length > most.length ? regions : most),
    [],
  );
}

function assumeMode(application: BoundApplication, regions: readonly string[], log: BindingLog): RegionMode["mode"] {
  if (regions.length < 2) return "single";
  const { document } = application;
  log.assume(regionMode, document.id, { mode: "activeActive", regions }, document.locate(["spec"]));
  return "activeActive";
}

function checkPrimary(application: BoundApplication, { regions, clusters, log }: FinishingContext): void {
  const primary = application.document.value.spec?.regions?.primary;
  const names = (regions ?? clusters.map(({ region }) => ({ name: region }))).map(({ name }) => name);
  if (primary === undefined || names.includes(primary)) return;
  reportBroken(
    application,
    ["spec", "regions", "primary"],
    { what: "region", target: primary, candidates: names },
    log,
  );
}
