import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Place } from "./place.ts";

/** A path inside a document: object keys and array indices. */
export type FieldPath = readonly (string | number)[];

/** One document of a YAML or JSON text. `value` is plain JSON data, scalars resolved as Kubernetes resolves them. */
export interface YamlDocument {
  readonly source: string;
  /** Position in the text, from 0. */
  readonly index: number;
  readonly value: unknown;
  /** Place of a field; falls back to its nearest existing ancestor. Computed on demand: positions cost nothing until asked. */
  locate(path: FieldPath): Place;
}

/** What reading one text gave: the documents that could be read, and what could not. */
export interface YamlReading {
  readonly documents: readonly YamlDocument[];
  readonly diagnostics: readonly Diagnostic[];
}
