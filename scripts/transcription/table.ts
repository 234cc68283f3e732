/** Where a fact was read. */
export interface TableSource {
  readonly origin: string;
  readonly path?: string;
  /** `YYYY-MM-DD`, a month, a year, or `undated`. */
  readonly date: string;
  readonly note?: string;
}

/** A catalog table: named columns, one row a line; `sources` says where each source id was read. */
export interface Table {
  readonly title: string;
  readonly sources: Readonly<Record<string, TableSource>>;
  readonly [extra: string]: unknown;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** JSON with one row a line, so that a refresh shows as a readable diff. */
export function formatTable(table: Table): string {
  const { columns, rows, sources, title, ...extras } = table;
  const lines = [`"title": ${JSON.stringify(title)}`, `"sources": ${block(sources)}`];
  for (const [key, value] of Object.entries(extras)) lines.push(`${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  lines.push(`"columns": ${JSON.stringify(columns)}`);
  lines.push(`"rows": [\n${rows.map((row) => JSON.stringify(trimmed(row))).join(",\n")}\n]`);
  return `{\n${lines.join(",\n")}\n}\n`;
}

function block(record: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(record).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `{\n${lines.join(",\n")}\n}`;
}

/** Empty cells at the end of a row are left out. */
function trimmed(row: readonly unknown[]): readonly unknown[] {
  let end = row.length;
  while (end > 0 && (row[end - 1] === null || row[end - 1] === undefined)) end -= 1;
  return row.slice(0, end).map((cell) => (cell === undefined ? null : cell));
}

/** Numbers a text so that rows hold a short index instead of it. */
export class Dictionary {
  readonly #index = new Map<string, number>();

  indexOf(text: string): number {
    const known = this.#index.get(text);
    if (known !== undefined) return known;
    const next = this.#index.size;
    this.#index.set(text, next);
    return next;
  }

  get texts(): readonly string[] {
    return [...this.#index.keys()];
  }
}

/** Natural order, so that D4 stands before D16. */
export function bySizeName(left: string, right: string): number {
  return left.localeCompare(right, "en", { numeric: true });
}

export function shortSize(name: string): string {
  if (!name.startsWith("Standard_")) throw new Error(`not an ARM size name: ${name}`);
  return name.slice("Standard_".length);
}
