import { platformByName } from "../../estate/assumptions/import-rules.ts";
import { compareDiagnostics } from "../../estate/diagnostics/catalogue.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import {
  declaredNotDelivered,
  importTargetNotEmpty,
  nothingToImport,
} from "../../estate/diagnostics/import-diagnostics.ts";
import { chartRequests, loadEstate } from "../../estate/load-estate.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { RenderedChart } from "../../estate/sources/chart.ts";
import { isUnder, joinSourcePath } from "../../estate/sources/source-path.ts";
import type { SourceSet } from "../../estate/sources/source-set.ts";
import type { FoundDelivery } from "../../gitops/import/found-estate.ts";
import { type FoundApplication, gatherApplications } from "../../gitops/import/gather-applications.ts";
import { ImportLog } from "../../gitops/import/import-log.ts";
import { readRepository } from "../../gitops/import/read-repository.ts";
import type { FileChange, FolderState } from "../../gitops/regeneration/plan-changes.ts";
import type { ChartRenderer } from "../ports.ts";
import { declaredDocuments } from "./import-declared.ts";
import { promotionOrder } from "./import-environments.ts";
import { besideTexts, importedFiles } from "./import-files.ts";
import { fromRoot, type ImportPlaces, repositoryName, repositoryTexts, rootOf } from "./import-paths.ts";
import { platformRemainder } from "./import-platform.ts";
import type { ImportReport } from "./import-report.ts";
import type { ImportSetting } from "./import-setting.ts";
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

interface Setting extends ImportSetting {
  readonly sources: SourceSet;
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
    found: readRepository(texts, { name: repositoryName(places), rootIsWhole: !isUnder(places.to, places.root) }),
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
  const diagnostics = unique([
    ...sources.diagnostics,
    ...problems,
    ...[...setting.found.diagnostics, ...setting.log.diagnostics].map((each) => placedFromRoot(each, places)),
    ...estate.diagnostics.filter(({ severity }) => severity === "error"),
  ]).toSorted(compareDiagnostics);
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

/** What a folder gives is read by the import, and again by the estate. */
function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [
    ...new Map(diagnostics.map((each) => [JSON.stringify([each.code, each.message, each.place]), each])).values(),
  ];
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
  const order = promotionOrder(setting);
  const { byCluster, environments } = order;
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
  const draft = importedFiles(setting, { ...gathered, applications }, order);
  const first = await loaded(setting, draft([]));
  const remainder = await remainderOf(setting, platform, first, applications);
  const completed = withRemainder(applications, remainder.manifests);
  const beside = new Map([...gathered.files, ...besideTexts(remainder.files)]);
  const files = importedFiles(setting, { files: beside, applications: completed }, order);
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
