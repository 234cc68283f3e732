import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Place } from "./place.ts";

/** A path inside a document: object keys and array indices. */
export type FieldPath = readonly (string | number)[];

/** One document of a YAML or JSON text. `value` is plain JSON data, scalars resolved as Kubernetes resolves them. */
export interface YamlDocument {
  readonly source: string;
  /** Position among the documents of the text that hold anything, from 0. */
  readonly index: number;
  readonly value: unknown;
  /**
   * Place of a field: of its key in a mapping, of the item itself in a list, of the first content for the empty path.
   * Falls back to its nearest existing ancestor. Computed on demand: positions cost nothing until asked.
   */
  locate(path: FieldPath): Place;
  /**
   * The scalar at `path` as text, whatever it resolved to: as written when it is unquoted (`yes`, `1.30`, `0644`,
   * integers beyond 2^53), its content when it is quoted or a block. Undefined when there is no scalar.
   */
  scalarText(path: FieldPath): string | undefined;
}

/** What reading one text gave: the documents that could be read, and what could not. */
export interface YamlReading {
  readonly documents: readonly YamlDocument[];
  readonly diagnostics: readonly Diagnostic[];
}
