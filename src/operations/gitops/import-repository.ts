import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { environmentByClusterName, platformByName, promotionByName } from "../../estate/assumptions/import-rules.ts";
import { compareDiagnostics } from "../../estate/diagnostics/catalogue.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import {
  declaredNotDelivered,
  importTargetNotEmpty,
  nothingToImport,
} from "../../estate/diagnostics/import-diagnostics.ts";
import { asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import { chartRequests, loadEstate } from "../../estate/load-estate.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { RenderedChart } from "../../estate/sources/chart.ts";
import { isAbsoluteSourcePath, isUnder, joinSourcePath, sourceDirectory } from "../../estate/sources/source-path.ts";
import type { SourceSet } from "../../estate/sources/source-set.ts";
import type { FoundDelivery, FoundEstate, FoundTenant } from "../../gitops/import/found-estate.ts";
import {
  type BesideFile,
  type FoundApplication,
  type GatheredApplications,
  gatherApplications,
} from "../../gitops/import/gather-applications.ts";
import { ImportLog } from "../../gitops/import/import-log.ts";
import { environmentIn, inOrderOfPromotion, nameOfPath } from "../../gitops/import/place-names.ts";
import { readRepository } from "../../gitops/import/read-repository.ts";
import type { FileChange, FolderState } from "../../gitops/regeneration/plan-changes.ts";
import { yamlText } from "../../gitops/repository/yaml-text.ts";
import type { ChartRenderer } from "../ports.ts";
import { type DeclaredDocument, declaredDocuments, withField } from "./import-declared.ts";
import {
  documentText,
  type ImportDocument,
  importedApplication,
  importedCluster,
  importedEstate,
  importedTenant,
  manifestsValue,
} from "./import-documents.ts";
import { fromRoot, type ImportPlaces, repositoryTexts, rootOf, toRepository } from "./import-paths.ts";
import { platformRemainder } from "./import-platform.ts";
import type { ImportReport } from "./import-report.ts";
import { importReport } from "./report-import.ts";

export interface ImportOptions {
  /** Folder that the documents are written to, as the reader names paths. */
  readonly to: string;
  /** Absolute path of the folder that relative paths start in. */
  readonly startedIn?: string;
  readonly force: boolean;
  readonly charts: ChartRenderer;
  readonly signal?: AbortSignal;
}

/** Documents that are ready to be written, or the reasons why they are not. */
export interface ImportedEstate {
  readonly files: ReadonlyMap<string, string>;
  readonly changes: readonly FileChange[];
  /** The estate that the documents give. */
  readonly estate: Estate;
  readonly report: ImportReport;
  readonly diagnostics: readonly Diagnostic[];
  /** True when nothing may be written. */
  readonly refused: boolean;
}

interface Setting {
  readonly places: ImportPlaces;
  readonly sources: SourceSet;
  readonly texts: ReadonlyMap<string, string>;
  readonly found: FoundEstate;
  readonly declared: readonly DeclaredDocument[];
  readonly log: ImportLog;
  readonly options: ImportOptions;
  /** By request; each chart is rendered once. */
  readonly renderedCharts: Map<string, RenderedChart>;
}

/**
 * Reads a GitOps repository, folders of manifests and charts, or dumps of clusters, and writes the estate that they
 * describe: documents that point at what is there. Documents that the repository holds itself are kept as they are, but
 * for the paths of manifests. All or nothing.
 */
export async function importRepository(
  sources: SourceSet,
  folder: FolderState,
  options: ImportOptions,
): Promise<ImportedEstate> {
  const { to, startedIn } = options;
  const places: ImportPlaces = { root: rootOf(sources), to, ...(startedIn === undefined ? {} : { startedIn }) };
  const texts = repositoryTexts(sources, places);
  const setting: Setting = {
    places,
    sources,
    texts,
    found: readRepository(texts, { name: nameOf(places), rootIsWhole: !isUnder(places.to, places.root) }),
    declared: declaredDocuments(texts),
    log: new ImportLog(),
    options,
    renderedCharts: new Map(),
  };
  const { files, estate, applications } = await writeDocuments(setting);
  const changes = [...files]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([path, after]): readonly FileChange[] => {
      const before = folder.files.get(path);
      if (before === after) return [];
      return [{ path, kind: before === undefined ? "added" : "changed", before, after }];
    });
  const problems = refusals(setting, folder, applications, changes);
  const diagnostics = [
    ...sources.diagnostics,
    ...problems,
    ...[...setting.found.diagnostics, ...setting.log.diagnostics].map((each) => placedFromRoot(each, places)),
  ].toSorted(compareDiagnostics);
  const refused = problems.some(({ severity }) => severity === "error");
  const assumptions = [...setting.found.assumptions, ...setting.log.assumptions];
  const report = importReport({
    found: setting.found,
    applications,
    estate,
    files,
    assumptions,
    diagnostics,
    isDeclared: setting.declared.length > 0,
  });
  return { files, changes, estate, report, diagnostics, refused };
}

