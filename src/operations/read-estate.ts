import type { Catalog } from "../catalog/catalog.ts";
import type { Diagnostic } from "../estate/diagnostics/diagnostic.ts";
import { chartRequests, loadEstate } from "../estate/load-estate.ts";
import type { Estate } from "../estate/model/estate.ts";
import type { RenderedChart } from "../estate/sources/chart.ts";
import type { SourceSet } from "../estate/sources/source-set.ts";
import { withCatalogDiagnostics } from "./check-against-catalog.ts";
import type { ChartRenderer, Progress, SourceReader } from "./ports.ts";

/** An estate with the texts it was read from. */
export interface ReadEstate {
  readonly estate: Estate;
  readonly sources: SourceSet;
  /** What the charts among them were rendered to, by request. */
  readonly renderedCharts?: ReadonlyMap<string, RenderedChart>;
}

/** What reading needs from outside: a reader of texts and, for charts, a renderer. */
export interface EstateReading {
  readonly sources: SourceReader;
  readonly charts: ChartRenderer;
  /** With it, names that only a catalog knows (VM sizes, regions) are checked too. */
  readonly catalog?: Catalog;
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

/**
 * Documents to estate: reads the texts below the paths (`-` is standard input), renders the charts that they name,
 * and loads. Problems are diagnostics of the estate; only an abort rejects.
 */
export async function readEstate(paths: readonly string[], reading: EstateReading): Promise<ReadEstate> {
  const sources = await reading.sources.read(paths, {
    ...(reading.onProgress === undefined ? {} : { onProgress: reading.onProgress }),
    ...(reading.signal === undefined ? {} : { signal: reading.signal }),
  });
  const renderedCharts = new Map<string, RenderedChart>();
  for (const request of chartRequests(sources)) {
    reading.onProgress?.(`rendering chart ${request.chart}`);
    renderedCharts.set(request.key, await reading.charts.render(request, reading.signal));
  }
  const estate = loadEstate(sources, { renderedCharts });
  const checked = reading.catalog === undefined ? estate : withCatalogDiagnostics(estate, reading.catalog);
  return { estate: checked, sources, renderedCharts };
}

/** True when nothing can be said: errors stand and not one object or document could be used. */
export function isUnusable(estate: Estate): boolean {
  return hasErrors(estate.diagnostics) && estate.objects.length === 0 && !hasDocument(estate);
}

/** What comes from a document has a place; what is assumed has none. */
function hasDocument(estate: Estate): boolean {
  const { clusters, tenants, applications, dataStores, cloudServices, loadProfiles, serviceLevelObjectives } = estate;
  const declared = [
    ...clusters,
    ...tenants,
    ...applications,
    ...dataStores,
    ...cloudServices,
    ...loadProfiles,
    ...serviceLevelObjectives,
  ];
  return estate.place !== undefined || declared.some(({ place }) => place !== undefined);
}

/** True when at least one diagnostic is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
