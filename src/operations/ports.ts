import type { Diagnostic } from "../estate/diagnostics/diagnostic.ts";
import type { ChartRequest, RenderedChart } from "../estate/sources/chart.ts";
import type { SourceSet } from "../estate/sources/source-set.ts";
import type { UsageSample } from "../finops/usage/usage-sample.ts";

export type { UsageSample } from "../finops/usage/usage-sample.ts";

/** Called now and then with a short sentence on what is being done; never with secrets or whole texts. */
export type Progress = (message: string) => void;

export interface ReadSourcesOptions {
  readonly onProgress?: Progress;
  /** Aborting rejects the promise with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Brings the texts that an estate is read from. */
export interface SourceReader {
  /**
   * Reads files, folders and `-` (standard input), and what the texts in them refer to. What cannot be read is a
   * diagnostic of the result; only an abort rejects.
   */
  read(paths: readonly string[], options?: ReadSourcesOptions): Promise<SourceSet>;
}

/** Keeps results between runs, on this machine alone. */
export interface ResultCache {
  /** Key of what a result depends on: these parts in this order, and the state of the program. */
  readonly keyOf: (parts: Iterable<string>) => string;
  /** The result as it was written; undefined where there is none that is whole. */
  readonly read: (key: string) => Promise<string | undefined>;
  /** Never fails: what cannot be kept is computed again. */
  readonly write: (key: string, result: string) => Promise<void>;
}

/** Renders Helm charts. */
export interface ChartRenderer {
  /** What fails is a diagnostic of the result; only an abort rejects. */
  render(request: ChartRequest, signal?: AbortSignal): Promise<RenderedChart>;
}

/** A window of measured usage. */
export interface UsageRequest {
  /** First step, in seconds since 1970 in UTC. */
  readonly from: number;
  /** End of the last step. */
  readonly to: number;
  readonly stepSeconds: number;
  /** Names of the declared clusters, for series that name theirs. */
  readonly clusters: readonly string[];
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

/** Usage as a stream: nothing is kept but one piece of the window. */
export interface MeasuredUsage {
  /** The samples of a step together, in the order of their time. Rejects with an `ExternalError` when they cannot be had. */
  readonly batches: AsyncIterable<readonly UsageSample[]>;
  /** What was wrong or partial; whole once all batches have been read. */
  readonly diagnostics: () => readonly Diagnostic[];
}

/** Brings measured usage from where it is kept, such as Prometheus. */
export interface UsageSource {
  /** Name for messages and reports: an address without credentials. */
  readonly name: string;
  readonly read: (request: UsageRequest) => MeasuredUsage;
}

/** A page of the price list: rows as they came. */
export interface PricePage {
  readonly rows: readonly unknown[];
  /** True when a further page was announced. */
  readonly hasNext: boolean;
  /** What could not be read, in words. */
  readonly problem?: string;
}

/** Brings the rows of the price list of some regions. */
export interface PriceListSource {
  readonly name: string;
  /** Rejects with an `ExternalError` when a page cannot be had. */
  readonly pages: (regions: readonly string[], signal?: AbortSignal, onProgress?: Progress) => AsyncIterable<PricePage>;
}