/** The folder that was read, by the last part of its path that says something. */
function nameOf({ root, startedIn }: ImportPlaces): string {
  const path = isAbsoluteSourcePath(root) || startedIn === undefined ? root : joinSourcePath(startedIn, root);
  return nameOfPath(path, "") ?? "estate";
}

function refusals(
  { places, declared, found, options }: Setting,
  { files }: FolderState,
  applications: readonly FoundApplication[],
  changes: readonly FileChange[],
): readonly Diagnostic[] {
  if (found.deliveries.length === 0 && found.components.length === 0) return [diagnose(nothingToImport, undefined)];
  if (files.size > 0 && changes.length > 0 && !options.force)
    return [diagnose(importTargetNotEmpty, { folder: options.to, files: files.size })];
  return declared
    .filter(({ kind, name }) => kind === "Application" && !applications.some((each) => each.name === name))
    .map(({ name, source }) =>
      diagnose(
        declaredNotDelivered,
        { application: name },
        { place: { precision: "file", source: fromRoot(places, source) } },
      ),
    );
}

function placedFromRoot(diagnostic: Diagnostic, places: ImportPlaces): Diagnostic {
  const { place } = diagnostic;
  return place === undefined
    ? diagnostic
    : { ...diagnostic, place: { ...place, source: fromRoot(places, place.source) } };
}

interface Written {
  readonly files: ReadonlyMap<string, string>;
  readonly estate: Estate;
  readonly applications: readonly FoundApplication[];
}

async function writeDocuments(setting: Setting): Promise<Written> {
  const { found, declared, log } = setting;
  const byCluster = environmentsByCluster(setting);
  const environments = orderedEnvironments(setting, byCluster);
  const environmentsOf = (cluster: string): readonly string[] => byCluster.get(cluster) ?? environments;
  const declaredNames = new Set(declared.filter(({ kind }) => kind === "Application").map(({ name }) => name));
  const isDerived = (name: string, tree: string): boolean =>
    declared.length > 0 && tree === "platform" && !declaredNames.has(name);
  const gathered = gatherApplications(found.deliveries, environmentsOf, environments, log);
  const applications = gathered.applications.filter(({ name, tree }) => !isDerived(name, tree));
  for (const { name, tenant } of applications) {
    if (tenant === "platform" && !declaredNames.has(name))
      log.assume(platformByName, `Application/${name}`, { application: name });
  }
  const platform = declared.length === 0 ? [] : found.deliveries.filter(({ tree, name }) => isDerived(name, tree));
  const order = { byCluster, environments };
  const draft = draftFiles(setting, { ...gathered, applications }, order);
  const first = await loaded(setting, draft([]));
  const remainder = await remainderOf(setting, platform, first, applications);
  const completed = withRemainder(applications, remainder.manifests);
  const beside = new Map([...gathered.files, ...asBesideFiles(remainder.files)]);
  const files = draftFiles(setting, { files: beside, applications: completed }, order);
  const estate = remainder.files.size === 0 ? first : await loaded(setting, files([]));
  const own = [...found.assumptions, ...log.assumptions, ...estate.assumptions];
  return { files: files(own), estate, applications: completed };
}

