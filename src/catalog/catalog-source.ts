/** Where a table read its facts. */
export interface CatalogSource {
  /** Repository, page or thread. */
  readonly origin: string;
  readonly path?: string;
  /** `YYYY-MM-DD`, a month, a year, words of the source, or `undated`. */
  readonly date: string;
  readonly note?: string;
}

export type SourceTable = { readonly [id: string]: CatalogSource };

/** Source and date of a fact, for spreading into it. */
export function citation(sources: SourceTable, id: string): { readonly source: string; readonly asOf: string } {
  const source = sources[id];
  if (source === undefined) throw new Error(`the catalog has no source ${id}`);
  return { source: id, asOf: source.date };
}
