import { join } from "node:path";
import { sourceReader } from "../adapters/filesystem/read-sources.ts";
import { chartRenderer } from "../adapters/helm/render-chart.ts";
import { defaultCatalog } from "../catalog/default-catalog.ts";
import { loadEstate } from "../estate/load-estate.ts";
import type { SourceSet } from "../estate/sources/source-set.ts";
import { assess } from "../operations/assess.ts";
import type { Assessment } from "../operations/assessment/assessment.ts";
import { withCatalogDiagnostics } from "../operations/check-against-catalog.ts";
import { namedReports } from "../operations/named-reports.ts";
import type { SourceReader } from "../operations/ports.ts";
import { isUnusable, readEstate } from "../operations/read-estate.ts";
import { version } from "../version.ts";
import { createServer } from "./create-server.ts";
import { listen } from "./listen.ts";
import type { LoadEstate, ServedEstate, Unusable } from "./served-estate.ts";

export interface ServeEstateOptions {
  /** First port to try; the default when undefined. */
  readonly port: number | undefined;
  /** Called with the address once the server listens. */
  readonly onListening: (url: string) => void;
  /** Ends the server. */
  readonly signal: AbortSignal;
}

/** Built by `npm run build:web`. */
const webRoot = join(import.meta.dirname, "../../web/dist");

/** Serves the page and the API over the estate at the paths, until the signal aborts. */
export async function serveEstate(paths: readonly string[], options: ServeEstateOptions): Promise<void> {
  const app = createServer({
    load: loaderOf(paths, options.signal),
    assess: assessPosted,
    webRoot,
    version,
  });
  const listening = await listen(app, options.port);
  options.onListening(listening.url);
  // Begins before the page asks; what fails is said when it does.
  void app.request("/api/assessment");
  await new Promise<void>((resolve) => {
    if (options.signal.aborted) resolve();
    else options.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await listening.close();
}

/** Reads the files at each call, so that a reload of the page shows what was saved; standard input is there once. */
function loaderOf(paths: readonly string[], signal: AbortSignal): LoadEstate {
  if (paths.length === 0) return async () => undefined;
  const load = assessChanged(signal);
  if (!paths.includes("-")) return async () => load(await sourceReader.read(paths, { signal }), paths);
  let input: Promise<SourceSet> | undefined;
  return async () => {
    input ??= sourceReader.read(paths, { signal });
    return load(await input, paths);
  };
}

/** Assesses texts, unless they and the day are those of the last time: then the last report still holds. */
function assessChanged(signal: AbortSignal): (sources: SourceSet, paths: readonly string[]) => Promise<ServedEstate> {
  let last: { readonly sources: SourceSet; readonly day: string; readonly served: ServedEstate } | undefined;
  return async (sources, paths) => {
    const day = today();
    if (last !== undefined && last.day === day && isSame(last.sources, sources)) return last.served;
    const reader: SourceReader = { read: async () => sources };
    const read = await readEstate(paths, {
      sources: reader,
      charts: chartRenderer,
      catalog: defaultCatalog,
      signal,
    });
    const served = {
      assessment: assess(read.estate, defaultCatalog, { today: day }),
      texts: sources.texts,
      reports: namedReports(read, defaultCatalog, day),
    };
    last = { sources, day, served };
    return served;
  };
}

function isSame(a: SourceSet, b: SourceSet): boolean {
  if (a.texts.size !== b.texts.size || JSON.stringify(a.diagnostics) !== JSON.stringify(b.diagnostics)) return false;
  return [...a.texts].every(([path, text]) => b.texts.get(path) === text);
}

/** Charts cannot be rendered from posted texts alone; the loader says so in a diagnostic. */
function assessPosted(texts: ReadonlyMap<string, string>): Assessment | Unusable {
  const roots = [...new Set([...texts.keys()].map((path) => path.split("/")[0] ?? path))].sort();
  const estate = withCatalogDiagnostics(loadEstate({ texts, roots, diagnostics: [] }), defaultCatalog);
  if (isUnusable(estate)) return { kind: "Unusable", diagnostics: estate.diagnostics };
  return assess(estate, defaultCatalog, { today: today() });
}

/** Today in UTC, `YYYY-MM-DD`. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}