async function remainderOf(
  { places, texts, options }: Setting,
  platform: readonly FoundDelivery[],
  estate: Estate,
  applications: readonly FoundApplication[],
) {
  const charted = applications.filter(({ manifests }) => [...manifests.values()].some(({ kind }) => kind === "chart"));
  return platformRemainder(estate, platform, {
    places,
    texts,
    charts: options.charts,
    charted: new Set(charted.map(({ name }) => name)),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}

function withRemainder(
  applications: readonly FoundApplication[],
  further: Awaited<ReturnType<typeof platformRemainder>>["manifests"],
): readonly FoundApplication[] {
  return applications.map((application) => {
    const more = further.get(application.name);
    if (more === undefined) return application;
    const manifests = [...application.manifests].map(
      ([environment, form]) =>
        [environment, form.kind === "chart" ? form : { ...form, paths: [...form.paths, ...more] }] as const,
    );
    return { ...application, manifests: new Map(manifests) };
  });
}

/** What Cluster documents say, what deliveries say, or the word in the name. */
function environmentsByCluster({ found, declared, log }: Setting): ReadonlyMap<string, readonly string[]> {
  const declaredClusters = new Map(
    declared.flatMap(({ kind, name, value }) => {
      const written = asList(asObject(value.spec).environments).filter((each) => typeof each === "string");
      return kind === "Cluster" && written.length > 0 ? [[name, written] as const] : [];
    }),
  );
  return new Map(
    found.clusters.map(({ name }) => {
      const said =
        declaredClusters.get(name) ??
        found.deliveries.flatMap((each) => (each.cluster === name ? (each.environment ?? []) : []));
      if (said.length > 0) return [name, declaredClusters.has(name) ? said : inOrderOfPromotion(said)];
      const environment =
        environmentIn(name) ?? (found.clusters.length === 1 && name === "default" ? "production" : name);
      log.assume(environmentByClusterName, `Cluster/${name}`, { cluster: name, environment });
      return [name, [environment]];
    }),
  );
}

function orderedEnvironments(
  { declared, log }: Setting,
  byCluster: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const estate = declared.find(({ kind }) => kind === "Estate");
  const said = asList(asObject(estate?.value.spec).environments).flatMap((each) => asText(asObject(each).name) ?? []);
  const others = [...byCluster.values()].flat().filter((name) => !said.includes(name));
  const ordered = [...said, ...inOrderOfPromotion(others)];
  if (said.length === 0 && ordered.length > 1) log.assume(promotionByName, "Estate", { environments: ordered });
  return ordered;
}

interface Order {
  readonly byCluster: ReadonlyMap<string, readonly string[]>;
  readonly environments: readonly string[];
}

/** All files by path below the folder of the documents, once it is known what they leave open. */
function draftFiles(
  setting: Setting,
  { applications, files }: GatheredApplications,
  { byCluster, environments }: Order,
): (assumptions: readonly Assumption[]) => ReadonlyMap<string, string> {
  const { declared, found, places } = setting;
  const kept = declared.map((document) => [document.path, keptText(document, applications, places)] as const);
  const isDeclared = ({ kind, name }: ImportDocument): boolean =>
    declared.some((each) => each.kind === kind && (each.name === name || kind === "Estate"));
  const serving = (environment: string): readonly string[] =>
    found.clusters
      .map(({ name }) => name)
      .filter((name) => byCluster.get(name)?.includes(environment))
      .toSorted();
  const documents = newDocuments(setting, applications, { byCluster, environments }, serving).filter(
    (each) => !isDeclared(each),
  );
  const beside = [...asBesideFiles(found.files), ...files].map(
    ([path, file]) => [path, besideText(path, file, setting)] as const,
  );
  return (assumptions) =>
    new Map([
      ...documents.map((document) => [document.path, documentText(document, assumptions)] as const),
      ...kept,
      ...beside,
    ]);
}

function newDocuments(
  setting: Setting,
  applications: readonly FoundApplication[],
  { byCluster, environments }: Order,
  serving: (environment: string) => readonly string[],
): readonly ImportDocument[] {
  const { found, places } = setting;
  const regions = [...new Set(found.clusters.flatMap(({ region }) => region ?? []))].toSorted();
  const charts = found.deliveries.filter(({ source }) => source.kind === "chart").length;
  const packaging = charts * 2 > found.deliveries.length ? "helm" : "kustomize";
  return [
    importedEstate(nameOf(places), environments, regions, { agent: found.agent, packaging }),
    ...found.clusters.map((cluster) =>
      importedCluster(
        cluster,
        byCluster.get(cluster.name) ?? environments,
        found.components.filter((component) => component.cluster === cluster.name),
      ),
    ),
    ...tenantsOf(setting, applications).map(importedTenant),
    ...applications.map((application) => importedApplication(application, serving, places)),
  ];
}

/**
 * Projects and labels name tenants with what they own; accounts name them only. Of an application that is declared its
 * document says whose it is.
 */
function tenantsOf(
  { found: { tenants }, declared }: Setting,
  all: readonly FoundApplication[],
): readonly FoundTenant[] {
  const applications = all.filter(
    ({ name }) => !declared.some((each) => each.kind === "Application" && each.name === name),
  );
  const named = declared.length === 0 ? tenants.map(({ name }) => name) : [];
  const names = new Set([...named, ...applications.flatMap(({ tenant }) => tenant ?? [])]);
  const own = new Set(applications.flatMap(({ namespace }) => namespace ?? []));
  return [...names].toSorted().map((name) => {
    const found = tenants.find((tenant) => tenant.name === name);
    return {
      name,
      owners: found?.owners ?? [],
      namespaces: (found?.namespaces ?? []).filter((namespace) => !own.has(namespace)),
    };
  });
}

/** A document of the repository, with paths as they are seen from where it goes. */
function keptText(document: DeclaredDocument, applications: readonly FoundApplication[], places: ImportPlaces): string {
  const { kind, name, value, source } = document;
  if (kind === "LoadProfile") {
    const file = asText(asObject(asObject(value.spec).series).file);
    if (file === undefined) return document.text;
    const from = sourceDirectory(document.path);
    const target = toRepository(places, from, joinSourcePath(sourceDirectory(source), file));
    return withField(document, ["spec", "series", "file"], target);
  }
  const application = kind === "Application" ? applications.find((each) => each.name === name) : undefined;
  if (application === undefined) return document.text;
  return withField(document, ["spec", "manifests"], manifestsValue(application, places));
}

function asBesideFiles(texts: ReadonlyMap<string, string>): ReadonlyMap<string, BesideFile> {
  return new Map([...texts].map(([path, text]) => [path, { kind: "text", text }]));
}

function besideText(path: string, file: BesideFile, { places, texts }: Setting): string {
  if (file.kind === "text") return file.text;
  if (file.kind === "copy") return texts.get(file.path) ?? "{}\n";
  const from = sourceDirectory(path);
  const resources = file.folders.map((folder) => toRepository(places, from, folder));
  return yamlText({ apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization", resources });
}

/** The estate as it will be read once the files are written. A chart whose values are not on disk yet is not rendered. */
async function loaded(
  { sources, places, options, renderedCharts }: Setting,
  files: ReadonlyMap<string, string>,
): Promise<Estate> {
  const written = new Map([...files].map(([path, text]) => [joinSourcePath(places.to, path), text]));
  const set: SourceSet = {
    texts: new Map([...sources.texts, ...written]),
    roots: [joinSourcePath(places.to, ".")],
    diagnostics: [],
  };
  for (const request of chartRequests(set)) {
    if (renderedCharts.has(request.key) || request.values.some((file) => !sources.texts.has(file))) continue;
    renderedCharts.set(request.key, await options.charts.render(request, options.signal));
  }
  return loadEstate(set, { renderedCharts });
}
