import type { Place } from "../sources/place.ts";
import type { FieldPath } from "../sources/yaml-document.ts";

/** A part of a Scantling document, for what says of single fields whether and where they are stated. */
export interface DeclaredPart {
  /** Path of the part inside its document. */
  readonly path: FieldPath;
  /** Whether the document states the field (path inside the part). */
  states(field: FieldPath): boolean;
  /** Place of the field, or of its nearest ancestor that is there. */
  locate(field: FieldPath): Place;
}
