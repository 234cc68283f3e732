import { manifestsNotFound, manifestsRemote, valuesNotFound } from "../diagnostics/binding-diagnostics.ts";
import { nearestName } from "../diagnostics/nearest-name.ts";
import type { ManifestSource } from "../kinds/application-document.ts";
import type { ChartRequest } from "../sources/chart.ts";
import { isRemote } from "../sources/referenced-paths.ts";
import { joinSourcePath, normalizeSourcePath, sourceDirectory } from "../sources/source-path.ts";
import type { FieldPath } from "../sources/yaml-document.ts";
import type { BoundApplication } from "./bind-applications.ts";
import type { BindingLog } from "./binding-log.ts";
import { chartUnit, type ManifestUnit, type UnitIndex } from "./manifest-unit.ts";
import type { SourceIndex } from "./source-index.ts";

/** The source set as units, and where problems go. */
export interface ManifestSources {
  readonly index: SourceIndex;
  readonly units: UnitIndex;
  readonly log: BindingLog;
  /** Files that are no manifests but used all the same; added to on the way. */
  readonly usedFiles: Set<string>;
}

/** One Application in one environment. */
export interface ResolvingApplication {
  readonly application: BoundApplication;
  readonly environment: string;
  /** Version that charts are rendered for. */
  readonly kubernetesVersion: string | undefined;
}

/** The units that a written source of manifests stands for; what cannot be found is reported and marks the Application. */
export function resolveManifests(
  source: ManifestSource,
  path: FieldPath,
  resolving: ResolvingApplication,
  sources: ManifestSources,
): readonly ManifestUnit[] {
  if (typeof source === "string") return resolveFolder(source, path, resolving, sources);
  if (Array.isArray(source)) {
    return source.flatMap((entry, index) => resolveFolder(entry, [...path, index], resolving, sources));
  }
  return resolveChart(source, path, resolving, sources);
}

/** A request to render a chart. Its key is its content: the same chart with the same values is rendered once. */
export function chartRequest(parts: Omit<ChartRequest, "key">): ChartRequest {
  const { place, ...content } = parts;
  const { chart, release, namespace, values, kubernetesVersion } = content;
  const key = JSON.stringify([chart, release, namespace ?? "", values, kubernetesVersion ?? ""]);
  return { key, ...content, ...(place === undefined ? {} : { place }) };
}

function resolveFolder(
  written: string,
  path: FieldPath,
  resolving: ResolvingApplication,
  sources: ManifestSources,
): readonly ManifestUnit[] {
  const { document } = resolving.application;
  const chart = (folder: string): ManifestUnit =>
    chartUnit(
      chartRequest({
        chart: folder,
        release: resolving.application.name,
        namespace: resolving.application.namespace,
        values: [],
        kubernetesVersion: resolving.kubernetesVersion,
        place: document.locate(path),
      }),
    );
  if (!isRemote(written)) {
    for (const candidate of candidatePaths(written, resolving.application, sources.index)) {
      const units = sources.units.unitsAt(candidate, chart);
      if (units !== undefined) return units;
    }
  }
  reportMissing(written, path, resolving, sources);
  return [];
}

type ChartSource = Exclude<ManifestSource, string | string[]>;

function resolveChart(
  source: ChartSource,
  path: FieldPath,
  resolving: ResolvingApplication,
  sources: ManifestSources,
): readonly ManifestUnit[] {
  const { application, environment, kubernetesVersion } = resolving;
  const isChart = (folder: string): boolean => sources.index.texts.has(joinSourcePath(folder, "Chart.yaml"));
  const chart = isRemote(source.chart)
    ? undefined
    : candidatePaths(source.chart, application, sources.index).find(isChart);
  if (chart === undefined) {
    reportMissing(source.chart, [...path, "chart"], resolving, sources);
    return [];
  }
  const values = (source.values ?? []).flatMap((file, index) => {
    const found = candidatePaths(file, application, sources.index).find((candidate) =>
      sources.index.texts.has(candidate),
    );
    if (found === undefined) {
      application.needs.add(`values ${file} of chart ${chart}, which were not read`, environment);
      if (application.broken.has(file)) return [];
      application.broken.add(file);
      const place = application.document.locate([...path, "values", index]);
      sources.log.report(valuesNotFound, { source: file, chart }, { place, affects: [application.document.id] });
      return [];
    }
    sources.usedFiles.add(found);
    return [found];
  });
  const place = application.document.locate(path);
  const release = source.release ?? application.name;
  return [
    chartUnit(chartRequest({ chart, release, namespace: application.namespace, values, kubernetesVersion, place })),
  ];
}

/** Paths are relative to the document; failing that, to the folders that the user named. */
function candidatePaths(written: string, { document }: BoundApplication, index: SourceIndex): readonly string[] {
  const folder = sourceDirectory(document.locate([]).source);
  const rootFolders = index.roots.map((root) => (index.texts.has(root) ? sourceDirectory(root) : root));
  return [
    ...new Set([
      joinSourcePath(folder, written),
      ...rootFolders.map((root) => joinSourcePath(root, written)),
      normalizeSourcePath(written),
    ]),
  ];
}

function reportMissing(
  written: string,
  path: FieldPath,
  { application, environment }: ResolvingApplication,
  { index, log }: ManifestSources,
): void {
  const { document, broken, needs } = application;
  needs.unread.add(written);
  needs.add(`manifests ${written}, which were not read`, environment);
  // One line for a source that is the same in every environment.
  if (broken.has(written)) return;
  broken.add(written);
  const context = { place: document.locate(path), affects: [document.id] };
  if (isRemote(written)) {
    log.report(manifestsRemote, { source: written }, context);
    return;
  }
  const wanted = joinSourcePath(sourceDirectory(document.locate([]).source), written);
  const parameters = { field: document.id, path: written, suggestion: nearestName(wanted, index.folders) };
  log.report(manifestsNotFound, parameters, context);
}
