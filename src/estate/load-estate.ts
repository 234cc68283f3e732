import { compareAssumptions } from "./assumptions/catalogue.ts";
import { failureModelNames } from "./assumptions/failure-rules.ts";
import { type BoundApplication, bindApplications } from "./binding/bind-applications.ts";
import { bindAudit } from "./binding/bind-audit.ts";
import { bindClusters } from "./binding/bind-clusters.ts";
import { bindCommercial, bindCurrency } from "./binding/bind-commercial.ts";
import { bindDependencies } from "./binding/bind-dependencies.ts";
import { bindEntryPoints } from "./binding/bind-entry-points.ts";
import { bindEnvironments } from "./binding/bind-environments.ts";
import { bindFailureModel } from "./binding/bind-failure-model.ts";
import { bindJourneys, markJourneys } from "./binding/bind-journeys.ts";
import { bindNetworks } from "./binding/bind-networks.ts";
import { bindObjectives } from "./binding/bind-objectives.ts";
import { declaredRegions, regionsOfClusters } from "./binding/bind-regions.ts";
import { bindCloudServices, bindDataStores, bindLoadProfiles } from "./binding/bind-services.ts";
import { bindClassifications, bindTenants } from "./binding/bind-tenants.ts";
import { BindingLog } from "./binding/binding-log.ts";
import { reportDependencyCycles } from "./binding/dependency-cycles.ts";
import { type DocumentSet, readDocumentSet } from "./binding/document-set.ts";
import { reportEmptyObjectives } from "./binding/empty-objectives.ts";
import { finishApplications } from "./binding/finish-applications.ts";
import { reportLostDocuments } from "./binding/lost-documents.ts";
import { indexUnits, type ManifestUnit, type UnitIndex } from "./binding/manifest-unit.ts";
import { mergeDependencies } from "./binding/merge-dependencies.ts";
import { NamespaceOwners } from "./binding/namespace-owners.ts";
import { placeObjects } from "./binding/place-objects.ts";
import { type ManifestPlan, planManifests } from "./binding/plan-manifests.ts";
import { documentsOnly, readFile } from "./binding/read-files.ts";
import { reportSources } from "./binding/report-sources.ts";
import { indexSources, type SourceIndex } from "./binding/source-index.ts";
import { UnitLoader } from "./binding/unit-loader.ts";
import { widenAffects } from "./binding/widen-affects.ts";
import { WorkloadDirectory } from "./binding/workload-directory.ts";
import { inferDependencies } from "./dependencies/infer-dependencies.ts";
import { compareDiagnostics } from "./diagnostics/catalogue.ts";
import { isForCloudOperator } from "./kubernetes/cloud-operator.ts";
import { readClusterState } from "./kubernetes/read-cluster-state.ts";
import type { Cluster } from "./model/cluster.ts";
import type { Environment, Estate, Network, Region } from "./model/estate.ts";
import type { ChartRequest, RenderedChart } from "./sources/chart.ts";
import type { SourceSet } from "./sources/source-set.ts";
import type { YamlDocument } from "./sources/yaml-document.ts";

/** What loading needs beside the texts. */
export interface LoadOptions {
  /** Answers to `chartRequests`, by key. A chart without an answer is a diagnostic. */
  readonly renderedCharts?: ReadonlyMap<string, RenderedChart>;
}

/** Name of an estate that declares none. */
const UNNAMED = "estate";

/**
 * Documents and manifests to the one estate, top to bottom: texts -> documents -> places -> objects -> workloads ->
 * journeys and dependencies. Never throws on any input: what cannot be used is a diagnostic, what is missing an
 * assumption.
 */
