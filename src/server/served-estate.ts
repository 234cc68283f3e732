import type { Diagnostic } from "../estate/diagnostics/diagnostic.ts";
import type { Assessment } from "../operations/assessment/assessment.ts";
import type { ReportsByName } from "../operations/named-reports.ts";

/** What the server shows: the assessment, the texts that it was read from, and further reports over the same reading. */
export interface ServedEstate {
  readonly assessment: Assessment;
  /** By path, as the reader was given them. */
  readonly texts: ReadonlyMap<string, string>;
  readonly reports: ReportsByName;
}

/** Posted files in which nothing can be assessed, with the reasons. */
export interface Unusable {
  readonly kind: "Unusable";
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and assesses the estate; undefined when the server was started on nothing. */
export type LoadEstate = () => Promise<ServedEstate | undefined>;

/** The served estate as the routes use it. */
export interface EstateSource {
  /** Reads the files again; calls that come while it reads share one reading. */
  readonly read: () => Promise<ServedEstate | undefined>;
  /** The last reading, or the first. */
  readonly last: () => Promise<ServedEstate | undefined>;
}

/** Keeps the last reading, so that the reasons of a number are those of the report that showed it. */
export function estateSource(load: LoadEstate): EstateSource {
  let reading: Promise<ServedEstate | undefined> | undefined;
  let last: Promise<ServedEstate | undefined> | undefined;
  const read = () => {
    reading ??= load().finally(() => {
      reading = undefined;
    });
    last = reading;
    return reading;
  };
  return { read, last: () => last ?? read() };
}
