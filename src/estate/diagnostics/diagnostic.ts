import type { Place } from "../sources/place.ts";

/** `error`: what it names could not be used; `warning`: used, but probably not as meant; `note`: worth knowing. */
export type DiagnosticSeverity = "error" | "warning" | "note";

/**
 * A problem of loading or of references (`EST-nnn`). Verdicts of audit rules are findings, fillings are assumptions.
 * The codes are declared once, in `catalogue.ts`.
 */
export interface Diagnostic {
  readonly code: string;
  /** The code in words, kebab-case. */
  readonly name: string;
  readonly severity: DiagnosticSeverity;
  /** One sentence. */
  readonly message: string;
  readonly place?: Place;
  /** What to do about it. */
  readonly hint?: string;
  /** What this leaves not evaluable: ids of documents, objects or applications. */
  readonly affects?: readonly string[];
}
