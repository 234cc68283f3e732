import type { Place } from "../sources/place.ts";
import type { FieldPath, YamlDocument } from "../sources/yaml-document.ts";

/** What can say where its parts stand: a YAML document, a patch inside one, or a text that is no YAML. */
export interface OriginDocument extends Pick<YamlDocument, "locate" | "scalarText"> {
  /** True when the scalar at `path` is written in quotes or as a block. */
  readonly isQuoted?: (path: FieldPath) => boolean;
  /** The key of the field at `path` as it is written. */
  readonly keyText?: (path: FieldPath) => string | undefined;
}

/**
 * The text that set a field, as a chain of keys up to the root of its document. Nothing is located until somebody asks
 * for a place.
 */
export interface FieldOrigin {
  readonly document: OriginDocument;
  readonly parent: FieldOrigin | undefined;
  readonly key: string | number | undefined;
}

export function rootOrigin(document: OriginDocument): FieldOrigin {
  return { document, parent: undefined, key: undefined };
}

export function childOrigin(parent: FieldOrigin, key: string | number): FieldOrigin {
  return { document: parent.document, parent, key };
}

/** The origin at `path` in a document, whether or not the path exists there. */
export function originAt(document: OriginDocument, path: FieldPath): FieldOrigin {
  return path.reduce<FieldOrigin>(childOrigin, rootOrigin(document));
}

export function placeOf(origin: FieldOrigin): Place {
  return origin.document.locate(originPath(origin));
}

/** The scalar at the origin as it was written. */
export function writtenText(origin: FieldOrigin): string | undefined {
  return origin.document.scalarText(originPath(origin));
}

/** True when the scalar at the origin was written in quotes or as a block. */
export function isWrittenQuoted(origin: FieldOrigin): boolean {
  return origin.document.isQuoted?.(originPath(origin)) ?? false;
}

/** The key at the origin as it was written. */
export function writtenKey(origin: FieldOrigin): string | undefined {
  return origin.document.keyText?.(originPath(origin));
}

function originPath(origin: FieldOrigin): FieldPath {
  const path: (string | number)[] = [];
  for (let step: FieldOrigin | undefined = origin; step !== undefined; step = step.parent) {
    if (step.key !== undefined) path.push(step.key);
  }
  return path.reverse();
}
