import type { ReadEstate } from "../read-estate.ts";

/** A file as it is and as it becomes; `before` is undefined for a new one. */
export interface FileChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string;
}

/** Files whose text is another afterwards, by path. */
export function changedFiles(before: ReadEstate, after: ReadEstate): readonly FileChange[] {
  const { texts } = before.sources;
  return [...after.sources.texts]
    .filter(([path, text]) => texts.get(path) !== text)
    .map(([path, text]) => ({ path, before: texts.get(path), after: text }))
    .toSorted((left, right) => (left.path < right.path ? -1 : 1));
}