export function loadEstate(sources: SourceSet, options: LoadOptions = {}): Estate {
  const log = new BindingLog();
  log.take(sources.diagnostics);
  const index = indexSources(sources);
  const units = indexUnits(index);
  const loader = new UnitLoader(index, options.renderedCharts ?? new Map(), log);
  const files = index.files.flatMap((path) => {
    if (units.isRead(path)) return [loader.file(path)];
    return units.holdsDocuments(path) ? [documentsOnly(loader.file(path))] : [];
  });
  const documents = readDocumentSet(
    files.flatMap(({ scantlingDocuments }) => scantlingDocuments),
    log,
  );
  reportLostDocuments(files, documents, index.texts, log);
  const setting = bindSetting(documents, log);
  const applications = bindApplications(documents, setting, log);
  const holdsObjects = (path: string): boolean => loader.file(path).objects.length > 0;
  const isOperated = (unit: ManifestUnit): boolean =>
    unit.kind === "kustomization" && isForCloudOperator(loader.load(unit).objects);
  const planned = { index, units, holdsObjects, isForCloudOperator: isOperated };
  const plan = planManifests(applications, setting, planned, log);
  reportSources(files, plan, { index, sources }, log);
  const owners = new NamespaceOwners(documents, applications, setting.clusters, log);
  const { objects, overwritten } = placeObjects(plan, { loader, owners, applications, log });
  const state = readClusterState(objects);
  log.take(state.diagnostics);
  log.assumptions.push(...state.assumptions);
  return finishEstate({ documents, setting, applications, owners, objects, overwritten, state, log });
}

/** The charts that must be rendered before `loadEstate` can say what they hold. */
export function chartRequests(sources: SourceSet): readonly ChartRequest[] {
  const index = indexSources(sources);
  if (index.charts.length === 0) return [];
  const log = new BindingLog();
  const units = indexUnits(index);
  const documents = readDocumentSet(scantlingDocuments(index, units), log);
  const setting = bindSetting(documents, log);
  const applications = bindApplications(documents, setting, log);
  const plan = planManifests(
    applications,
    setting,
    { index, units, holdsObjects: () => false, isForCloudOperator: () => false },
    log,
  );
  return chartsOf(plan);
}

