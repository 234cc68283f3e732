import { journeyFromEntryPoint, journeyTermsOfProduction } from "../assumptions/estate-rules.ts";
import { referenceUnread } from "../diagnostics/reference-diagnostics.ts";
import type { EntryPoint, Journey } from "../model/application.ts";
import { parseUnavailability } from "../quantities/percentage.ts";
import { type BoundApplication, reportBroken } from "./bind-applications.ts";
import type { OwnedEntryPoint } from "./bind-entry-points.ts";
import type { BindingLog } from "./binding-log.ts";
import { neededFieldsOf } from "./missing-needs.ts";
import { type NamedEntry, namedEntries } from "./named-entries.ts";
import type { WorkloadDirectory } from "./workload-directory.ts";

/**
 * What users do: the declared journeys in each environment of their Application, and for Applications (and manifests of
 * none) that declare none, one journey for each entry point that leads somewhere.
 */
export function bindJourneys(
  entryPoints: readonly OwnedEntryPoint[],
  applications: readonly BoundApplication[],
  directory: WorkloadDirectory,
  log: BindingLog,
): readonly Journey[] {
  const declared = applications.flatMap((application) => declaredJourneys(application, entryPoints, directory, log));
  const declaring = new Set(
    applications.filter(({ document }) => (document.value.spec?.journeys ?? []).length > 0).map(({ name }) => name),
  );
  const inferred = entryPoints
    .filter(({ owner, entryPoint }) => !declaring.has(owner) && entryPoint.workloads.length > 0)
    .map((owned) => inferJourney(owned, log));
  return [...declared, ...inferred];
}

function declaredJourneys(
  application: BoundApplication,
  entryPoints: readonly OwnedEntryPoint[],
  directory: WorkloadDirectory,
  log: BindingLog,
): readonly Journey[] {
  const { document, environments, clusters } = application;
  const entries = namedEntries(document.value.spec?.journeys, ["spec", "journeys"], document, log);
  // Environments stand in order of promotion: the last one is where users are.
  const production = environments.findLast((environment) => clusters.has(environment));
  const hasTerms = entries.some(({ item }) => item.objective !== undefined || item.downtimeCostPerMinute !== undefined);
  if (hasTerms && production !== undefined && environments.length > 1) {
    log.assume(
      journeyTermsOfProduction,
      `Application/${application.name}`,
      { environment: production },
      document.locate([]),
    );
  }
  return entries.flatMap((entry) =>
    environments
      .filter((environment) => clusters.has(environment))
      .map((environment) =>
        bindJourney(entry, application, environment, {
          entryPoints,
          directory,
          log,
          isProduction: environment === production,
        }),
      ),
  );
}

/** Terms of a journey outside production. */
const NO_TERMS: Pick<JourneySpec, "objective" | "downtimeCostPerMinute"> = {
  objective: undefined,
  downtimeCostPerMinute: undefined,
};

type JourneySpec = NonNullable<NonNullable<BoundApplication["document"]["value"]["spec"]>["journeys"]>[number];

interface JourneyContext {
  readonly entryPoints: readonly OwnedEntryPoint[];
  readonly directory: WorkloadDirectory;
  readonly log: BindingLog;
  readonly isProduction: boolean;
}

function bindJourney(
  { item, path }: NamedEntry<JourneySpec>,
  application: BoundApplication,
  environment: string,
  context: JourneyContext,
): Journey {
  const { document } = application;
  const found = findEntryPoint(item.entryPoint, application, environment, context.entryPoints);
  if (found === undefined)
    reportMissingEntryPoint(item.entryPoint, [...path, "entryPoint"], application, environment, context);
  const entryPoint = found ?? missingEntryPoint(item.entryPoint, environment);
  const through = (item.through ?? []).map((reference, index) => ({
    reference,
    ids: context.directory.resolve(application, environment, reference, [...path, "through", index], context.log),
  }));
  const missing = [
    ...through
      .filter(({ ids }) => ids.length === 0)
      .map(({ reference }) => `${reference}, which is not among the workloads of ${environment}`),
    ...neededFieldsOf(document.written(path), document.broken).map((field) => `a usable ${field} of ${document.id}`),
  ];
  if (found === undefined) missing.push(`entry point ${item.entryPoint}, which does not exist in ${environment}`);
  const { objective, downtimeCostPerMinute } = context.isProduction ? item : NO_TERMS;
  return {
    id: `${environment}/${application.name}/${item.name}`,
    name: item.name,
    application: application.name,
    environment,
    entryPoint,
    through: [...new Set(through.flatMap(({ ids }) => ids))],
    downtimeCostPerMinute,
    objectiveUnavailability: objective === undefined ? undefined : parseUnavailability(objective),
    objective,
    ...(missing.length === 0 ? {} : { broken: missing }),
    place: document.locate(path),
  };
}

/** The journeys with what they need of their Application and their environment lacks. */
export function markJourneys(
  journeys: readonly Journey[],
  applications: readonly BoundApplication[],
): readonly Journey[] {
  const needs = new Map(applications.map((application) => [application.name, application.needs]));
  return journeys.map((journey) => {
    const missing = needs.get(journey.application)?.of(journey.environment) ?? [];
    return missing.length === 0 ? journey : { ...journey, broken: [...(journey.broken ?? []), ...missing] };
  });
}

/** Stands in for an entry point that does not exist, so that the journey is listed as not evaluable. */
function missingEntryPoint(name: string, environment: string): EntryPoint {
  return { name, workloads: [], environment, hostname: undefined, exposure: "public", through: [], origin: "declared" };
}

function findEntryPoint(
  name: string,
  application: BoundApplication,
  environment: string,
  entryPoints: readonly OwnedEntryPoint[],
): EntryPoint | undefined {
  const ofEnvironment = entryPoints.filter(
    ({ entryPoint }) => entryPoint.environment === environment && entryPoint.name === name,
  );
  return (ofEnvironment.find(({ owner }) => owner === application.name) ?? ofEnvironment[0])?.entryPoint;
}

function reportMissingEntryPoint(
  target: string,
  path: readonly (string | number)[],
  application: BoundApplication,
  environment: string,
  { entryPoints, log }: JourneyContext,
): void {
  const elsewhere = entryPoints.some(
    ({ owner, entryPoint }) => owner === application.name && entryPoint.name === target,
  );
  const mark = elsewhere ? `entry point ${target} in ${environment}` : target;
  if (application.broken.has(mark)) return;
  const unread = [...application.needs.unread];
  if (!elsewhere && unread.length > 0) {
    const { document } = application;
    const parameters = { field: document.id, what: "entry point", target, unread };
    log.report(referenceUnread, parameters, { place: document.locate(path), affects: [document.id] });
    application.broken.add(mark);
    return;
  }
  const candidates = entryPoints.map(({ entryPoint }) => entryPoint.name);
  reportBroken(
    application,
    path,
    { what: elsewhere ? `entry point (in ${environment})` : "entry point", target, candidates },
    log,
  );
  application.broken.add(mark);
}

function inferJourney({ owner, entryPoint }: OwnedEntryPoint, log: BindingLog): Journey {
  const { environment, name, origin, place } = entryPoint;
  const id = `${environment}/${owner}/${name}`;
  log.assume(journeyFromEntryPoint, `Journey/${id}`, { entryPoint: name, origin }, place);
  return {
    id,
    name,
    application: owner,
    environment,
    entryPoint,
    through: [],
    downtimeCostPerMinute: undefined,
    objectiveUnavailability: undefined,
    objective: undefined,
    ...(place === undefined ? {} : { place }),
  };
}
