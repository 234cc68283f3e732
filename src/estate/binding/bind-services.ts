import { cloudServiceRegion } from "../assumptions/estate-rules.ts";
import { loadProfileEmpty } from "../diagnostics/objective-diagnostics.ts";
import { exclusiveFields } from "../diagnostics/reference-diagnostics.ts";
import type { DocumentKind } from "../kinds/document-kinds.ts";
import type { Price } from "../kinds/price.ts";
import type { Recovery } from "../kinds/recovery.ts";
import type { ValidDocument } from "../kinds/validate-document.ts";
import type { RecoveryObjective } from "../model/application.ts";
import type { Cluster } from "../model/cluster.ts";
import type { LoadProfile, Region } from "../model/estate.ts";
import type { CloudService, DataStore, DeclaredPrice } from "../model/service.ts";
import { parseDuration } from "../quantities/duration.ts";
import { parseUnavailability } from "../quantities/percentage.ts";
import type { FieldPath } from "../sources/yaml-document.ts";
import type { BindingLog } from "./binding-log.ts";
import type { DocumentSet } from "./document-set.ts";
import type { WorkloadDirectory } from "./workload-directory.ts";

/** What stores and services refer to. */
export interface ServiceSurroundings {
  readonly applications: readonly string[];
  /** Undefined when the Estate declares no region, so that every name is taken. */
  readonly regions: readonly Region[] | undefined;
  readonly clusters: readonly Cluster[];
  readonly directory: WorkloadDirectory;
  readonly log: BindingLog;
}

export function bindDataStores(documents: DocumentSet, surroundings: ServiceSurroundings): readonly DataStore[] {
  return documents.dataStores.map((document) => {
    const spec = document.value.spec ?? {};
    checkDataStore(document, surroundings);
    return {
      name: document.name,
      application: spec.application,
      service: spec.service ?? "auto",
      sku: spec.sku ?? undefined,
      workload: spec.workload ?? undefined,
      regions: { readers: spec.regions?.readers ?? [], writers: spec.regions?.writers ?? [] },
      zoneRedundant: spec.zoneRedundant,
      sizeGiB: spec.sizeGiB,
      recovery: bindRecovery(spec.recovery),
      price: bindPrice(spec.price ?? undefined),
      unavailability: unavailabilityOf(spec.availability ?? undefined),
      spec,
      place: document.locate([]),
    };
  });
}

export function bindCloudServices(documents: DocumentSet, surroundings: ServiceSurroundings): readonly CloudService[] {
  return documents.cloudServices.map((document) => {
    const { spec } = document.value;
    checkRegions(document, Array.isArray(spec.regions) ? spec.regions : [], ["spec", "regions"], surroundings);
    return {
      name: document.name,
      service: spec.service,
      tier: spec.tier ?? undefined,
      regions: spec.regions ?? assumeRegions(document, surroundings),
      zoneRedundant: spec.zoneRedundant,
      quantity: spec.quantity ?? 1,
      unavailability: unavailabilityOf(spec.availability ?? undefined),
      price: bindPrice(spec.price ?? undefined),
      spec,
      place: document.locate([]),
    };
  });
}

export function bindLoadProfiles({ loadProfiles }: DocumentSet, log: BindingLog): readonly LoadProfile[] {
  return loadProfiles.map((document) => {
    const { spec } = document.value;
    const context = { place: document.locate(["spec"]), affects: [document.id] };
    if (spec.shape !== undefined && spec.series !== undefined) {
      log.report(exclusiveFields, { field: `shape of ${document.id}`, other: "series" }, context);
    }
    if (spec.shape === undefined && spec.series === undefined) {
      log.report(loadProfileEmpty, { profile: document.name }, context);
    }
    return { name: document.name, unit: spec.unit ?? "requestsPerSecond", spec, place: document.locate([]) };
  });
}

/** Recovery objectives in seconds by the scope that fails. */
export function bindRecovery(recovery: Recovery | undefined): { readonly [scope: string]: RecoveryObjective } {
  const scopes = Object.entries(recovery ?? {}).flatMap(([scope, target]): [string, RecoveryObjective][] =>
    target === undefined ? [] : [[scope, { rtoSeconds: seconds(target.rto), rpoSeconds: seconds(target.rpo) }]],
  );
  return Object.fromEntries(scopes);
}

function seconds(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseDuration(text);
}

function unavailabilityOf(availability: string | undefined): number | undefined {
  return availability === undefined ? undefined : parseUnavailability(availability);
}

function bindPrice(price: Price | undefined): DeclaredPrice | undefined {
  return price === undefined
    ? undefined
    : { monthlyCost: price.monthlyCost, source: price.source ?? "declared", asOf: price.asOf ?? "" };
}

function checkDataStore(document: ValidDocument<"DataStore">, surroundings: ServiceSurroundings): void {
  const spec = document.value.spec ?? {};
  const { applications, directory, log } = surroundings;
  if (spec.application !== undefined && !applications.includes(spec.application)) {
    reportDangling(document, ["spec", "application"], "Application", spec.application, applications, log);
  }
  const workload = spec.workload ?? undefined;
  if (workload !== undefined && !directory.knows(workload)) {
    reportDangling(document, ["spec", "workload"], "workload", workload, directory.near(workload), log);
  }
  checkRegions(document, spec.regions?.readers ?? [], ["spec", "regions", "readers"], surroundings);
  checkRegions(document, spec.regions?.writers ?? [], ["spec", "regions", "writers"], surroundings);
}

function checkRegions(
  document: ValidDocument<DocumentKind>,
  named: readonly string[],
  path: FieldPath,
  { regions, log }: ServiceSurroundings,
): void {
  if (regions === undefined) return;
  const names = regions.map(({ name }) => name);
  named.forEach((target, index) => {
    if (!names.includes(target)) reportDangling(document, [...path, index], "region", target, names, log);
  });
}

function reportDangling(
  document: ValidDocument<DocumentKind>,
  path: FieldPath,
  what: string,
  target: string,
  candidates: readonly string[],
  log: BindingLog,
): void {
  const parameters = { field: document.id, what, target, candidates };
  log.dangling(parameters, { place: document.locate(path), affects: [document.id] });
}

function assumeRegions(
  document: ValidDocument<"CloudService">,
  { clusters, log }: ServiceSurroundings,
): readonly string[] {
  const region = clusters[0]?.region;
  if (region === undefined) return [];
  log.assume(cloudServiceRegion, document.id, { region }, document.locate(["spec"]));
  return [region];
}