function scantlingDocuments(index: SourceIndex, units: UnitIndex): readonly YamlDocument[] {
  return index.files
    .filter(
      (path) =>
        units.holdsDocuments(path) || (units.isRead(path) && /scantling\/|openslo\//.test(index.texts.get(path) ?? "")),
    )
    .flatMap((path) => readFile(path, index).scantlingDocuments);
}

function chartsOf(plan: ManifestPlan): readonly ChartRequest[] {
  const requests = new Map<string, ChartRequest>();
  for (const { units } of plan.assignments) {
    for (const unit of units) if (unit.kind === "chart") requests.set(unit.request.key, unit.request);
  }
  return [...requests.values()];
}

/** What everything else is placed in. */
interface Setting {
  readonly environments: readonly Environment[];
  /** Undefined when the Estate declares none. */
  readonly regions: readonly Region[] | undefined;
  readonly networks: readonly Network[];
  readonly clusters: readonly Cluster[];
}

function bindSetting(documents: DocumentSet, log: BindingLog): Setting {
  nameLists(documents, log);
  const environments = bindEnvironments(documents, log);
  const regions = declaredRegions(documents, log);
  const networks = bindNetworks(documents, regions, log);
  return {
    environments,
    regions,
    networks,
    clusters: bindClusters(documents, { environments, networks, regions }, log),
  };
}

/** So that a name that stands for nothing is reported with the list that it is missing from. */
function nameLists({ estate }: DocumentSet, log: BindingLog): void {
  const fields = {
    region: "regions",
    environment: "environments",
    network: "networks",
    classification: "classifications",
  } as const;
  for (const [what, field] of Object.entries(fields)) {
    if (estate?.value.spec?.[field] === undefined) continue;
    const { source, line } = estate.locate(["spec", field]);
    log.lists.set(what, `Estate.spec.${field} (${line === undefined ? source : `${source}:${line}`})`);
  }
}

interface Gathered {
  readonly documents: DocumentSet;
  readonly setting: Setting;
  readonly applications: readonly BoundApplication[];
  readonly owners: NamespaceOwners;
  readonly objects: Estate["objects"];
  readonly overwritten: Estate["objects"];
  readonly state: ReturnType<typeof readClusterState>;
  readonly log: BindingLog;
}

function finishEstate(gathered: Gathered): Estate {
  const { documents, setting, applications, owners, objects, overwritten, state, log } = gathered;
  const { clusters, regions } = setting;
  const directory = new WorkloadDirectory(state.workloads, state.services);
  const names = applications.map(({ name }) => name);
  const services = { applications: names, regions, clusters, directory, log };
  const dataStores = bindDataStores(documents, services);
  const cloudServices = bindCloudServices(documents, services);
  const loadProfiles = bindLoadProfiles(documents, log);
  const cloudNames = cloudServices.map(({ name }) => name);
  const entryPoints = bindEntryPoints(state.entryPoints, applications, cloudNames, directory, log);
  const journeys = bindJourneys(entryPoints, applications, directory, log);
  const objectives = bindObjectives(documents, journeys, names, log);
  reportEmptyObjectives(objectives.journeys, log);
  const declared = bindDependencies(applications, { directory, dataStores, cloudServices: cloudNames, log });
  const declaredHosts = new Set(declared.flatMap(({ from, to }) => (to.kind === "host" ? [`${from} ${to.host}`] : [])));
  const inferred = inferDependencies(state, objects, (from, host) =>
    declaredHosts.has(`${from} ${host.toLowerCase()}`),
  );
  log.take(inferred.diagnostics);
  const dependencies = mergeDependencies(declared, inferred.dependencies, directory, dataStores);
  reportDependencyCycles(dependencies, directory, log);
  const classifications = bindClassifications(documents);
  const failureModel = bindFailureModel(documents, failureModelNames, log);
  const estate = {
    ...estateTerms(documents, setting, log),
    classifications,
    failureModel,
    audit: bindAudit(documents),
    applications: finishApplications(applications, { clusters, regions, loadProfiles, owners, directory, log }),
    tenants: bindTenants(documents, classifications, owners, log),
    entryPoints: entryPoints.map(({ entryPoint }) => entryPoint),
    ...objectives,
    dataStores,
    cloudServices,
    loadProfiles,
    workloads: state.workloads,
    services: state.services,
    claims: state.claims,
    dependencies,
    objects,
    ...(overwritten.length === 0 ? {} : { overwritten }),
  };
  const marked = markJourneys(objectives.journeys, applications);
  const assumptions = log.assumptions.toSorted(compareAssumptions);
  const diagnostics = widenAffects(log.diagnostics, { journeys: objectives.journeys, dependencies, directory });
  return { ...estate, journeys: marked, assumptions, diagnostics: diagnostics.toSorted(compareDiagnostics) };
}

type EstateTerms = Pick<
  Estate,
  | "name"
  | "place"
  | "complete"
  | "currency"
  | "exchangeRate"
  | "regions"
  | "environments"
  | "networks"
  | "delivery"
  | "commercial"
  | "clusters"
>;

function estateTerms(documents: DocumentSet, setting: Setting, log: BindingLog): EstateTerms {
  const spec = documents.estate?.value.spec;
  const place = documents.estate?.locate([]);
  return {
    name: documents.estate?.name ?? UNNAMED,
    ...(place === undefined ? {} : { place }),
    complete: spec?.complete ?? false,
    ...bindCurrency(documents, log),
    regions: setting.regions ?? regionsOfClusters(setting.clusters),
    environments: setting.environments,
    networks: setting.networks,
    delivery: {
      agent: spec?.delivery?.agent,
      packaging: spec?.delivery?.packaging,
      cloudTarget: spec?.delivery?.cloudTarget,
    },
    commercial: bindCommercial(documents, setting.regions, log),
    clusters: setting.clusters,
  };
}
